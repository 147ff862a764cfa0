//! The walk through the rooms: from a call or a captured action to what the browser is told to do.
//!
//! Pure. Time, randomness, tokens and answers come in as values; what is to be done goes out as [`Effect`]s, in order. Whoever
//! owns a [`Tracker`] gives it every input of its page and carries out every effect; it decides everything in between.

mod answers;
mod calls;
mod clienteling;
mod effect;
mod recording;
mod sending;
mod settings;
mod signed_in;
mod stay;

use effect::Effects;
pub use effect::{Effect, Request};
pub use settings::{Capture, Settings, Signals};

use crate::capture::{Clienteling, Echoes, Pages, Session, Stay};
use crate::delivery::Route;
use crate::interaction::Instant;
use crate::json::{Json, Object, digits, quoted};
use crate::privacy::{Change, Consent, Purposes};
use crate::queue::{Entry, Queue};
use crate::text::joined;
use sending::Sending;

/// The tracker of one page.
#[derive(Debug)]
pub struct Tracker {
    settings: Settings,
    consent: Consent,
    purposes: Purposes,
    queue: Queue,
    sending: Sending,
    session: Option<Session>,
    /// Whether storage had a session, as far as this page knows.
    has_kept: bool,
    pages: Pages,
    echoes: Echoes,
    /// How long the page of the last view is looked at.
    stay: Stay,
    /// The staff-assisted session of this tab, or none.
    clienteling: Clienteling,
    /// Whether this page said whether there is one; else an earlier page of the tab may have left one.
    knows_clienteling: bool,
    /// Whether storage takes what is kept.
    keeps: bool,
    totals: Totals,
    effects: Effects,
}

/// What became of the records of this page so far.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    /// The receiver confirmed them.
    pub delivered: u64,
    /// Refused by consent, by the allowlist, or because nobody is signed in.
    pub refused: u64,
    /// Refused by the receiver for good, or given up because the queue was full.
    pub failed: u64,
}

/// The moment of an input: when it happened, and randomness for what it sets off.
#[derive(Clone, Copy, Debug)]
pub struct Moment {
    /// The time.
    pub now: Instant,
    /// Sixteen random bytes.
    pub entropy: [u8; 16],
}

impl Tracker {
    /// A tracker at rest; [`Tracker::start`] sets it going.
    pub fn new(settings: Settings) -> Tracker {
        Tracker {
            consent: settings.consent,
            purposes: settings.purposes.clone(),
            queue: Queue::new(settings.limits),
            sending: Sending::default(),
            session: None,
            has_kept: false,
            pages: Pages::default(),
            echoes: Echoes::default(),
            stay: Stay::default(),
            clienteling: Clienteling::default(),
            knows_clienteling: false,
            keeps: true,
            totals: Totals::default(),
            effects: Effects::default(),
            settings,
        }
    }

    /// Begins to listen, unless the visitor declined; then what an earlier consent left behind is removed. What was kept is
    /// recalled first: the view that the page begins with may belong to a staff-assisted session.
    pub fn start(&mut self) {
        match self.consent {
            Consent::Denied => return self.effects.ask("forget", &[]),
            Consent::Granted => self.effects.ask("recall", &[]),
            Consent::Unknown => {}
        }
        self.effects.listen(true);
    }

    /// The visitor answered, or changed the answer, for every purpose.
    pub fn consent(&mut self, answer: Consent, moment: Moment) {
        self.consent_to(answer, Purposes::default(), moment);
    }

    /// The visitor answered, or changed the answer; where it is a consent, for these purposes.
    pub fn consent_to(&mut self, answer: Consent, purposes: Purposes, moment: Moment) {
        let answer = if self.settings.declined { Consent::Denied } else { answer };
        let change = self.consent.change(answer);
        let was_silent = self.consent == Consent::Denied;
        self.consent = answer;
        self.purposes = purposes;
        self.refuse_uncovered();
        match change {
            Change::Nothing => return,
            Change::Release => {
                if self.knows_clienteling {
                    self.remember_in_tab();
                }
                self.effects.ask("recall", &[]);
                self.queue.entries_mut().for_each(|entry| self.effects.keep(entry));
                self.pump(moment);
            }
            Change::Hold => {}
            Change::Discard => {
                self.effects.ask("forget", &[]);
                self.discard("consent-withdrawn", WITHDRAWN);
                self.doubt_customer();
            }
        }
        let silent = answer == Consent::Denied;
        if silent != was_silent {
            self.effects.listen(!silent);
        }
    }

    /// Takes in the records that earlier pages kept and could not deliver, as `[[id, text], …]`. What this tracker did not
    /// write, or not to its end, is dropped.
    pub fn adopt(&mut self, kept: Json<'_>, moment: Moment) {
        if self.consent != Consent::Granted {
            return;
        }
        for pair in kept.items() {
            let mut pair = pair.items().filter_map(Json::text);
            let (id, text) = (pair.next().unwrap_or_default(), pair.next().unwrap_or_default());
            match Entry::from_text(&text).filter(|entry| *entry.id == *id) {
                Some(mut entry) => {
                    // A relay drops second copies.
                    entry.unconfirmed = entry.unconfirmed.filter(|_| self.settings.route != Route::Relay);
                    let text = entry.to_text();
                    if let Some(adopted) = self.queue.adopt(entry).filter(|adopted| adopted.to_text() != text) {
                        self.effects.keep(adopted);
                    }
                }
                None => self.effects.ask("drop", &[&quoted(&id)]),
            }
            // After each, so that the queue never grows with what storage has.
            let dropped = self.queue.make_room();
            self.give_up(dropped);
        }
        self.refuse_uncovered();
        self.refuse_strangers();
        // They have waited long enough.
        self.drain(moment);
    }

    /// Another page adopted these records while this one lay in the back/forward cache, or did not answer, and delivers them.
    pub fn taken(&mut self, ids: Json<'_>, moment: Moment) {
        let mut is_under_way = false;
        for id in ids.items() {
            let taken = self.queue.extract(&|entry| id.is(&entry.id));
            is_under_way |= taken.is_some_and(|entry| entry.request.is_some());
        }
        if is_under_way {
            // Its request may not have begun yet.
            self.abort();
        }
        self.pump(moment);
    }

    /// Storage is full or blocked: what waits is in memory only from here on.
    pub fn keeps_no_more(&mut self) {
        if core::mem::take(&mut self.keeps) {
            self.emit(
                "failed",
                r#"{"rule":"storage","reason":"The browser's storage is full or blocked; records wait in memory."}"#,
            );
        }
    }

    /// The customer signed out: forgets token, profile, clienteling and queue, and what other pages left. The session names nobody
    /// from then on, so that a page that cannot hear of it now knows when it is shown again.
    pub fn sign_out(&mut self, moment: Moment) {
        // Without consent nothing was kept, and storage is not even touched.
        if self.consent == Consent::Granted {
            self.effects.ask("forget", &[]);
        }
        self.signed_out_elsewhere(moment);
        self.note_nobody(moment);
    }

    /// The same on another page of the site, which has emptied storage: what is in there now may be the next customer's.
    pub fn signed_out_elsewhere(&mut self, moment: Moment) {
        self.sending.sign_out();
        self.sending.signed_out = moment.now;
        self.discard("signed-out", "The customer signed out before it left.");
    }

    /// What is to be done, in order; empty until the next input.
    pub fn effects(&mut self) -> Vec<Effect> {
        let asked = joined(&["[", &self.asked(), "]"]);
        Json::view(&asked).items().filter_map(Effect::read).collect()
    }

    /// The same as they cross to JavaScript: of each its name and what it is given, an array, with a comma between.
    pub fn asked(&mut self) -> String {
        self.effects.take()
    }

    /// `{"delivered","refused","kept","failed"}`: what became of the records of this page so far, and how many wait.
    pub fn report(&self) -> Box<str> {
        let Totals { delivered, refused, failed } = self.totals;
        let kept = self.queue.len() as u64;
        let mut report = Object::new();
        for (name, count) in [("delivered", delivered), ("refused", refused), ("kept", kept), ("failed", failed)] {
            report.put(name, &digits(count));
        }
        report.finish()
    }

    // Memory and what is under way are emptied in one go, before anything else can happen on the page.
    fn discard(&mut self, rule: &str, reason: &str) {
        self.abort();
        self.sending.awaits_turn = false;
        self.session = None;
        self.has_kept = false;
        self.clienteling = Clienteling::default();
        self.knows_clienteling = true;
        self.refuse_entries(rule, reason, &|_| true);
        self.settle();
    }

    fn refuse_entries(&mut self, rule: &str, reason: &str, unwanted: &dyn Fn(&Entry) -> bool) {
        while let Some(entry) = self.queue.extract(unwanted) {
            self.totals.refused += 1;
            self.drop_kept(&entry);
            self.emit("refused", &recording::told(Object::new(), rule, reason, &entry.body));
        }
    }

    // What is under way may not have left yet.
    fn refuse_uncovered(&mut self) {
        if self.consent != Consent::Granted {
            return;
        }
        let purposes = self.purposes.clone();
        let is_uncovered = |entry: &Entry| !purposes.cover(&entry.purpose);
        if self.queue.entries().any(|entry| entry.request.is_some() && is_uncovered(entry)) {
            self.abort();
        }
        self.refuse_entries("purpose", UNCOVERED, &is_uncovered);
    }

    // Without consent nothing was kept, and storage is not even touched.
    fn drop_kept(&mut self, entry: &Entry) {
        if self.consent == Consent::Granted {
            self.effects.ask("drop", &[&quoted(&entry.id)]);
        }
    }

    fn give_up(&mut self, dropped: Vec<Entry>) {
        for entry in dropped {
            self.drop_kept(&entry);
            self.fail(&entry, "queue-full", "The queue was full, and this was its oldest record.", 0);
        }
    }

    fn emit(&mut self, event: &str, detail: &str) {
        self.effects.ask("emit", &[&quoted(event), detail]);
    }
}

const UNCOVERED: &str = "The visitor has not agreed to the purpose that its rule names.";
const WITHDRAWN: &str = "The visitor declined, so nothing that waited is kept.";
const SIGNED_OUT: &str = "Nobody is signed in, and what somebody does before signing in is not put on their profile.";

#[cfg(test)]
mod tests;
