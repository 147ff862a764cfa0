//! The walk through the rooms: from a call or a captured action to what the browser is told to do.
//!
//! Pure. Time, randomness, tokens and answers come in as values; what is to be done goes out as [`Effect`]s, in order. Whoever
//! owns a [`Tracker`] hands it every [`Input`] of its page and carries out every effect; it decides everything in between.

mod answers;
mod attempts;
mod attribute;
mod calls;
mod clienteling;
mod effect;
mod error;
mod event;
mod input;
mod inspection;
mod recording;
mod sending;
mod settings;
mod signed_in;
mod storage;
mod visible_time;

pub use attribute::setting_for;
pub use calls::CallName;
pub use effect::{Batched, Body, Effect, Request, Secret};
pub use error::Error;
pub(crate) use event::Listener;
pub use event::{Delivered, Event, Explanation, Failed, Recorded, Refused, Report, Stage, StageKind};
pub use input::{Answer, Context, Input, Moment, Scope, StoredRecord, TokenAnswer};
pub use recording::Found;
pub use settings::{Capture, Settings, Signals};

use crate::capture::{Clienteling, Deduplicator, Pages, Session, VisibleTime};
use crate::privacy::{Change, Consent, Purposes, Struck};
use crate::queue::{Entry, Queue};
use attempts::Attempts;
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
    /// The last address of a page from which something was struck, as it is then.
    struck_address: Box<str>,
    /// The id of the view whose title is still to settle.
    view: Box<str>,
    deduplicator: Deduplicator,
    attempts: Attempts,
    /// How long the page of the last view is looked at.
    visible_time: VisibleTime,
    /// The staff-assisted session of this tab.
    clienteling: Option<Clienteling>,
    /// Whether this page said whether there is one; else an earlier page of the tab may have left one.
    knows_clienteling: bool,
    /// Whether storage takes what is kept.
    keeps: bool,
    totals: Totals,
    effects: Vec<Effect>,
}

/// What became of the records of this page so far.
#[derive(Clone, Copy, Debug, Default)]
struct Totals {
    delivered: u64,
    refused: u64,
    failed: u64,
}

/// What came of an input.
#[derive(Clone, Debug, PartialEq)]
#[must_use = "effects are to be carried out"]
pub struct Handled {
    /// What is to be done, in this order; also where the input was a mistake.
    pub effects: Vec<Effect>,
    /// What was wrong with a call, for whoever made it; nothing is recorded then.
    pub result: Result<(), Error>,
}

impl Tracker {
    /// A tracker at rest; [`Input::Start`] sets it going.
    pub fn new(settings: Settings) -> Tracker {
        Tracker {
            consent: settings.consent,
            purposes: settings.purposes.clone(),
            queue: Queue::new(settings.limits),
            sending: Sending::default(),
            session: None,
            has_kept: false,
            pages: Pages::default(),
            struck_address: Box::default(),
            view: Box::default(),
            deduplicator: Deduplicator::default(),
            attempts: Attempts::default(),
            visible_time: VisibleTime::default(),
            clienteling: None,
            knows_clienteling: false,
            keeps: true,
            totals: Totals::default(),
            effects: Vec::new(),
            settings,
        }
    }

    /// Takes one input, and says what is to be done.
    pub fn handle(&mut self, input: Input, context: &Context) -> Handled {
        let result = self.take(input, context);
        Handled { effects: core::mem::take(&mut self.effects), result }
    }

    fn take(&mut self, input: Input, context: &Context) -> Result<(), Error> {
        let moment = context.moment;
        match input {
            Input::Start => self.start(),
            Input::Consent { consent, purposes } => self.consent(consent, purposes, moment),
            Input::Recalled { session, clienteling } => self.recalled(session, clienteling, moment),
            Input::Adopted { records } => self.adopt(records, moment),
            Input::TakenOver { ids } => self.taken_over(&ids, moment),
            Input::StorageFailed => self.storage_failed(),
            Input::SignOut => self.sign_out(moment),
            Input::SignedOutElsewhere => self.signed_out_elsewhere(moment),
            Input::Token { question, answer } => self.token(question, answer, moment),
            Input::Answered { request, answer } => self.answered(request, &answer, moment),
            Input::TurnCame => self.turn_came(moment),
            Input::Flush => self.flush(moment),
            Input::Woke => self.pump(moment),
            Input::Online => self.online(moment),
            Input::Visible => self.visible(moment),
            Input::Hidden => self.hidden(moment),
            Input::Leaving => self.leaving(moment),
            Input::Restored => self.pages.restored(),
            Input::Navigated { navigation } => self.navigated(navigation, context),
            Input::ProductShown { product } => self.product_shown(product, context),
            Input::Submitted { submission } => self.submitted(&submission, context),
            Input::FormSeen { number, signs } => self.looked_at_form(number, &signs, context),
            Input::Clicked { given, element } => self.clicked(given, &element, context),
            Input::Emitted { event, given } => self.emitted(&event, given, context),
            Input::Call { call, given } => return self.call(call, given, context),
        }
        Ok(())
    }

    /// What became of the records of this page so far, and how many wait.
    pub fn report(&self) -> Report {
        let Totals { delivered, refused, failed } = self.totals;
        Report { delivered, refused, kept: self.queue.len() as u64, failed }
    }

    // Begins to listen, unless the visitor declined; then what an earlier consent left behind is removed. What was kept is recalled
    // first: the view that the page begins with may belong to a staff-assisted session.
    fn start(&mut self) {
        match self.consent {
            Consent::Denied => return self.effects.push(Effect::Forget),
            Consent::Granted => self.effects.push(Effect::Recall),
            Consent::Unknown => {}
        }
        self.effects.push(Effect::Listen);
    }

    // The visitor answered, or changed the answer; where it is a consent, for these purposes.
    fn consent(&mut self, answer: Consent, purposes: Purposes, moment: Moment) {
        let answer = if self.settings.declined { Consent::Denied } else { answer };
        let change = self.consent.change(answer);
        let was_silent = self.consent == Consent::Denied;
        self.consent = answer;
        self.purposes = purposes;
        self.refuse_uncovered();
        match change {
            Change::Nothing => return,
            Change::Release => self.release(moment),
            Change::Hold => {}
            Change::Discard => {
                self.effects.push(Effect::Forget);
                self.discard("consent-withdrawn", WITHDRAWN);
                self.withdraw_waiting();
                self.doubt_customer();
            }
        }
        let is_silent = answer == Consent::Denied;
        if is_silent != was_silent {
            self.effects.push(if is_silent { Effect::Unlisten } else { Effect::Listen });
        }
    }

    fn release(&mut self, moment: Moment) {
        if self.knows_clienteling {
            self.remember_in_tab();
        }
        self.effects.push(Effect::Recall);
        self.effects.extend(self.queue.entries().map(storage::keep));
        self.pump(moment);
    }

    // The customer signed out: forgets token, profile, clienteling and queue, and what other pages left. The session names nobody
    // from then on, so that a page that cannot hear of it now knows when it is shown again.
    fn sign_out(&mut self, moment: Moment) {
        // Without consent nothing was kept, and storage is not even touched.
        if self.consent == Consent::Granted {
            self.effects.push(Effect::Forget);
        }
        self.signed_out_elsewhere(moment);
        self.note_nobody(moment);
    }

    // The same on another page of the site, which has emptied storage: what is in there now may be the next customer's.
    fn signed_out_elsewhere(&mut self, moment: Moment) {
        self.sending.sign_out();
        self.sending.signed_out = moment.now;
        self.discard("signed-out", "The customer signed out before it left.");
    }

    // Memory and what is under way are emptied in one go, before anything else can happen on the page.
    fn discard(&mut self, rule: &str, reason: &str) {
        self.abort();
        self.attempts.clear();
        self.sending.awaits_turn = false;
        self.session = None;
        self.has_kept = false;
        self.clienteling = None;
        self.knows_clienteling = true;
        self.refuse_entries(rule, reason, &|_| true);
        self.settle();
    }

    fn refuse_entries(&mut self, rule: &str, reason: &str, unwanted: &dyn Fn(&Entry) -> bool) {
        while let Some(entry) = self.queue.extract(unwanted) {
            self.totals.refused += 1;
            self.drop_kept(&entry);
            let record = entry.record().clone();
            let (rule, reason) = (rule.into(), reason.into());
            self.emit(Event::Refused(Refused {
                kind: None,
                source: None,
                rule,
                reason,
                struck: Struck::default(),
                record,
            }));
        }
    }

    // What is under way may not have left yet.
    fn refuse_uncovered(&mut self) {
        if self.consent != Consent::Granted {
            return;
        }
        let purposes = self.purposes.clone();
        let is_uncovered = |entry: &Entry| !purposes.cover(entry.purpose.as_deref());
        if self.queue.entries().any(|entry| entry.request.is_some() && is_uncovered(entry)) {
            self.abort();
        }
        self.refuse_entries("purpose", UNCOVERED, &is_uncovered);
    }

    fn emit(&mut self, event: Event) {
        self.effects.push(Effect::Emit(event));
    }
}

const UNCOVERED: &str = "The visitor has not agreed to the purpose that its rule names.";
const WITHDRAWN: &str = "The visitor declined, so nothing that waited is kept.";
const SIGNED_OUT: &str = "Nobody is signed in, and what somebody does before signing in is not put on their profile.";

#[cfg(test)]
mod tests;
