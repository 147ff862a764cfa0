//! The whole walk, against a receiver and a token source that are plain values.

use super::*;
use crate::delivery::{UNDER_WAY_MS, quoted_jwt};
use crate::interaction::Invalid;
use crate::json::quoted;
use proptest::prelude::*;
use std::collections::{BTreeMap, VecDeque};

mod calls;
mod clienteling;
mod customers;
mod delivery;
mod emitted;
mod looks;
mod ownership;
mod pages;
mod privacy;
mod purposes;

mod stay;
mod walk;
mod world;

/// A page with one tracker on it. Time is `now`; what the tracker asked for is kept until the test answers it.
struct PageUnderTest {
    tracker: Tracker,
    now: i64,
    inputs: u64,
    /// The requests under way, each with its body.
    posts: Vec<(u32, String)>,
    /// Where each of them goes.
    urls: Vec<String>,
    questions: Vec<u32>,
    wakes_at: Option<i64>,
    events: Vec<(String, String)>,
    kept: Option<String>,
    /// What this tab has in storage of its own: the staff-assisted session.
    tab: Option<String>,
    /// The records that storage has, each under its id.
    shelf: BTreeMap<String, String>,
    listening: bool,
    settled: usize,
    /// Whether a turn that is asked for comes only when the test says so.
    holds_turns: bool,
    effects: VecDeque<Effect>,
    is_busy: bool,
}

impl PageUnderTest {
    fn new(settings: &str) -> PageUnderTest {
        let settings = Settings::read(Json::parse(settings).unwrap(), Signals::default()).unwrap();
        let mut page = PageUnderTest {
            tracker: Tracker::new(settings),
            now: 1_764_000_000_000,
            inputs: 0,
            posts: Vec::new(),
            urls: Vec::new(),
            questions: Vec::new(),
            wakes_at: None,
            events: Vec::new(),
            kept: None,
            tab: None,
            shelf: BTreeMap::new(),
            listening: false,
            settled: 0,
            holds_turns: false,
            effects: VecDeque::new(),
            is_busy: false,
        };
        page.input(|tracker, _| tracker.start());
        page
    }

    fn granted() -> PageUnderTest {
        PageUnderTest::new(r#"{"tenant":"acme","consent":"granted"}"#)
    }

    fn input<T>(&mut self, act: impl FnOnce(&mut Tracker, Moment) -> T) -> T {
        self.inputs += 1;
        let mut entropy = [0x80; 16];
        entropy[8..].copy_from_slice(&self.inputs.to_be_bytes());
        let answer = act(&mut self.tracker, Moment { now: Instant(self.now), entropy });
        self.effects.extend(self.tracker.effects());
        // As a page does: what an effect leads to comes after what was asked for before it.
        if !core::mem::replace(&mut self.is_busy, true) {
            while let Some(effect) = self.effects.pop_front() {
                self.carry_out(effect);
            }
            self.is_busy = false;
        }
        answer
    }

    fn carry_out(&mut self, effect: Effect) {
        match effect {
            Effect::Listen(on) => self.listening = on,
            Effect::Recall => self.recall(),
            Effect::Remember(text) => self.kept = Some(text),
            Effect::RememberInTab(text) => self.tab = Some(text).filter(|text| !text.is_empty()),
            Effect::Keep { id, text } => _ = self.shelf.insert(id, text),
            Effect::Drop(id) => _ = self.shelf.remove(&id),
            Effect::Forget => {
                self.kept = None;
                self.tab = None;
                self.shelf.clear();
            }
            Effect::AskToken(question) => self.questions.push(question),
            Effect::Request(Request { number, url, body, .. }) => {
                self.posts.push((number, body));
                self.urls.push(url);
            }
            Effect::Abort => self.posts.clear(),
            Effect::Turn if self.holds_turns => {}
            Effect::Turn => self.input(|tracker, moment| tracker.turn(moment)),
            Effect::Wake(after) => self.wakes_at = Some(self.now + after),
            Effect::Emit { event, .. } if &*event == "settled" => self.settled += 1,
            Effect::Emit { event, detail } => self.events.push((event, detail)),
        }
    }

    fn recall(&mut self) {
        let texts = [&self.kept, &self.tab].map(|text| quoted(text.as_deref().unwrap_or_default()));
        let texts = format!("[{}]", texts.join(","));
        self.input(|tracker, moment| tracker.recalled(Json::parse(&texts).unwrap(), moment));
    }

    fn call(&mut self, call: &str, given: &str) -> Result<(), Vec<Invalid>> {
        let given = Json::parse(given).unwrap();
        self.input(|tracker, moment| {
            tracker.call(call, given, "https://shop.example/dresses?utm_source=mail#top", "Dresses", moment)
        })
    }

    fn page_view(&mut self) {
        self.call("pageView", "{}").unwrap();
    }

    fn token(&mut self, answer: &str) {
        let question = self.questions.pop().expect("a token was asked for");
        let answer = Json::parse(answer).ok();
        self.input(|tracker, moment| tracker.token(&digits(question.into()), answer, moment));
    }

    fn answer(&mut self, status: u16) -> String {
        self.answer_with(status, "", "")
    }

    fn answer_with(&mut self, status: u16, retry_after: &str, body: &str) -> String {
        let (number, record) = self.posts.remove(0);
        self.input(|tracker, moment| {
            tracker.answered(&number.to_string(), &status.to_string(), retry_after, body, moment);
        });
        text(Json::view(&record), "name")
    }

    /// Another page of the same site, after this one was closed: storage is all that it has of it.
    fn next_page(self) -> PageUnderTest {
        let settings = r#"{"tenant":"acme","consent":"granted","capture":{"logins":false}}"#;
        let mut next = PageUnderTest::new(settings);
        next.now = self.now + 1_000;
        next.kept = self.kept;
        next.tab = self.tab;
        next.shelf = self.shelf;
        next.recall();
        next.adopt();
        next
    }

    fn adopt(&mut self) {
        let pairs: Vec<String> =
            self.shelf.iter().map(|(id, text)| format!("[{},{}]", quoted(id), quoted(text))).collect();
        let pairs = format!("[{}]", pairs.join(","));
        self.input(|tracker, moment| tracker.adopt(Json::parse(&pairs).unwrap(), moment));
    }

    fn flush(&mut self) {
        self.input(|tracker, moment| tracker.flush(moment));
    }

    fn sleep_until_woken(&mut self) {
        self.now = self.wakes_at.take().expect("the tracker asked to be woken");
        self.input(|tracker, moment| tracker.woke(moment));
    }

    fn names_posted(&self) -> Vec<String> {
        self.posts.iter().map(|(_, record)| text(Json::view(record), "name")).collect()
    }

    fn told(&self, event: &str) -> Vec<Json<'_>> {
        self.events.iter().filter(|(name, _)| *name == event).map(|(_, detail)| Json::parse(detail).unwrap()).collect()
    }

    fn rules(&self, event: &str) -> Vec<String> {
        self.told(event).into_iter().map(|detail| text(detail, "rule")).collect()
    }

    fn report(&self) -> String {
        self.tracker.report().into()
    }
}

fn text(json: Json<'_>, name: &str) -> String {
    json.field(name).and_then(Json::text).unwrap_or_default().into()
}

/// The profile of a customer of that name, a UUID.
fn profile_of(name: &str) -> String {
    let digits: String = name.bytes().map(|byte| format!("{byte:02x}")).collect();
    format!("5f0d5a4e-6a52-4b0e-9a52-{digits:0>12}")
}

/// A token of that customer's.
fn token_of(name: &str) -> String {
    quoted_jwt(&format!(r#"{{"pid":"{}"}}"#, profile_of(name)))
}

/// A session of that customer's that storage has, seen a second before [`PageUnderTest`] begins.
fn session_of(name: &str) -> String {
    format!("1763999999000 1763999999000 {}", profile_of(name))
}

/// The `meta` of a record.
fn meta(body: &str) -> String {
    Json::view(body).field("meta").unwrap().as_str().to_owned()
}
