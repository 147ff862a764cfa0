//! From an accepted record to a delivered one.

use super::signed_in::Access;
use super::storage::keep;
use super::{Batched, Body, Effect, Event, Moment, Request, Secret, Tracker};
use crate::delivery::{Backoff, KEEPALIVE_BYTES, PARALLEL, Route, UNDER_WAY_MS};
use crate::interaction::{Instant, integer};
use crate::privacy::Consent;
use crate::queue::Entry;

/// What the dispatcher does next: the first line that holds.
///
/// | where | step | until |
/// | --- | --- | --- |
/// | there is no consent | `Stay` | the visitor agrees |
/// | nothing is due, and of nothing that is held the owner must be found out | `Rest` | a record comes, or what may be under way cannot be any longer |
/// | a request failed a moment ago | `Pause` | its time is up, the network is back, or the page is hidden |
/// | nobody is signed in | `Stay` | somebody signs in |
/// | the token source was asked | `AwaitToken` | it answers |
/// | there is no token, or none that is good for a while yet | `AskToken` | |
/// | else | `Send`: first what may have arrived is looked for, then what waits leaves | it is answered |
enum Step {
    Stay,
    Rest,
    Pause { ms: i64 },
    AwaitToken,
    AskToken,
    Send,
}

/// What the tracker knows of the way out.
#[derive(Debug, Default)]
pub(super) struct Sending {
    pub(super) access: Access,
    /// The profile of the last token, until somebody else signs in.
    pub(super) profile: Option<Box<str>>,
    /// The profile of the last token, while this page asks whether it still is who is there.
    pub(super) doubted: Option<Box<str>>,
    /// Up to when nobody was signed in, as far as is known.
    pub(super) signed_out: Instant,
    /// Told by the site that the customer just signed in, so the next token is no news.
    pub(super) told_of_login: bool,
    /// Names the token question whose answer counts; an answer to an earlier one is too late.
    pub(super) question: u32,
    /// The number of the last request.
    request: u32,
    /// Which token each request under way carries, by the question that brought it.
    under_way: Vec<(u32, u32)>,
    /// The request that asks the receiver which of the unconfirmed records it has.
    pub(super) lookup: Option<Lookup>,
    /// Refusals of tokens in a row.
    pub(super) refusals: u32,
    backoff: Backoff,
    pause: Option<Pause>,
    is_leaving: bool,
    /// Since when nobody sees the page, where nobody does.
    pub(super) hidden: Option<Instant>,
    /// A token came that may tell of a login: whether it does, this page's turn decides.
    pub(super) awaits_turn: bool,
    /// A batch is on its way: everything that waits goes, without waiting for the next to be due.
    draining: bool,
    /// The most bytes of a batch with more than one record, where the relay of this page took no larger one.
    batch_bytes: Option<usize>,
}

/// One page of the receiver's list is under way.
#[derive(Clone, Copy, Debug)]
pub(super) struct Lookup {
    pub(super) request: u32,
    /// When the earliest of the records happened that are looked for.
    since: Instant,
    pub(super) page: u32,
}

impl Lookup {
    pub(super) const PER_PAGE: usize = 100;
    // 10,000 records of one customer since then: whatever answers so many is no list of them.
    const PAGES: u32 = 100;
}

/// No request from one time to another.
#[derive(Clone, Copy, Debug)]
struct Pause {
    from: Instant,
    until: Instant,
}

impl Sending {
    pub(super) fn is_signed_out(&self) -> bool {
        matches!(self.access, Access::SignedOut)
    }

    pub(super) fn profile(&self) -> Option<Box<str>> {
        self.profile.clone()
    }

    /// Somebody signed in: whatever token there was may be another customer's.
    pub(super) fn log_in(&mut self) {
        self.access = Access::Unasked;
        self.profile = None;
        self.doubted = None;
        self.told_of_login = true;
        self.pause = None;
    }

    pub(super) fn sign_out(&mut self) {
        self.access = Access::SignedOut;
        self.profile = None;
    }

    /// Takes a request from those under way; returns the question that brought its token.
    pub(super) fn take(&mut self, request: u32) -> Option<u32> {
        let at = self.under_way.iter().position(|(own, _)| *own == request)?;
        Some(self.under_way.swap_remove(at).1)
    }

    pub(super) fn succeeded(&mut self) {
        self.backoff.succeeded();
        self.refusals = 0;
    }

    // After a failure one request goes ahead and finds out; a page that goes cannot wait for it.
    fn parallel(&self) -> usize {
        match self.backoff.is_first() {
            _ if self.is_leaving => usize::MAX,
            true => PARALLEL,
            false => 1,
        }
    }

    /// Whatever is under way will not be answered. Whoever called `flush` still waits for [`Tracker::settle`].
    pub(super) fn stop(&mut self) {
        self.under_way.clear();
        self.lookup = None;
        self.pause = None;
        if matches!(self.access, Access::Asked) {
            self.access = Access::Unasked;
        }
    }
}

impl Tracker {
    /// Sends what waits now, and tells `settled` once that is done or cannot be.
    pub(super) fn flush(&mut self, moment: Moment) {
        self.note_visible_time(false, moment);
        self.drain(moment);
    }

    /// Sends what waits now, but for what is held.
    pub(super) fn drain(&mut self, moment: Moment) {
        self.sending.draining = true;
        self.pump(moment);
    }

    /// The page is about to go, for good or into the back/forward cache: what waits leaves now, even while it would pause. What a
    /// page that closes cannot wait for is a token; the requests that leave outlive the page as long as their bodies fit
    /// [`KEEPALIVE_BYTES`].
    pub(super) fn leaving(&mut self, moment: Moment) {
        self.conclude_unseen(moment);
        self.note_visible_time(false, moment);
        self.sending.is_leaving = true;
        self.hurry(moment);
        self.sending.is_leaving = false;
    }

    /// Sends what waits, even while it would pause: the page may never be seen again.
    pub(super) fn hurry(&mut self, moment: Moment) {
        self.sending.hidden = Some(moment.now);
        self.note_session(moment);
        self.sending.pause = None;
        self.drain(moment);
    }

    /// The network is back: no reason to pause any longer.
    pub(super) fn online(&mut self, moment: Moment) {
        self.sending.pause = None;
        self.pump(moment);
    }

    /// Sends what is due, or arranges for it to be sent.
    pub(super) fn pump(&mut self, moment: Moment) {
        self.queue.limit_waits(Instant(moment.now.0 + UNDER_WAY_MS));
        match self.step(moment) {
            Step::Stay => self.settle(),
            Step::Rest | Step::AwaitToken => {}
            Step::Pause { ms } => {
                self.wake(ms);
                self.settle();
            }
            Step::AskToken => self.ask(),
            Step::Send => self.send(moment),
        }
    }

    // What the dispatcher does next; the table of `Step`, line by line.
    fn step(&mut self, moment: Moment) -> Step {
        if self.consent != Consent::Granted {
            return Step::Stay;
        }
        let is_due = self.queue.entries().any(|entry| entry.is_due(moment.now));
        // What is held is sent later, but whose it is must be known before.
        let asks_early = matches!(self.sending.access, Access::Unasked) && self.queue.held().is_some();
        if !is_due {
            self.rest(moment);
            if !asks_early {
                return Step::Rest;
            }
        }
        if let Some(Pause { from, until }) = self.sending.pause {
            // A clock that was set back must not make it longer.
            if from <= moment.now && moment.now < until {
                return Step::Pause { ms: until.0 - moment.now.0 };
            }
            // What was due before the pause is due after it.
            self.sending.pause = None;
            self.sending.draining = true;
        }
        match &self.sending.access {
            Access::SignedOut => Step::Stay,
            Access::Asked => Step::AwaitToken,
            Access::Open(token) if token.is_good(moment.now) => Step::Send,
            Access::Open(_) | Access::Unasked => Step::AskToken,
        }
    }

    /// Answers whoever called `flush`, once no more can leave for now.
    pub(super) fn settle(&mut self) {
        if self.sending.under_way.is_empty()
            && self.sending.draining
            && !self.sending.awaits_turn
            && self.attempts.is_empty()
        {
            self.sending.draining = false;
            let report = self.report();
            self.emit(Event::Settled(report));
        }
    }

    // Nothing more can be done for now; what may still be under way is looked for when it cannot be any longer.
    fn rest(&mut self, moment: Moment) {
        self.settle();
        let waiting = self.queue.entries().filter(|entry| entry.waits());
        if let Some(until) = waiting.filter_map(|entry| entry.unconfirmed).min() {
            self.wake(until.0 - moment.now.0);
        }
    }

    fn wake(&mut self, after_ms: i64) {
        self.effects.push(Effect::Wake { after_ms: after_ms.max(0) });
    }

    fn send(&mut self, moment: Moment) {
        // Nobody would be there to hear what a look finds.
        if !self.sending.is_leaving && self.look_up(moment) {
            return;
        }
        match self.settings.batch.due_in(&self.queue, moment.now) {
            Some(wait) if wait > 0 && !self.sending.draining => return self.wake(wait),
            _ => self.sending.draining = true,
        }
        while self.sending.under_way.len() < self.sending.parallel() && self.is_worth_one() && self.send_one(moment) {}
        if self.sending.under_way.is_empty() {
            self.rest(moment);
        }
    }

    // A relay's batches go full while others are under way: what is left goes with what comes meanwhile.
    fn is_worth_one(&self) -> bool {
        self.settings.route != Route::Relay
            || self.sending.under_way.is_empty()
            || self.sending.is_leaving
            || self.settings.batch.is_full(&self.queue)
    }

    // One request, of one record or of a relay's batch; returns whether there was anything that fits.
    fn send_one(&mut self, moment: Moment) -> bool {
        let number = self.sending.request + 1;
        let is_relay = self.settings.route == Route::Relay;
        let most = if is_relay { self.settings.batch.records } else { 1 };
        // A relay drops second copies.
        let until = (!is_relay).then_some(Instant(moment.now.0 + UNDER_WAY_MS));
        let mut free = KEEPALIVE_BYTES.saturating_sub(self.queue.bytes_on_their_way());
        let mut bytes = 0;
        let mut batch = Vec::new();
        for _ in 0..most {
            // A record too large to outlive the page goes alone; one that no batch may have, in a batch of its own.
            let most_bytes = match self.sending.batch_bytes {
                _ if batch.is_empty() && self.sending.under_way.is_empty() => usize::MAX,
                Some(most) if !batch.is_empty() => free.min(most.saturating_sub(bytes)),
                _ => free,
            };
            let Some(entry) = self.queue.lease(most_bytes, number, until) else { break };
            if until.is_some() {
                // Before the request begins, so that whoever takes the record over knows of it.
                self.effects.push(keep(entry));
            }
            free = free.saturating_sub(entry.bytes());
            bytes += entry.bytes();
            batch.push(Batched { kind: entry.kind, record: entry.record().clone() });
        }
        match batch.pop() {
            None => return false,
            Some(only) if !is_relay => self.request("", Body::One(only.record), bytes),
            Some(last) => {
                batch.push(last);
                self.request("", Body::Batch(batch), bytes);
            }
        }
        true
    }

    /// The relay takes no batch as large as this one: its records go again, in batches of half its bytes. Returns whether it had
    /// more than one; where it had not, that record alone was too large, and the others may be many again.
    pub(super) fn halve(&mut self, request: u32) -> bool {
        let mut batch: Vec<&mut Entry> =
            self.queue.entries_mut().filter(|entry| entry.request == Some(request)).collect();
        if batch.len() < 2 {
            self.sending.batch_bytes = None;
            return false;
        }
        let half = batch.iter().map(|entry| entry.bytes()).sum::<usize>() / 2;
        self.sending.batch_bytes = Some(self.sending.batch_bytes.map_or(half, |most| most.min(half)));
        batch.iter_mut().for_each(|entry| entry.request = None);
        true
    }

    /// The consent is taken back: what a relay has and has not brought to Omneo yet is not to be sent either. With the token that
    /// is there, as none may be asked for any more.
    pub(super) fn withdraw_waiting(&mut self) {
        if let (Some(url), Access::Open(token)) = (&self.settings.waiting_url, &self.sending.access) {
            self.effects.push(Effect::Withdraw { url: url.clone(), token: Secret(token.text.clone()) });
        }
    }

    // A record that may have arrived is looked for before it is sent again: Omneo keeps second copies, and a copy can set off
    // a second reward. Returns whether a look is under way.
    fn look_up(&mut self, moment: Moment) -> bool {
        if self.sending.lookup.is_none()
            && let Some(since) = self.queue.lease_to_look_up(self.sending.request + 1, moment.now)
        {
            self.ask_for(Lookup { request: 0, since, page: 1 });
        }
        self.sending.lookup.is_some()
    }

    /// The next page of the list, for what was not on this one.
    pub(super) fn look_up_next(&mut self, lookup: Lookup) {
        if lookup.page == Lookup::PAGES {
            return self.give_up_unconfirmed(lookup.request, 200);
        }
        for entry in self.queue.entries_mut().filter(|entry| entry.request == Some(lookup.request)) {
            entry.request = Some(self.sending.request + 1);
        }
        self.ask_for(Lookup { page: lookup.page + 1, ..lookup });
    }

    fn ask_for(&mut self, lookup: Lookup) {
        let since = Instant(lookup.since.0 - RESOLUTION_MS);
        self.request(&[LOOK_UP, &integer(lookup.page), SINCE, &since.to_iso()].concat(), Body::None, 0);
        self.sending.lookup = Some(Lookup { request: self.sending.request, ..lookup });
    }

    /// Stops what is under way: it is unconfirmed, as it may have arrived all the same.
    pub(super) fn abort(&mut self) {
        self.effects.push(Effect::Abort);
        self.queue.release();
        self.sending.stop();
    }

    // `query` comes behind the route's address.
    fn request(&mut self, query: &str, body: Body, bytes: usize) {
        let Access::Open(token) = &self.sending.access else { return };
        self.sending.request += 1;
        self.sending.under_way.push((self.sending.request, self.sending.question));
        self.effects.push(Effect::Send(Request {
            number: self.sending.request,
            url: [&*self.settings.url, query].concat().into(),
            token: Secret(token.text.clone()),
            body,
            may_outlive_page: bytes <= KEEPALIVE_BYTES,
            may_compress: self.settings.route == Route::Relay,
        }));
    }

    // Requests that failed together count as one failure.
    pub(super) fn pause(&mut self, retry_after: Option<i64>, moment: Moment) {
        let from = moment.now;
        let until = match self.sending.pause {
            Some(Pause { until, .. }) => until.max(Instant(from.0 + retry_after.unwrap_or(0))),
            None => {
                let random = u16::from_le_bytes([moment.entropy[0], moment.entropy[1]]);
                Instant(from.0 + self.sending.backoff.failed(random, retry_after))
            }
        };
        self.sending.pause = Some(Pause { from, until });
    }
}

// Of a list of the profile's interactions, a page of those that happened since then; `per_page` (`Lookup::PER_PAGE`) and `page` as Laravel
// has them, the filter as Omneo.
const LOOK_UP: &str = "?per_page=100&page=";
// Omneo keeps times to the second.
const RESOLUTION_MS: i64 = 1_000;
const SINCE: &str = "&filter[interacted_at][gte]=";
