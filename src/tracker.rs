//! The walk through the rooms: from a call or a captured action to what the browser is told to do.
//!
//! Pure. Time, randomness, tokens and answers come in as values; what is to be done goes out as [`Effect`]s, in order. Whoever
//! owns a [`Tracker`] gives it every input of its page and carries out every effect; it decides everything in between.

mod calls;
mod effect;
mod recording;
mod sending;
mod settings;

pub use effect::Effect;
pub use settings::{Capture, Settings};

use crate::capture::{Pages, Session};
use crate::interaction::Instant;
use crate::json::{Json, Object, digits};
use crate::privacy::{Change, Consent};
use crate::queue::{Entry, Queue};
use sending::Sending;

/// The tracker of one page.
#[derive(Debug)]
pub struct Tracker {
    settings: Settings,
    consent: Consent,
    queue: Queue,
    sending: Sending,
    session: Option<Session>,
    pages: Pages,
    /// The fields that a staff-assisted session lends to its views, as JSON; empty outside of one.
    clienteling: String,
    totals: Totals,
    effects: Vec<Effect>,
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
            queue: Queue::new(settings.limits),
            sending: Sending::default(),
            session: None,
            pages: Pages::default(),
            clienteling: String::new(),
            totals: Totals::default(),
            effects: Vec::new(),
            settings,
        }
    }

    /// Begins to listen, unless the visitor declined; then what an earlier consent left behind is removed.
    pub fn start(&mut self) {
        self.effects.extend(match self.consent {
            Consent::Granted => vec![Effect::Listen(true), Effect::Recall],
            Consent::Unknown => vec![Effect::Listen(true)],
            Consent::Denied => vec![Effect::Forget],
        });
    }

    /// The visitor answered, or changed the answer.
    pub fn consent(&mut self, answer: Consent, moment: Moment) {
        let change = self.consent.change(answer);
        let was_silent = self.consent == Consent::Denied;
        self.consent = answer;
        match change {
            Change::Nothing => return,
            Change::Release => {
                self.effects.push(Effect::Recall);
                self.pump(moment);
            }
            Change::Hold => {}
            Change::Discard => {
                self.effects.push(Effect::Forget);
                self.discard("consent-withdrawn", "The visitor declined, so nothing that waited is kept.");
            }
        }
        let silent = answer == Consent::Denied;
        if silent != was_silent {
            self.effects.push(Effect::Listen(!silent));
        }
    }

    /// What [`Effect::Recall`] found: the session that was kept with consent.
    pub fn recalled(&mut self, session: &str) {
        self.session = Session::from_text(session);
    }

    /// The customer signed out: forgets token, profile, session, clienteling and queue.
    pub fn sign_out(&mut self) {
        self.clienteling.clear();
        self.sending.sign_out();
        // Without consent nothing was kept, and storage is not even touched.
        if self.consent == Consent::Granted {
            self.effects.push(Effect::Forget);
        }
        self.discard("signed-out", "The customer signed out before it left.");
    }

    /// What is to be done, in order; empty until the next input.
    pub fn effects(&mut self) -> Vec<Effect> {
        core::mem::take(&mut self.effects)
    }

    /// `{"delivered","refused","kept","failed"}`: what became of the records of this page so far, and how many wait.
    pub fn report(&self) -> String {
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
        self.effects.push(Effect::Abort);
        self.session = None;
        self.sending.stop();
        self.refuse_entries(rule, reason, |_| true);
        self.settle();
    }

    fn refuse_entries(&mut self, rule: &str, reason: &str, unwanted: fn(&Entry) -> bool) {
        while let Some(entry) = self.queue.extract(unwanted) {
            self.totals.refused += 1;
            self.emit("refused", recording::told(Object::new(), rule, reason, Json::view(&entry.body)));
        }
    }

    fn emit(&mut self, event: &'static str, detail: String) {
        self.effects.push(Effect::Emit { event, detail });
    }
}

const SIGNED_OUT: &str = "Nobody is signed in, and what somebody does before signing in is not put on their profile.";

#[cfg(test)]
mod tests;
