//! The world as it is: two customers, one browser with some tabs, a site that knows by a cookie who is signed in, and a receiver that
//! keeps every copy. What happens is drawn at random; the three promises are checked after every step.
//!
//! - **The right customer.** A record is on no profile but that of the customer who was signed in at the site when it was made.
//!   Exempt is what no tracker can know: while nothing has told a page otherwise, a record is that customer's whose token it has; one
//!   made before the page had a token is whose the page's next answer names, or, once the page was left, whom the session named.
//! - **Once.** The receiver has no second copy, where it writes within [`receiver::LIFE_MS`] of the beginning of a request.
//! - **Only with consent.** After a withdrawal or a sign-out nothing arrives that was made or sent before. Exempt is what cannot be
//!   taken back: a request of a page that was left or died before, one that failed on the way back, and one of another page that
//!   the message of it has not reached. What a page holds in memory until there is a first answer waits for that answer.
//!
//! In the end all goes well again, and nothing is lost: every record arrived, or a page told why not, or the storage was emptied by
//! the visitor. A login counts once a session, all the time.

use super::*;
use crate::delivery::{Route, UNDER_WAY_MS};
use crate::interaction::{Stored, json};
use crate::privacy::{EVENT_ID, Kind};
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet, VecDeque};

mod browser;
mod life;
mod promises;
mod receiver;
mod storage;
mod visitor;
mod walks;

use browser::Page;
use life::Life;
use promises::Promises;
use receiver::Sent;
use storage::Storage;
use visitor::Message;

/// One of the two customers.
type Customer = usize;
/// Their names, which are their tokens as well.
const NAMES: [&str; 2] = ["ada", "grace"];
const TABS: usize = 3;

struct World {
    /// The time as it passes, and how far the clock of the device was set back.
    now: i64,
    set_back: i64,
    /// Counts what happens, to tell before from after.
    ticks: u32,
    settings: Settings,
    /// Whether a consent platform tells every page the visitor's answer; else the site does, on one page.
    has_platform: bool,
    consent: Consent,
    signed_in: Option<Customer>,
    is_offline: bool,
    pages: Vec<Page>,
    storage: Storage,
    requests: Vec<Sent>,
    promises: Promises,
}

impl World {
    fn new(route: &str, has_platform: bool, durations: bool, consent: Consent) -> World {
        let settings = format!(
            r#"{{"endpoint":"https://api.example","route":"{route}","batch":{{"seconds":0}},"capture":{{"durations":{durations}}}}}"#
        );
        let mut world = World {
            now: 1_764_000_000_000,
            set_back: 0,
            ticks: 0,
            settings: Settings::read(&json(&settings), Signals::default()).unwrap(),
            has_platform,
            consent,
            signed_in: Some(0),
            is_offline: false,
            pages: Vec::new(),
            storage: Storage::default(),
            requests: Vec::new(),
            promises: Promises::default(),
        };
        world.open(0);
        world
    }

    /// The time as the device has it.
    fn clock(&self) -> Instant {
        Instant(self.now - self.set_back)
    }

    fn tick(&mut self) -> u32 {
        self.ticks += 1;
        self.ticks
    }
}

fn event_id(record: &Interaction) -> Option<&str> {
    record.meta(EVENT_ID)?.text()
}
