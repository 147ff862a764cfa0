//! The whole walk, against a receiver and a token source that are plain values.

use super::*;
use crate::capture::{Navigation, Purpose, Submission};
use crate::delivery::UNDER_WAY_MS;
use crate::interaction::{Instant, Interaction, Map, Stored, Value, json};
use std::collections::{BTreeMap, VecDeque};
use std::rc::Rc;

use samples::*;

mod calls;
mod clienteling;
mod customers;
mod delivery;
mod emitted;
mod inspection;
mod looks;
mod ownership;
mod pages;
mod privacy;
mod purposes;
mod samples;
mod submissions;
mod visible_time;
mod walk;
mod world;

/// A page with one tracker on it. Time is `now`; what the tracker asked for is kept until the test answers it.
struct PageUnderTest {
    tracker: Tracker,
    now: i64,
    address: String,
    title: String,
    inputs: u64,
    posts: Vec<Post>,
    questions: Vec<u32>,
    /// The addresses that a withdrawal was told to, each with the token.
    withdrawals: Vec<(String, String)>,
    wakes_at: Option<i64>,
    looks_again_in: Option<u32>,
    /// The addresses at which a product was asked for.
    sought: Vec<String>,
    /// What the site's listeners heard, but for [`Event::Settled`].
    events: Vec<Event>,
    settled: usize,
    kept: Option<String>,
    /// What this tab has in storage of its own: the staff-assisted session.
    tab: Option<String>,
    /// The records that storage has, each under its id.
    shelf: BTreeMap<String, String>,
    listening: bool,
    /// Whether a turn that is asked for comes only when the test says so.
    holds_turns: bool,
    effects: VecDeque<Effect>,
    is_busy: bool,
}

/// A request under way.
#[derive(Clone, Debug)]
struct Post {
    number: u32,
    url: String,
    body: Body,
}

impl Post {
    fn records(&self) -> Vec<Rc<Interaction>> {
        match &self.body {
            Body::None => Vec::new(),
            Body::One(record) => vec![record.clone()],
            Body::Batch(batch) => batch.iter().map(|batched| batched.record.clone()).collect(),
        }
    }

    /// The one record that is posted.
    fn record(&self) -> Rc<Interaction> {
        match &self.body {
            Body::One(record) => record.clone(),
            other => panic!("one record is posted, not {other:?}"),
        }
    }

    /// Whether it asks the receiver which records it has.
    fn is_look(&self) -> bool {
        self.body == Body::None
    }
}

impl PageUnderTest {
    fn new(settings: &str) -> PageUnderTest {
        let mut page = PageUnderTest {
            tracker: Tracker::new(settings_of(settings)),
            now: 1_764_000_000_000,
            address: "https://shop.example/dresses?utm_source=mail#top".to_owned(),
            title: "Dresses".to_owned(),
            inputs: 0,
            posts: Vec::new(),
            questions: Vec::new(),
            withdrawals: Vec::new(),
            wakes_at: None,
            looks_again_in: None,
            sought: Vec::new(),
            events: Vec::new(),
            settled: 0,
            kept: None,
            tab: None,
            shelf: BTreeMap::new(),
            listening: false,
            holds_turns: false,
            effects: VecDeque::new(),
            is_busy: false,
        };
        page.input(Input::Start);
        page
    }

    fn granted() -> PageUnderTest {
        PageUnderTest::new(r#"{"tenant":"acme","consent":"granted"}"#)
    }

    fn granted_without_logins() -> PageUnderTest {
        PageUnderTest::new(r#"{"tenant":"acme","consent":"granted","capture":{"logins":false}}"#)
    }

    /// Tells the tracker of something that is no mistake.
    fn input(&mut self, input: Input) {
        self.try_input(input).unwrap();
    }

    fn try_input(&mut self, input: Input) -> Result<(), Error> {
        self.inputs += 1;
        let context = self.context();
        let Handled { effects, result } = self.tracker.handle(input, &context);
        self.effects.extend(effects);
        // As a page does: what an effect leads to comes after what was asked for before it.
        if !core::mem::replace(&mut self.is_busy, true) {
            while let Some(effect) = self.effects.pop_front() {
                self.carry_out(effect);
            }
            self.is_busy = false;
        }
        result
    }

    fn context(&self) -> Context {
        let mut entropy = [0x80; 16];
        entropy[8..].copy_from_slice(&self.inputs.to_be_bytes());
        let moment = Moment { now: Instant(self.now), entropy };
        Context { moment, address: self.address.as_str().into(), title: self.title.as_str().into() }
    }

    fn carry_out(&mut self, effect: Effect) {
        match effect {
            Effect::Listen => self.listening = true,
            Effect::Unlisten => self.listening = false,
            Effect::LookAgain { after_ms } => self.looks_again_in = Some(after_ms),
            Effect::FindProduct { address } => self.sought.push(address.into()),
            Effect::Recall => self.recall(),
            Effect::Remember { session } => self.kept = Some(text_of(&session)),
            Effect::RememberInTab { clienteling } => self.tab = clienteling.as_ref().map(text_of),
            Effect::Keep { id, stored } => _ = self.shelf.insert(id.into(), text_of(&stored)),
            Effect::Drop { id } => _ = self.shelf.remove(&*id),
            Effect::Forget => {
                self.kept = None;
                self.tab = None;
                self.shelf.clear();
            }
            Effect::AskToken { question } => self.questions.push(question),
            Effect::Send(Request { number, url, body, .. }) => {
                self.posts.push(Post { number, url: url.into(), body });
            }
            Effect::Abort => self.posts.clear(),
            Effect::Withdraw { url, token } => {
                assert!(self.posts.is_empty(), "after all that was under way is aborted");
                self.withdrawals.push((url.into(), token.0.into()));
            }
            Effect::TakeTurn if self.holds_turns => {}
            Effect::TakeTurn => self.input(Input::TurnCame),
            Effect::Wake { after_ms } => self.wakes_at = Some(self.now + after_ms),
            Effect::Emit(Event::Settled(_)) => self.settled += 1,
            Effect::Emit(event) => self.events.push(event),
        }
    }

    fn recall(&mut self) {
        let stored = |text: &Option<String>| Some(Stored::from(text.as_deref().unwrap_or_default()));
        self.input(Input::Recalled { session: stored(&self.kept), clienteling: stored(&self.tab) });
    }

    fn call(&mut self, call: CallName, given: &str) -> Result<(), Error> {
        self.try_input(Input::Call { call, given: json(given) })
    }

    fn page_view(&mut self) {
        self.call(CallName::PageView, "{}").unwrap();
    }

    fn log_in(&mut self) {
        self.call(CallName::Login, "{}").unwrap();
    }

    fn consent(&mut self, consent: Consent) {
        self.input(Input::Consent { consent, purposes: Purposes::All });
    }

    /// A document that is loaded there, with that title.
    fn open(&mut self, address: &str, title: &str) {
        self.navigate(Navigation::Load, address, title);
    }

    fn navigate(&mut self, navigation: Navigation, address: &str, title: &str) {
        (self.address, self.title) = (address.to_owned(), title.to_owned());
        self.input(Input::Navigated { navigation });
    }

    /// A form without fields is submitted.
    fn submit(&mut self, form: &str, purpose: Option<Purpose>) {
        self.input(Input::Submitted { submission: Submission { form: form.into(), purpose, ..Submission::default() } });
    }

    fn token(&mut self, answer: TokenAnswer) {
        let question = self.questions.pop().expect("a token was asked for");
        self.input(Input::Token { question, answer });
    }

    fn answer(&mut self, status: u16) {
        self.answer_with(status, "", "");
    }

    fn answer_with(&mut self, status: u16, retry_after: &str, body: &str) {
        let request = self.posts.remove(0).number;
        // As the page reads it.
        let body = serde_json::from_str(body).unwrap_or_default();
        self.input(Input::Answered { request, answer: Answer { status, retry_after: retry_after.into(), body } });
    }

    /// The relay says the same of each record of the first request.
    fn answer_all(&mut self, status: u16) {
        let results: Vec<String> = self.posts[0].records().iter().map(|record| result(record, status)).collect();
        self.answer_with(200, "", &format!("[{}]", results.join(",")));
    }

    /// Another page of the same site, after this one was closed: storage is all that it has of it.
    fn next_page(self) -> PageUnderTest {
        let mut next = PageUnderTest::granted_without_logins();
        next.now = self.now + 1_000;
        next.kept = self.kept;
        next.tab = self.tab;
        next.shelf = self.shelf;
        next.recall();
        next.adopt();
        next
    }

    fn adopt(&mut self) {
        self.input(adopted(&self.shelf));
    }

    fn flush(&mut self) {
        self.input(Input::Flush);
    }

    fn sleep_until_woken(&mut self) {
        self.now = self.wakes_at.take().expect("the tracker asked to be woken");
        self.input(Input::Woke);
    }

    /// The name of each record that is under way alone, and nothing for any other request.
    fn names_posted(&self) -> Vec<String> {
        let name = |post: &Post| match &post.body {
            Body::One(record) => record.name.to_string(),
            Body::None | Body::Batch(_) => String::new(),
        };
        self.posts.iter().map(name).collect()
    }

    fn recorded(&self) -> Vec<&Recorded> {
        self.events
            .iter()
            .filter_map(|event| if let Event::Recorded(recorded) = event { Some(recorded) } else { None })
            .collect()
    }

    fn refused(&self) -> Vec<&Refused> {
        self.events
            .iter()
            .filter_map(|event| if let Event::Refused(refused) = event { Some(refused) } else { None })
            .collect()
    }

    fn failed(&self) -> Vec<&Failed> {
        self.events
            .iter()
            .filter_map(|event| if let Event::Failed(failed) = event { Some(failed) } else { None })
            .collect()
    }

    fn names_recorded(&self) -> Vec<&str> {
        self.recorded().into_iter().map(|recorded| &*recorded.record.name).collect()
    }

    fn rules_refused(&self) -> Vec<&str> {
        self.refused().into_iter().map(|refused| &*refused.rule).collect()
    }

    fn rules_failed(&self) -> Vec<&str> {
        self.failed().into_iter().map(|failed| failed.rule.unwrap_or_default()).collect()
    }

    /// The session that storage has.
    fn session(&self) -> Option<Session> {
        Session::from_stored(&self.kept.as_deref()?.into())
    }

    fn report(&self) -> Report {
        self.tracker.report()
    }
}
