//! A tracker as a page has it: what it asks for is noted, and held against what it may ask for.

use crate::storage::again;
use crate::{json, own};
use omneo_interactions::capture::{Clienteling, Session, Submission};
use omneo_interactions::interaction::{Instant, Interaction, Invalid, Map, Value};
use omneo_interactions::privacy::Consent;
use omneo_interactions::queue::Entry;
use omneo_interactions::tracker::{
    CallName, Context, Effect, Error, Event, Input, Moment, Recorded, Settings, Signals, TokenAnswer, Tracker,
};

/// See the module.
pub struct Page {
    pub tracker: Tracker,
    pub context: Context,
    /// Whether the visitor agreed, as far as the tracker was told.
    agreed: bool,
    has_token: bool,
    questions: Vec<u32>,
    requests: Vec<u32>,
    /// Whether the tracker waits for its turn.
    awaits_turn: bool,
    /// What the site's listeners heard.
    pub events: Vec<Event>,
}

impl Page {
    /// A page with these settings, where they are some.
    pub fn open(settings: &str) -> Option<Page> {
        let settings = Settings::read(&crate::value(settings)?, Signals::default()).ok()?;
        Some(Page {
            agreed: settings.consent == Consent::Granted,
            tracker: Tracker::new(settings),
            context: context(Instant(1_764_000_000_000)),
            has_token: false,
            questions: Vec::new(),
            requests: Vec::new(),
            awaits_turn: false,
            events: Vec::new(),
        })
    }

    /// Tells the tracker of an input, and notes what it asks for.
    pub fn input(&mut self, input: Input) {
        let entropy = &mut self.context.moment.entropy;
        *entropy = [entropy[0].wrapping_add(1); 16];
        self.note_input(&input);
        let handled = self.tracker.handle(input, &self.context);
        if let Err(Error::InvalidCall(invalid) | Error::InvalidInteraction(invalid)) = handled.result {
            says_why(&invalid);
        }
        for effect in handled.effects {
            self.note(effect);
        }
        if core::mem::take(&mut self.awaits_turn) {
            self.input(Input::TurnCame);
        }
    }

    /// A call of the site's.
    pub fn call(&mut self, call: CallName, given: &str) {
        self.input(Input::Call { call, given: own(given) });
    }

    /// The token source answers the last question, with a token of [`PROFILE`]'s.
    pub fn sign_in(&mut self) {
        let question = self.questions.pop().expect("a token was asked for");
        let claims = Map::from_iter([("pid", Value::from(PROFILE))]).into();
        self.input(Input::Token { question, answer: TokenAnswer::Answered { answer: "e30.e30.c2ln".into(), claims } });
    }

    /// The fields of a form whose values are to be read.
    pub fn fields_to_read(&self, submission: &Submission) -> Vec<usize> {
        let places = self.tracker.fields_to_read(submission, &self.context);
        assert!(places.iter().all(|place| *place < submission.fields.len()), "{places:?}");
        places
    }

    fn note_input(&mut self, input: &Input) {
        match input {
            Input::Consent { consent, .. } => self.agreed = *consent == Consent::Granted,
            Input::Token { answer: TokenAnswer::Answered { answer, .. }, .. } => self.has_token |= !answer.is_null(),
            _ => {}
        }
    }

    fn note(&mut self, effect: Effect) {
        match effect {
            Effect::Recall => assert!(self.agreed, "nothing is looked for without consent"),
            Effect::Keep { id, stored } => {
                let kept = Entry::from_stored(&again(&stored)).unwrap_or_else(|| panic!("{stored:?} is not read back"));
                assert!(self.agreed && kept.id == id, "{stored:?}");
            }
            Effect::Remember { session } => {
                assert!(self.agreed && Session::from_stored(&again(&session)).is_some(), "{session}");
            }
            Effect::RememberInTab { clienteling } => {
                let is_read_back = |kept: &Value| Clienteling::from_stored(&again(kept)).is_some();
                assert!(self.agreed && clienteling.iter().all(is_read_back), "{clienteling:?}");
            }
            Effect::Send(request) => {
                assert!(self.agreed && self.has_token, "nothing leaves without consent and token: {request:?}");
                self.requests.push(request.number);
            }
            Effect::Withdraw { url, .. } => assert!(!self.agreed && self.has_token, "a withdrawal tells {url}"),
            Effect::Wake { after_ms } => assert!((0..=25 * 3_600_000).contains(&after_ms), "{after_ms}"),
            Effect::Emit(event) => {
                assert!(!json(&event.detail()).is_empty());
                self.events.push(event);
            }
            Effect::AskToken { question } => self.questions.push(question),
            Effect::TakeTurn => self.awaits_turn = true,
            Effect::Listen
            | Effect::Unlisten
            | Effect::LookAgain { .. }
            | Effect::FindProduct { .. }
            | Effect::Drop { .. }
            | Effect::Forget
            | Effect::Abort => {}
        }
    }

    /// What was recorded.
    pub fn recorded(&self) -> impl Iterator<Item = &Interaction> {
        self.events.iter().filter_map(|event| match event {
            Event::Recorded(Recorded { record, .. }) => Some(&**record),
            _ => None,
        })
    }

    /// The requests that are not answered yet.
    pub fn take_requests(&mut self) -> Vec<u32> {
        core::mem::take(&mut self.requests)
    }

    /// Of so many records each was delivered, refused, given up or is kept.
    pub fn adds_up(&self, records: u64) {
        let is_end = |event: &&Event| matches!(event, Event::Delivered(_) | Event::Refused(_) | Event::Failed(_));
        let gone = self.events.iter().filter(is_end).count() as u64;
        let report = self.tracker.report();
        assert_eq!(report.delivered + report.refused + report.failed, gone, "{report:?}: {:?}", self.events);
        assert_eq!(gone + report.kept, records, "{report:?}: {:?}", self.events);
    }
}

/// A page of a shop's, at that time.
pub fn context(now: Instant) -> Context {
    Context { moment: Moment { now, entropy: [0; 16] }, address: ADDRESS.into(), title: "Dresses".into() }
}

/// Its address.
pub const ADDRESS: &str = "https://shop.example/products/dress?size=8&utm_source=mail#top";

/// Whoever made a mistake is told which, and in few words.
pub fn says_why(invalid: &[Invalid]) {
    assert!(!invalid.is_empty());
    for mistake in invalid {
        assert!(!mistake.accepted.is_empty() && mistake.given.chars().count() <= 61, "{mistake}");
    }
}

/// A customer's profile.
pub const PROFILE: &str = "97e9c263-0f79-4e73-b734-bb19fb453d5d";
