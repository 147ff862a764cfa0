//! Whole visits, through the same door as the page.

use crate::quoted::quoted;
use omneo_interactions::api::Handle;
use omneo_interactions::interaction::Interaction;
use omneo_interactions::json::Json;

/// A token of the profile `97e9c263-0f79-4e73-b734-bb19fb453d5d`.
pub const TOKEN: &str = "e30.eyJwaWQiOiI5N2U5YzI2My0wZjc5LTRlNzMtYjczNC1iYjE5ZmI0NTNkNWQifQ.c2ln";

/// The first line has the settings. Each other is an input: milliseconds since the one before, its name, its detail; or, in place of
/// a name, `at`, and the address and the title that the page has from then on, with a space between.
pub fn check(text: &str) {
    let (settings, steps) = text.split_once('\n').unwrap_or((text, ""));
    let Some(mut page) = Page::open(settings) else { return };
    for step in steps.lines().take(MOST) {
        let mut parts = step.splitn(3, ' ');
        let mut next = || parts.next().unwrap_or_default();
        let (passed, name, detail) = (next(), next(), next());
        page.now += passed.parse::<u32>().map_or(0.0, f64::from);
        if name == "at" {
            let (address, title) = detail.split_once(' ').unwrap_or((detail, ""));
            (page.address, page.title) = (address.to_owned(), title.to_owned());
        // What is no text of its own, `js/page.js` writes by `JSON.stringify`.
        } else if matches!(name, "consent" | "look") || detail.is_empty() || Json::parse(detail).is_ok() {
            page.input(name, detail);
        }
    }
}

/// A tracker as a page has it: what it asks for is noted, and held against what it may ask for.
pub struct Page {
    tracker: Handle,
    pub now: f64,
    pub address: String,
    pub title: String,
    inputs: u8,
    /// Whether the visitor agreed, as far as the tracker was told.
    agreed: bool,
    has_token: bool,
    /// Whether the tracker waits for its turn.
    awaits_turn: bool,
    /// The events, each with its detail.
    events: Vec<(String, String)>,
    requests: Vec<String>,
}

impl Page {
    /// A page with these settings, where they are some.
    pub fn open(settings: &str) -> Option<Page> {
        let tracker = Handle::new(settings, false, false).ok()?;
        Some(Page {
            tracker,
            now: 1_764_000_000_000.0,
            address: "https://shop.example/dresses?utm_source=mail#top".to_owned(),
            title: "Dresses".to_owned(),
            inputs: 0,
            agreed: Json::view(settings)
                .field("consent")
                .is_some_and(|consent| !consent.is("unknown") && !consent.is("denied")),
            has_token: false,
            awaits_turn: false,
            events: Vec::new(),
            requests: Vec::new(),
        })
    }

    /// Tells the tracker of an input, and returns its answer.
    pub fn input(&mut self, name: &str, detail: &str) -> String {
        self.inputs = self.inputs.wrapping_add(1);
        let lines = [name, &self.address, &self.title, detail].join("\n");
        let answer = self.tracker.input(&lines, self.now, &[self.inputs; 16]);
        let answer = Json::parse(&answer).unwrap_or_else(|malformed| panic!("{malformed}: {name} {detail} {answer}"));
        if let Some(mistake) = answer.field("mistake") {
            assert!(
                mistake.field("accepted").is_some() && answer.field("effects").is_none(),
                "a mistake sets nothing off"
            );
        } else {
            self.note_input(name, detail);
        }
        for effect in answer.field("effects").into_iter().flat_map(Json::items) {
            self.note(effect);
        }
        if core::mem::take(&mut self.awaits_turn) {
            self.input("turn", "");
        }
        answer.field("answer").map(|answer| answer.as_str().to_owned()).unwrap_or_default()
    }

    fn note_input(&mut self, name: &str, detail: &str) {
        match name {
            "consent" => self.agreed = !matches!(detail, "unknown" | "denied"),
            "token" => self.has_token |= Json::view(detail).items().nth(1).is_some_and(|answer| !answer.is_null()),
            _ => {}
        }
    }

    fn note(&mut self, effect: Json<'_>) {
        let mut given = effect.items();
        let mut text = || given.next().and_then(Json::text_or_number).unwrap_or_default();
        match &*text() {
            "keep" | "remember" | "recall" => assert!(self.agreed, "nothing is kept without consent: {effect:?}"),
            "request" => {
                assert!(self.agreed && self.has_token, "nothing leaves without consent and token: {effect:?}");
                self.requests.push(text().into());
            }
            "wake" => {
                let after: i64 = text().parse().expect("milliseconds");
                assert!((0..=25 * 3_600_000).contains(&after), "{after}");
            }
            "emit" => {
                let (event, detail) = (text(), effect.items().nth(2).expect("its detail"));
                if let Some(record) = detail.field("record").filter(|_| *event == *"recorded") {
                    assert!(Interaction::read(record).is_ok(), "{record:?}");
                }
                self.events.push((event.into(), detail.as_str().to_owned()));
            }
            "turn" => self.awaits_turn = true,
            "listen" | "unlisten" | "rememberInTab" | "drop" | "forget" | "ask" | "abort" => {}
            other => panic!("{other} is no effect"),
        }
    }

    /// How often the site was told of that.
    pub fn count(&self, event: &str) -> usize {
        self.told(event).len()
    }

    /// What the site was told with each event of that name.
    pub fn told(&self, event: &str) -> Vec<&str> {
        self.events.iter().filter(|(name, _)| name == event).map(|(_, detail)| &**detail).collect()
    }

    /// The requests that are not answered yet.
    pub fn take_requests(&mut self) -> Vec<String> {
        core::mem::take(&mut self.requests)
    }

    /// The receiver answers a request.
    pub fn answer(&mut self, request: &str, status: &str, retry_after: &str, body: &str) {
        let [status, retry_after, body] = [status, retry_after, body].map(quoted);
        self.input("answered", &format!("[{request},{status},{retry_after},{body}]"));
    }

    /// Of so many records each was delivered, refused, given up or is kept.
    pub fn adds_up(&mut self, records: usize) {
        let report = self.told("settled").last().copied().unwrap_or_default().to_owned();
        let gone = ["delivered", "refused", "failed"].map(|name| self.count(name)).iter().sum::<usize>();
        assert!(gone <= records, "{gone} of {records}: {:?}", self.events);
        let count =
            |name: &str| Json::view(&report).field(name).map_or(0, |count| count.as_str().parse().expect("a number"));
        let counted: usize = ["delivered", "refused", "failed", "kept"].map(count).iter().sum();
        assert!(report.is_empty() || counted == records, "{report} of {records}");
    }
}

/// More inputs than that tell nothing that fewer do not.
const MOST: usize = 200;
