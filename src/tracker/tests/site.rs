//! A whole site as a model: some pages, one storage, one receiver that writes down what reaches it, and anything that can
//! happen to them in any order.

use super::*;
use std::collections::BTreeSet;

const PAGES: usize = 3;

#[derive(Debug)]
struct Site {
    pages: Vec<Option<PageUnderTest>>,
    /// What pages that are gone left in storage.
    left: BTreeMap<String, String>,
    /// What the receiver has, and how many copies of each came.
    written: BTreeMap<String, usize>,
    /// What a page was told that the receiver has.
    confirmed: BTreeSet<String>,
    recorded: BTreeSet<String>,
    given_up: BTreeSet<String>,
    now: i64,
    /// So that no two pages draw the same identifiers.
    opened: u64,
    route: &'static str,
}

impl std::fmt::Debug for PageUnderTest {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} under way, {} in storage", self.posts.len(), self.shelf.len())
    }
}

impl Site {
    fn new(route: &'static str) -> Site {
        let mut site = Site {
            pages: (0..PAGES).map(|_| None).collect(),
            left: BTreeMap::new(),
            written: BTreeMap::new(),
            confirmed: BTreeSet::new(),
            recorded: BTreeSet::new(),
            given_up: BTreeSet::new(),
            now: 1_764_000_000_000,
            opened: 0,
            route,
        };
        site.open(0);
        site
    }

    fn open(&mut self, at: usize) {
        if self.pages[at].is_none() {
            let settings = r#"{"endpoint":"https://relay.example","route":"ROUTE","consent":"granted",
                "capture":{"logins":false,"durations":true},"batch":{"records":3}}"#;
            let mut page = PageUnderTest::new(&settings.replace("ROUTE", self.route));
            self.opened += 1;
            page.inputs = self.opened << 32;
            page.now = self.now;
            self.pages[at] = Some(page);
            self.adopt(at);
        }
    }

    fn on(&mut self, at: usize, act: impl FnOnce(&mut PageUnderTest)) {
        if let Some(page) = self.pages[at].as_mut() {
            page.now = self.now;
            act(page);
            while !page.questions.is_empty() {
                page.token(&token_of("ada"));
            }
        }
    }

    /// The page takes over what pages that are gone left.
    fn adopt(&mut self, at: usize) {
        let mut left = std::mem::take(&mut self.left);
        self.on(at, |page| {
            page.shelf.append(&mut left);
            page.adopt();
        });
        self.left.append(&mut left);
    }

    /// The page is gone: with a word, as when it is left, or without one, as when its process dies. What is under way then
    /// arrives, or does not.
    fn close(&mut self, at: usize, with_a_word: bool, arrives: bool) {
        if with_a_word {
            self.on(at, |page| page.input(|tracker, moment| tracker.leaving(moment)));
        }
        self.listen();
        if let Some(page) = self.pages[at].take() {
            self.left.extend(page.shelf);
            for (_, body) in page.posts.iter().filter(|_| arrives) {
                self.write(body);
            }
        }
    }

    /// A request reaches the receiver, or fails on the way there; its answer reaches the page, or fails on the way back.
    fn answer(&mut self, at: usize, status: u16, is_written: bool) {
        let Some(page) = self.pages[at].as_ref().filter(|page| !page.posts.is_empty()) else { return };
        let body = page.posts[0].1.clone();
        if is_written {
            self.write(&body);
        }
        let answered = if status == 200 { self.answer_to(&body) } else { String::new() };
        if status == 200 {
            self.confirmed.extend(ids(&answered).chain(ids(&body)).filter(|id| self.written.contains_key(id)));
        }
        self.on(at, |page| _ = page.answer_with(status, "", &answered));
    }

    fn write(&mut self, body: &str) {
        for id in ids(body) {
            *self.written.entry(id).or_default() += 1;
        }
    }

    // Nothing was posted: a look at what is there. A relay answers for each record.
    fn answer_to(&self, body: &str) -> String {
        if body.is_empty() {
            let has: Vec<String> =
                self.written.keys().map(|id| format!(r#"{{"meta":{{"event_id":"{id}"}}}}"#)).collect();
            return format!(r#"{{"data":[{}]}}"#, has.join(","));
        }
        let results: Vec<String> = ids(body).map(|id| format!(r#"{{"event_id":"{id}","status":201}}"#)).collect();
        format!("[{}]", results.join(","))
    }

    /// Notes what the pages told.
    fn listen(&mut self) {
        for page in self.pages.iter().flatten() {
            let own = |event: &str| {
                let told = page.told(event).into_iter().filter_map(|detail| detail.field("record"));
                told.flat_map(|record| ids(record.as_str())).collect::<Vec<String>>()
            };
            self.recorded.extend(own("recorded"));
            self.given_up.extend(own("failed"));
        }
    }

    fn is_sound(&self) -> Result<(), TestCaseError> {
        for page in self.pages.iter().flatten() {
            let posted: Vec<String> = page.posts.iter().flat_map(|(_, body)| ids(body)).collect();
            for id in &posted {
                prop_assert!(!self.confirmed.contains(id), "sent again after it was confirmed");
            }
            prop_assert_eq!(posted.len(), posted.iter().collect::<BTreeSet<_>>().len(), "under way twice");
            prop_assert_eq!(page.shelf.len(), page.tracker.queue.len(), "in memory and in storage alike");
            let held = page.tracker.queue.held();
            prop_assert!(held.is_none_or(|view| posted.iter().all(|id| **id != *view.id)), "sent while it was held");
            let all_held = page.tracker.queue.entries().filter(|entry| entry.is_held).count();
            prop_assert!(all_held <= 1, "only one is held, the page that is shown");
            let sizes: Vec<usize> = page.posts.iter().map(|(_, body)| body.len()).collect();
            prop_assert!(sizes.len() <= 1 || sizes.iter().sum::<usize>() <= 64 * 1024, "what outlives the page");
        }
        Ok(())
    }

    /// Time passes, nothing goes wrong any more, and one page is open.
    fn settle(&mut self) {
        for at in 1..PAGES {
            self.close(at, true, false);
        }
        self.open(0);
        self.adopt(0);
        for _ in 0..800 {
            self.now += 400_000;
            self.on(0, PageUnderTest::flush);
            self.answer(0, 200, true);
        }
        self.listen();
    }
}

/// The `event_id` of a record, of each of a batch, or of each that an answer lists.
fn ids(body: &str) -> impl Iterator<Item = String> + use<> {
    let json = Json::view(body);
    let list = json.field("data").unwrap_or(json);
    let records: Vec<Json<'_>> = if list.is_array() { list.items().collect() } else { vec![list] };
    let id = |record: Json<'_>| record.field("meta")?.field("event_id")?.text();
    records.into_iter().filter_map(id).collect::<Vec<Box<str>>>().into_iter().map(String::from)
}

#[derive(Clone, Debug)]
enum Event {
    Record(usize, usize),
    Open(usize),
    Adopt(usize),
    Close(usize, bool, bool),
    Hide(usize),
    View(usize),
    Answer(usize, u16, bool),
    Pass(usize, i64),
}

fn event() -> impl Strategy<Value = Event> {
    let page = || 0..PAGES;
    // Written and answered, lost on the way there or back, failed before or after the write.
    let fate = prop::sample::select(vec![
        (200, true),
        (0, false),
        (0, true),
        (503, false),
        (429, false),
        (500, true),
        (401, false),
    ]);
    prop_oneof![
        6 => (page(), prop_oneof![9 => 0..300_usize, 1 => 20_000..30_000_usize]).prop_map(|(page, size)| Event::Record(page, size)),
        2 => page().prop_map(Event::Open),
        2 => page().prop_map(Event::Adopt),
        2 => (page(), any::<bool>(), any::<bool>()).prop_map(|(page, word, arrives)| Event::Close(page, word, arrives)),
        2 => page().prop_map(Event::Hide),
        2 => page().prop_map(Event::View),
        8 => (page(), fate).prop_map(|(page, (status, is_written))| Event::Answer(page, status, is_written)),
        4 => (page(), -5_000..60_000_i64).prop_map(|(page, ms)| Event::Pass(page, ms)),
    ]
}

proptest! {
    #[test]
    fn every_record_of_every_page_arrives_whatever_happens(
        route in prop::sample::select(vec!["me", "relay"]),
        events in prop::collection::vec(event(), 0..120),
    ) {
        let mut site = Site::new(route);
        for event in events {
            match event {
                Event::Record(at, size) => site.on(at, |page| {
                    let given = format!(r#"{{"name":"A","description":"{}"}}"#, "x".repeat(size));
                    page.call("productView", &given).unwrap();
                }),
                Event::Open(at) => site.open(at),
                Event::Adopt(at) => site.adopt(at),
                Event::Close(at, with_a_word, arrives) => site.close(at, with_a_word, arrives),
                Event::Hide(at) => site.on(at, |page| page.input(|tracker, moment| tracker.hidden(moment))),
                Event::View(at) => site.on(at, PageUnderTest::page_view),
                Event::Answer(at, status, is_written) => site.answer(at, status, is_written),
                Event::Pass(at, ms) => {
                    site.now += ms;
                    site.on(at, |page| page.input(|tracker, moment| tracker.woke(moment)));
                }
            }
            site.listen();
            site.is_sound()?;
        }
        site.settle();
        let lost: Vec<&String> = site.recorded.iter().filter(|id| !site.written.contains_key(*id) && !site.given_up.contains(*id)).collect();
        prop_assert!(lost.is_empty(), "lost: {:?}", lost);
        prop_assert!(site.left.is_empty() && site.pages[0].as_ref().is_some_and(|page| page.shelf.is_empty()));
        prop_assert!(site.given_up.is_empty(), "nothing was too much");
        // A relay drops second copies; Omneo would keep them.
        prop_assert!(route == "relay" || site.written.values().all(|copies| *copies == 1), "sent twice: {:?}", site.written);
    }
}
