//! The whole walk, against a receiver and a token source that are plain values.

use super::*;
use crate::interaction::Invalid;
use crate::json::quoted;
use proptest::prelude::*;
use std::collections::BTreeMap;

mod purposes;
mod site;

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
    events: Vec<(&'static str, String)>,
    kept: Option<String>,
    /// The records that storage has, each under its id.
    shelf: BTreeMap<String, String>,
    listening: bool,
    settled: usize,
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
            shelf: BTreeMap::new(),
            listening: false,
            settled: 0,
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
        for effect in self.tracker.effects() {
            self.carry_out(effect);
        }
        answer
    }

    fn carry_out(&mut self, effect: Effect) {
        match effect {
            Effect::Listen(on) => self.listening = on,
            Effect::Recall => {
                let kept = self.kept.clone();
                self.input(|tracker, _| tracker.recalled(&kept.unwrap_or_default()));
            }
            Effect::Remember(text) => self.kept = Some(text),
            Effect::Keep { id, text } => _ = self.shelf.insert(id, text),
            Effect::Drop(id) => _ = self.shelf.remove(&id),
            Effect::Forget => {
                self.kept = None;
                self.shelf.clear();
            }
            Effect::AskToken(question) => self.questions.push(question),
            Effect::Request(Request { number, url, body, .. }) => {
                self.posts.push((number, body));
                self.urls.push(url);
            }
            Effect::Abort => self.posts.clear(),
            Effect::Wake(after) => self.wakes_at = Some(self.now + after),
            Effect::Emit { event, detail } => self.events.push((event, detail)),
            Effect::Settled => self.settled += 1,
        }
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
        next.shelf = self.shelf;
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

    fn report(&self) -> String {
        self.tracker.report()
    }
}

fn text(json: Json<'_>, name: &str) -> String {
    json.field(name).and_then(Json::text).unwrap_or_default()
}

/// A token whose claims are `{"pid": profile}`.
fn token_of(profile: &str) -> String {
    let claims = format!(r#"{{"pid":"{profile}"}}"#);
    let mut encoded = String::new();
    for chunk in claims.as_bytes().chunks(3) {
        let bits = chunk.iter().fold(0_u32, |bits, byte| bits << 8 | u32::from(*byte)) << (8 * (3 - chunk.len()));
        for at in 0..=chunk.len() {
            let six = (bits >> (18 - 6 * at) & 63) as usize;
            encoded.push(char::from(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"[six]));
        }
    }
    format!("\"e30.{encoded}.c2ln\"")
}

#[test]
fn a_page_view_arrives_as_an_interaction() {
    let mut page = PageUnderTest::granted();
    page.page_view();
    page.token(&token_of("ada"));
    page.flush();
    assert_eq!(page.names_posted(), ["Viewed page: Dresses", "Logged in"]);
    assert_eq!(
        page.posts[0].1,
        r#"{"action":"view","channel":"website","signal":0,"name":"Viewed page: Dresses","namespace":"web-engagement","url":"https://shop.example/dresses","interacted_at":"2025-11-24T16:00:00.000Z","meta":{"event_id":"80808080-8080-4080-8000-000000000003"}}"#
    );
    page.answer(201);
    page.answer(201);
    assert_eq!(page.report(), r#"{"delivered":2,"refused":0,"kept":0,"failed":0}"#);
    assert_eq!(page.settled, 1);
}

#[test]
fn each_call_makes_its_record() {
    let mut page = PageUnderTest::granted();
    page.call(
        "productView",
        r#"{"productId":"1001","variantId":2001,"categoryId":31,"name":"Linen dress","sku":"LD"}"#,
    )
    .unwrap();
    page.call("formSubmission", r#"{"form":"newsletter","tags":["footer"],"signal":1}"#).unwrap();
    page.call("login", r#"{"method":"password"}"#).unwrap();
    let records: Vec<String> =
        page.told("recorded").iter().map(|detail| detail.field("record").unwrap().as_str().to_owned()).collect();
    for (record, wanted) in records.iter().zip([
        r#"{"action":"view","channel":"website","signal":0,"name":"Viewed product: Linen dress","namespace":"web-engagement","url":"https://shop.example/dresses","interacted_at":"2025-11-24T16:00:00.000Z","product_id":1001,"product_variant_id":2001,"product_category_id":31,"meta":{"sku":"LD","event_id":"#,
        r#"{"action":"disclose","channel":"website","signal":1,"name":"Submitted form: newsletter","namespace":"web-engagement","url":"https://shop.example/dresses","interacted_at":"2025-11-24T16:00:00.000Z","tags":["footer"],"meta":{"form":"newsletter","event_id":"#,
        r#"{"action":"visit","channel":"website","signal":0,"name":"Logged in","namespace":"web-engagement","interacted_at":"2025-11-24T16:00:00.000Z","meta":{"method":"password","event_id":"#,
    ]) {
        assert!(record.starts_with(wanted), "{record}");
    }
}

#[test]
fn a_mistake_in_a_call_is_named_as_the_caller_wrote_it() {
    let mut page = PageUnderTest::granted();
    for (call, given, message) in [
        (
            "productView",
            r#"{"productId":"shirt"}"#,
            "`productId` is \"shirt\"; accepted: a whole number from 1 to 9007199254740991",
        ),
        (
            "productView",
            r#"{"product_id":7}"#,
            "`product_id` is 7; accepted: name, productId, variantId, categoryId, sku, gtin, url, channel, namespace, signal, description, duration, tags, meta",
        ),
        ("login", r#"{"method":{}}"#, "`method` is {}; accepted: text"),
        ("pageView", r#"{"title":[]}"#, "`title` is []; accepted: text"),
        ("pageView", r#"{"signal":5}"#, "`signal` is 5; accepted: 1 (positive), 0 (neutral) or -1 (negative)"),
        ("pageView", r#"{"meta":[1]}"#, "`meta` is [1]; accepted: an object"),
        ("clienteling", r#"{"staffId":0}"#, "`staffId` is 0; accepted: a whole number from 1 to 9007199254740991"),
        (
            "formSubmission",
            "7",
            "`argument` is 7; accepted: an object with form, name, url, channel, namespace, signal, description, duration, tags, meta",
        ),
        (
            "record",
            "{}",
            "`action` is missing; accepted: broadcast, disclose, feedback, product, reach, refer, service, visit, view",
        ),
    ] {
        assert_eq!(page.call(call, given).unwrap_err()[0].message(), message);
    }
    assert!(page.told("recorded").is_empty());
}

#[test]
fn before_consent_nothing_leaves_and_nothing_is_kept() {
    let mut page = PageUnderTest::new(r#"{"tenant":"acme"}"#);
    page.page_view();
    page.flush();
    page.input(|tracker, moment| tracker.leaving(moment));
    assert!(page.listening && page.posts.is_empty() && page.questions.is_empty() && page.kept.is_none());
    assert_eq!(page.report(), r#"{"delivered":0,"refused":0,"kept":1,"failed":0}"#);
    let then = page.now;
    page.now += 60_000;
    page.input(|tracker, moment| tracker.consent(Consent::Granted, moment));
    page.token(&token_of("ada"));
    let waited = Json::view(&page.posts[0].1);
    assert_eq!(text(waited, "interacted_at"), Instant(then).to_iso(), "with the time it happened");
}

#[test]
fn storage_is_not_touched_before_consent_and_cleared_on_a_no() {
    let mut page = PageUnderTest::new(r#"{"tenant":"acme"}"#);
    page.kept = Some("left by an earlier page".to_owned());
    page.page_view();
    page.input(|tracker, _| tracker.sign_out());
    assert!(page.kept.is_some(), "before an answer, signing out leaves storage alone");
    page.input(|tracker, moment| tracker.consent(Consent::Denied, moment));
    assert_eq!(page.kept, None);
    let mut declined = Tracker::new(
        Settings::read(Json::view(r#"{"tenant":"acme","consent":"denied"}"#), Signals::default()).unwrap(),
    );
    declined.start();
    assert_eq!(declined.effects(), [Effect::Forget], "what an earlier consent left behind goes at the start");
}

#[test]
fn no_answer_counts_where_the_browser_declines_for_the_visitor() {
    let signals = Signals { global_privacy_control: true, do_not_track: false };
    let settings = Settings::read(Json::view(r#"{"tenant":"acme","consent":"granted"}"#), signals).unwrap();
    let mut tracker = Tracker::new(settings);
    tracker.start();
    let moment = Moment { now: Instant(0), entropy: [0; 16] };
    tracker.consent(Consent::Granted, moment);
    assert_eq!(tracker.effects(), [Effect::Forget], "it neither listens nor recalls");
}

#[test]
fn a_withdrawal_empties_memory_and_storage_and_stops_what_is_under_way() {
    let mut page = PageUnderTest::granted();
    page.page_view();
    page.token(&token_of("ada"));
    page.flush();
    let under_way = page.posts[0].0.to_string();
    page.page_view();
    page.input(|tracker, moment| tracker.consent(Consent::Denied, moment));
    assert!(page.posts.is_empty() && page.kept.is_none() && !page.listening);
    assert_eq!(page.settled, 1, "whoever waits for the flush has an answer");
    assert_eq!(
        page.told("refused").into_iter().map(|detail| text(detail, "rule")).collect::<Vec<_>>(),
        ["consent-withdrawn"; 3]
    );
    page.input(|tracker, moment| tracker.answered(&under_way, "201", "", "", moment));
    page.page_view();
    page.flush();
    assert_eq!(text(page.told("refused")[3], "rule"), "consent-denied");
    assert!(page.posts.is_empty() && page.questions.is_empty());
    assert_eq!(page.report(), r#"{"delivered":0,"refused":4,"kept":0,"failed":0}"#);
    page.input(|tracker, moment| tracker.consent(Consent::Granted, moment));
    page.page_view();
    assert!(page.listening, "consent given again");
    page.flush();
    assert_eq!(page.names_posted(), ["Viewed page: Dresses"]);
}

#[test]
fn the_allowlist_is_closed_and_says_why() {
    let mut page = PageUnderTest::granted();
    page.call("record", r#"{"action":"service","channel":"website","signal":1,"name":"Opened store finder","namespace":"web-engagement"}"#).unwrap();
    let refused = page.told("refused")[0];
    assert_eq!(text(refused, "rule"), "not-listed");
    assert_eq!(text(refused.field("record").unwrap(), "name"), "Opened store finder");
    assert!(page.questions.is_empty());
}

#[test]
fn a_form_keeps_the_fields_that_the_policy_names_and_asks_for_no_others() {
    let mut page = PageUnderTest::new(
        r#"{"tenant":"acme","consent":"granted","policy":{"rules":[{"rule":"club","form":["club"],"fields":["size","topics","note","contact",{"name":"birthday","personal":true}]}]}}"#,
    );
    let mut submit = |fields: &str| {
        page.input(|tracker, moment| tracker.submitted("club", "Join", Json::parse(fields).unwrap(), "/club", moment))
    };
    let (size, secret) = (r#"["size","s","Your size","select-one","off""#, r#"["pw","p","","password","""#);
    let (first, second) = (r#"["topics","","Wool","checkbox","""#, r#"["topics","","Linen","checkbox","""#);
    let rest = r#"["","note","","textarea",""],["contact","","","email",""],["birthday","","","date","bday"]"#;
    let places = submit(&format!("[{size}],{secret}],{first}],{second}],{rest}]"));
    assert_eq!(places, "[0,2,3,6]");
    assert_eq!(
        submit(&format!(
            r#"[{size},"38"],{secret}],{first},"wool"],{second},null],["birthday","","","date","bday","1815-12-10 ada@example.com"]]"#
        )),
        ""
    );
    let recorded = page.told("recorded")[0].field("record").unwrap().field("meta").unwrap();
    assert_eq!(recorded.field("form").unwrap().as_str(), "\"club\"");
    assert_eq!(
        recorded.field("fields").unwrap().as_str(),
        r#"{"size":"38","topics":"wool","birthday":"1815-12-10 (mail)"}"#
    );
}

#[test]
fn a_refused_field_and_a_key_that_no_rule_names_are_told_of() {
    let mut page = PageUnderTest::new(
        r#"{"tenant":"acme","consent":"granted","policy":{"rules":[{"rule":"club","form":["club"],"meta":["form"],"fields":["contact"]}]}}"#,
    );
    let fields = r#"[["contact","","Your e-mail","email",""]]"#;
    let places =
        page.input(|tracker, moment| tracker.submitted("club", "Join", Json::parse(fields).unwrap(), "/", moment));
    assert_eq!(places, "", "there is none to read");
    page.call("formSubmission", r#"{"form":"club","meta":{"coupon":"x","event_id":"1"}}"#).unwrap();
    let told = page.told("recorded");
    assert_eq!(
        told[0].field("dropped").unwrap().as_str(),
        r#"[{"field":"fields.contact","reason":"It is personal, and kept only with \"personal\": true."}]"#
    );
    assert_eq!(
        told[1].field("dropped").unwrap().as_str(),
        r#"[{"field":"meta.coupon","reason":"The rule does not name it."}]"#
    );
    assert_eq!(told[1].field("record").unwrap().field("meta").unwrap().as_str(), r#"{"form":"club","event_id":"1"}"#);
}

#[test]
fn what_looks_personal_is_struck_wherever_a_record_has_text() {
    let mut page = PageUnderTest::granted();
    let given = r#"{"title":"Hello ada@example.com","url":"https://shop.example/u/ada%40example.com?x=1","description":"+61 412 345 678","tags":["4111 1111 1111 1111"],"meta":{"ada@example.com":["ada@example.com"]}}"#;
    page.call("pageView", given).unwrap();
    let recorded = page.told("recorded")[0].as_str().to_owned();
    for part in ["Hello (mail)", "/u/(mail)\"", "(phone)", "[\"(card)\"]", "\"(mail)\":[\"(mail)\"]"] {
        assert!(recorded.contains(part), "{part} in {recorded}");
    }
    let long = format!(r#"{{"title":"{} ada@example.com"}}"#, "x".repeat(230));
    page.call("pageView", &long).unwrap();
    assert!(!page.told("recorded")[1].as_str().contains("ada"), "not even where a name is cut");
}

#[test]
fn explain_records_nothing() {
    let page = PageUnderTest::granted();
    let given = r#"{"action":"view","channel":"website","signal":0,"name":"n","namespace":"n","url":"https://shop.example/?q=1#x"}"#;
    let explained = page.tracker.explain(Json::parse(given).unwrap()).unwrap();
    assert_eq!(
        explained,
        r#"{"allowed":true,"rule":"view","reason":"A view of a page or a product.","record":{"action":"view","channel":"website","signal":0,"name":"n","namespace":"n","url":"https://shop.example/"}}"#
    );
    assert_eq!(page.report(), r#"{"delivered":0,"refused":0,"kept":0,"failed":0}"#);
}

#[test]
fn a_batch_leaves_by_count_or_by_time() {
    let mut page = PageUnderTest::new(
        r#"{"tenant":"acme","consent":"granted","capture":{"logins":false},"batch":{"records":3,"seconds":5}}"#,
    );
    page.page_view();
    page.token(&token_of("ada"));
    assert!(page.posts.is_empty());
    page.sleep_until_woken();
    assert_eq!(page.posts.len(), 1, "after five seconds");
    page.answer(201);
    page.page_view();
    page.page_view();
    assert!(page.posts.is_empty());
    page.page_view();
    assert_eq!(page.posts.len(), 3, "at three records");
}

#[test]
fn requests_under_way_are_bounded_and_the_rest_follows() {
    let mut page = PageUnderTest::granted();
    (0..20).for_each(|_| page.page_view());
    page.token(&token_of("ada"));
    assert_eq!(page.posts.len(), 6);
    for _ in 0..21 {
        page.answer(201);
        assert!(page.posts.len() <= 6);
    }
    assert_eq!(page.report(), r#"{"delivered":21,"refused":0,"kept":0,"failed":0}"#);
}

#[test]
fn what_fails_for_now_is_kept_and_tried_again() {
    let mut page = PageUnderTest::new(r#"{"tenant":"acme","consent":"granted","capture":{"logins":false}}"#);
    page.page_view();
    page.token(&token_of("ada"));
    page.flush();
    page.answer(503);
    assert_eq!((page.settled, page.posts.len()), (1, 0), "flush answers, the record is kept");
    page.sleep_until_woken();
    page.answer_with(429, "120", "");
    assert!(page.wakes_at.unwrap() >= page.now + 120_000, "Retry-After is the least wait");
    page.sleep_until_woken();
    page.answer(200);
    assert_eq!(page.report(), r#"{"delivered":1,"refused":0,"kept":0,"failed":0}"#);
}

#[test]
fn what_will_never_be_accepted_leaves_the_queue_and_the_site_hears_why() {
    let mut page = PageUnderTest::new(r#"{"tenant":"acme","consent":"granted","capture":{"logins":false}}"#);
    page.page_view();
    page.token(&token_of("ada"));
    page.flush();
    page.answer(422);
    assert_eq!(page.report(), r#"{"delivered":0,"refused":0,"kept":0,"failed":1}"#);
    assert_eq!(page.told("failed")[0].field("status"), Some(Json::view("422")));
}

#[test]
fn a_refused_token_is_renewed_once_at_once_and_then_with_patience() {
    let mut page = PageUnderTest::new(r#"{"tenant":"acme","consent":"granted","capture":{"logins":false}}"#);
    page.page_view();
    page.page_view();
    page.token("\"first\"");
    page.flush();
    page.answer(401);
    page.answer(401);
    assert_eq!(page.questions.len(), 1, "two refusals of one token are one question");
    page.token("\"second\"");
    page.flush();
    page.answer(401);
    assert!(page.questions.is_empty(), "no hammering");
    page.answer(401);
    page.sleep_until_woken();
    page.token("\"third\"");
    page.flush();
    page.answer(201);
    page.answer(201);
    assert_eq!(page.report(), r#"{"delivered":2,"refused":0,"kept":0,"failed":0}"#);
}

#[test]
fn a_token_source_that_fails_delays_and_never_loses() {
    let mut page = PageUnderTest::new(r#"{"tenant":"acme","consent":"granted","capture":{"logins":false}}"#);
    page.page_view();
    for rubbish in ["not JSON", "{\"error\":1}", "7"] {
        page.token(rubbish);
        page.sleep_until_woken();
    }
    page.token(&token_of("ada"));
    page.flush();
    page.answer(201);
    assert_eq!(page.report(), r#"{"delivered":1,"refused":0,"kept":0,"failed":0}"#);
}

#[test]
fn what_somebody_does_before_signing_in_is_not_put_on_their_profile() {
    let mut page = PageUnderTest::granted();
    page.page_view();
    page.token("null");
    page.page_view();
    assert_eq!(
        page.told("refused").into_iter().map(|detail| text(detail, "rule")).collect::<Vec<_>>(),
        ["signed-out"; 2]
    );
    assert!(page.questions.is_empty(), "the source is not asked for every record");
    page.call("login", "{}").unwrap();
    page.token(&token_of("ada"));
    page.flush();
    assert_eq!(page.names_posted(), ["Logged in"], "told by the site, so not counted a second time");
}

#[test]
fn a_login_counts_once_a_session() {
    let mut first = PageUnderTest::granted();
    first.page_view();
    first.token(&token_of("ada"));
    let mut next = PageUnderTest::granted();
    next.kept = first.kept.clone();
    next.input(|tracker, _| tracker.recalled(first.kept.as_deref().unwrap_or_default()));
    next.page_view();
    next.token(&token_of("ada"));
    next.flush();
    assert_eq!(next.names_posted(), ["Viewed page: Dresses"]);
    let mut grace = PageUnderTest::granted();
    grace.input(|tracker, _| tracker.recalled(first.kept.as_deref().unwrap_or_default()));
    grace.page_view();
    grace.token(&token_of("grace"));
    grace.flush();
    assert_eq!(grace.names_posted(), ["Viewed page: Dresses", "Logged in"]);
}

#[test]
fn one_customer_s_records_never_leave_with_another_s_token() {
    let mut page = PageUnderTest::new(r#"{"tenant":"acme","consent":"granted","batch":{"seconds":60}}"#);
    page.page_view();
    page.token(&token_of("ada"));
    page.call("login", "{}").unwrap();
    page.token(&token_of("grace"));
    page.flush();
    assert_eq!(page.names_posted(), ["Logged in"]);
    assert_eq!(
        page.told("refused").into_iter().map(|detail| text(detail, "rule")).collect::<Vec<_>>(),
        ["another-customer"; 2]
    );
}

#[test]
fn signing_out_forgets_everything_and_a_late_token_is_not_taken() {
    let mut page = PageUnderTest::granted();
    page.page_view();
    let late = page.questions.pop().unwrap();
    page.input(|tracker, _| tracker.sign_out());
    page.call("login", "{}").unwrap();
    let ada = token_of("ada");
    let ada = Json::view(&ada);
    page.input(|tracker, moment| tracker.token(&digits(late.into()), Some(ada), moment));
    page.flush();
    assert!(page.posts.is_empty() && page.kept.is_none());
    page.token(&token_of("grace"));
    assert_eq!(page.names_posted(), ["Logged in"]);
}

#[test]
fn views_within_a_clienteling_session_carry_staff_and_place() {
    let mut page = PageUnderTest::granted();
    page.call("clienteling", r#"{"staffId":501,"locationId":7}"#).unwrap();
    page.page_view();
    page.call("formSubmission", r#"{"form":"newsletter"}"#).unwrap();
    let records: Vec<Json<'_>> = page.told("recorded").iter().map(|detail| detail.field("record").unwrap()).collect();
    assert_eq!(
        (text(records[0], "namespace").as_str(), records[0].field("staff_id")),
        ("clienteling", Some(Json::view("501")))
    );
    assert_eq!(records[0].field("location_id"), Some(Json::view("7")));
    assert_eq!((text(records[1], "namespace").as_str(), records[1].field("staff_id")), ("web-engagement", None));
    assert_eq!(page.told("recorded").len(), 2, "opening the session records nothing");
}

#[test]
fn a_page_is_viewed_once_and_its_product_with_it() {
    let mut page = PageUnderTest::granted();
    let markup = Json::view(r#"{"jsonLd":[{"@type":"Product","productID":"1001","name":"Linen dress"}]}"#);
    assert!(page.input(|tracker, _| tracker.is_view("https://shop.example/p?x=1")));
    assert!(!page.input(|tracker, _| tracker.is_view("https://shop.example/p?x=2#y")));
    page.input(|tracker, moment| tracker.viewed("https://shop.example/p", "A page", markup, moment));
    let names: Vec<String> =
        page.told("recorded").into_iter().map(|detail| text(detail.field("record").unwrap(), "name")).collect();
    assert_eq!(names, ["Viewed page: A page", "Viewed product: Linen dress"]);
    let ids: Vec<String> = page
        .told("recorded")
        .into_iter()
        .map(|detail| text(detail.field("record").unwrap().field("meta").unwrap(), "event_id"))
        .collect();
    assert_ne!(ids[0], ids[1]);
    let times: Vec<String> = page
        .told("recorded")
        .into_iter()
        .map(|detail| text(detail.field("record").unwrap(), "interacted_at"))
        .collect();
    assert!(times[0] < times[1], "in order, whichever arrives first");
}

#[test]
fn what_a_closed_page_kept_the_next_one_delivers_once() {
    let mut page = PageUnderTest::granted();
    page.page_view();
    page.token(&token_of("ada"));
    page.page_view();
    page.flush();
    page.answer(201);
    assert_eq!(page.shelf.len(), 2, "what is confirmed is kept no longer");
    let arrived = Json::view(&page.posts[0].1).field("meta").unwrap().as_str().to_owned();
    let mut next = page.next_page();
    next.token(&token_of("ada"));
    assert!(next.urls[0].ends_with("/interactions?per_page=100&filter[interacted_at][gte]=2025-11-24T16:00:00.000Z"));
    assert_eq!(next.posts.len(), 1, "first it looks what has arrived");
    next.answer_with(200, "", &format!(r#"{{"data":[{{"meta":null}},{{"meta":{arrived}}}]}}"#));
    assert_eq!(next.posts.len(), 1, "and sends only the rest");
    next.answer(201);
    assert_eq!(next.report(), r#"{"delivered":2,"refused":0,"kept":0,"failed":0}"#);
    assert!(next.shelf.is_empty());
}

#[test]
fn an_answer_that_was_lost_is_looked_for_before_the_record_is_sent_again() {
    let mut page = PageUnderTest::new(r#"{"tenant":"acme","consent":"granted","capture":{"logins":false}}"#);
    page.page_view();
    page.page_view();
    page.token(&token_of("ada"));
    page.flush();
    page.answer(0);
    page.answer(429);
    page.sleep_until_woken();
    assert_eq!(page.names_posted(), [""], "a look, and nothing else");
    page.answer(0);
    page.sleep_until_woken();
    page.answer_with(403, "", "no JSON");
    assert_eq!(page.names_posted(), ["Viewed page: Dresses"; 1], "whoever may not look sends, one request at first");
    page.answer(201);
    page.answer(201);
    assert_eq!(page.report(), r#"{"delivered":2,"refused":0,"kept":0,"failed":0}"#);
}

#[test]
fn a_page_that_goes_sends_what_fits_and_nothing_doubtful() {
    let mut page = PageUnderTest::new(r#"{"tenant":"acme","consent":"granted","capture":{"logins":false}}"#);
    page.page_view();
    page.token(&token_of("ada"));
    page.flush();
    page.answer(0);
    (0..30).for_each(|_| page.page_view());
    page.input(|tracker, moment| tracker.leaving(moment));
    assert_eq!(page.posts.len(), 30, "all at once, but for the one that may have arrived");
    assert_eq!(page.shelf.len(), 31);
    (0..30).for_each(|_| _ = page.answer(201));
    assert_eq!(page.names_posted(), [""], "then it is looked for");
    page.input(|tracker, _| tracker.keeps_no_more());
    page.input(|tracker, moment| tracker.leaving(moment));
    assert_eq!(
        page.names_posted(),
        ["", "Viewed page: Dresses"],
        "where nothing is kept, better a second copy than none"
    );
    assert_eq!(text(page.told("failed")[0], "rule"), "storage");
}

#[test]
fn a_page_closed_before_its_token_came_keeps_what_it_recorded() {
    let mut page = PageUnderTest::granted();
    page.page_view();
    assert_eq!(page.shelf.len(), 1, "in the same task");
    let mut next = page.next_page();
    next.token(&token_of("ada"));
    next.answer_with(200, "", r#"{"data":[]}"#);
    assert_eq!(next.names_posted(), ["Viewed page: Dresses"]);
}

#[test]
fn what_an_earlier_page_kept_never_leaves_with_another_customer_s_token() {
    for (token, rule) in [(token_of("grace"), "another-customer"), ("null".to_owned(), "signed-out")] {
        let mut page = PageUnderTest::granted();
        page.page_view();
        page.token(&token_of("ada"));
        let mut next = page.next_page();
        next.token(&token);
        assert!(next.posts.is_empty() && next.shelf.is_empty());
        let rules: Vec<String> = next.told("refused").into_iter().map(|detail| text(detail, "rule")).collect();
        assert_eq!(rules, [rule; 2]);
    }
}

#[test]
fn foreign_and_damaged_keeps_are_dropped_and_the_rest_is_delivered() {
    let mut page = PageUnderTest::granted();
    page.page_view();
    let (id, whole) = page.shelf.first_key_value().map(|(id, text)| (id.clone(), text.clone())).unwrap();
    for (key, value) in [("a", "rubbish"), ("b", ""), ("c", &whole), ("d", "v9 {}"), ("e", &whole[..whole.len() - 1])] {
        page.shelf.insert(key.to_owned(), value.to_owned());
    }
    let next = page.next_page();
    assert_eq!(next.shelf.keys().collect::<Vec<_>>(), [&id]);
    assert_eq!(next.report(), r#"{"delivered":0,"refused":0,"kept":1,"failed":0}"#);
}

#[test]
fn what_another_page_took_meanwhile_is_its_to_deliver() {
    let mut page = PageUnderTest::granted();
    page.page_view();
    page.page_view();
    let ids = format!("[{}]", quoted(page.shelf.first_key_value().unwrap().0));
    page.input(|tracker, moment| tracker.taken(Json::parse(&ids).unwrap(), moment));
    assert_eq!(page.report(), r#"{"delivered":0,"refused":0,"kept":1,"failed":0}"#);
    assert!(page.told("refused").is_empty() && page.told("failed").is_empty());
}

#[test]
fn a_full_queue_gives_up_its_oldest_and_says_so() {
    let mut page = PageUnderTest::granted();
    (0..501).for_each(|_| page.page_view());
    assert_eq!((page.shelf.len(), text(page.told("failed")[0], "rule").as_str()), (500, "queue-full"));
    assert_eq!(page.report(), r#"{"delivered":0,"refused":0,"kept":500,"failed":1}"#);
}

#[test]
fn a_clock_that_is_set_back_lengthens_no_pause() {
    let mut page = PageUnderTest::new(r#"{"tenant":"acme","consent":"granted","capture":{"logins":false}}"#);
    page.page_view();
    page.token(&token_of("ada"));
    page.flush();
    page.answer(503);
    page.now -= 86_400_000;
    page.input(|tracker, moment| tracker.woke(moment));
    assert_eq!(page.posts.len(), 1);
}

#[test]
fn a_relay_takes_batches_and_answers_for_each_record() {
    let mut page = PageUnderTest::new(
        r#"{"endpoint":"https://shop.example","route":"relay","consent":"granted","capture":{"logins":false},"batch":{"records":3}}"#,
    );
    (0..4).for_each(|_| page.page_view());
    page.token(&token_of("ada"));
    assert_eq!(page.posts.len(), 2);
    let batch = page.posts[0].1.clone();
    let ids: Vec<String> =
        Json::parse(&batch).unwrap().items().map(|one| text(one.field("meta").unwrap(), "event_id")).collect();
    assert_eq!(ids.len(), 3);
    page.answer_with(
        200,
        "",
        &format!(
            r#"[{{"event_id":"{}","status":201}},{{"event_id":"{}","status":422,"errors":{{}}}}]"#,
            ids[0], ids[1]
        ),
    );
    assert_eq!(page.report(), r#"{"delivered":1,"refused":0,"kept":2,"failed":1}"#, "what it leaves out is kept");
    page.answer_with(200, "", r#"["#);
    page.sleep_until_woken();
    assert_eq!(
        Json::parse(&page.posts[0].1).unwrap().items().count(),
        2,
        "without a look: a relay drops second copies"
    );
}

#[derive(Clone, Debug)]
enum Step {
    View,
    Token(&'static str),
    Answer(u16),
    Consent(Consent),
    Pass(i64),
    Flush,
    Leave,
    SignOut,
    SignIn,
}

fn step() -> impl Strategy<Value = Step> {
    let status = prop::sample::select(vec![201, 200, 401, 404, 422, 429, 500, 0]);
    let answers = prop::sample::select(vec!["\"opaque\"", "null", "7", "not JSON"]);
    prop_oneof![
        6 => Just(Step::View),
        4 => answers.prop_map(Step::Token),
        6 => status.prop_map(Step::Answer),
        1 => prop::sample::select(vec![Consent::Unknown, Consent::Granted, Consent::Denied]).prop_map(Step::Consent),
        2 => (-10_000..400_000_i64).prop_map(Step::Pass),
        2 => Just(Step::Flush),
        1 => Just(Step::Leave),
        1 => Just(Step::SignOut),
        1 => Just(Step::SignIn),
    ]
}

proptest! {
    // Whatever happens in whatever order: every accepted record is delivered, refused, failed or still kept; nothing leaves
    // without consent; no record is on its way twice; and once all is well again, all that is kept arrives.
    #[test]
    fn no_record_is_lost_and_none_leaves_without_consent(steps in prop::collection::vec(step(), 0..80)) {
        let mut page = PageUnderTest::new(r#"{"tenant":"acme","capture":{"logins":false}}"#);
        let mut consent = Consent::Unknown;
        for step in steps {
            match step {
                Step::View => page.page_view(),
                Step::Token(answer) if !page.questions.is_empty() => page.token(answer),
                Step::Answer(status) if !page.posts.is_empty() => { page.answer(status); }
                Step::Consent(answer) => { consent = answer; page.input(|tracker, moment| tracker.consent(answer, moment)); }
                Step::Pass(ms) => { page.now += ms; page.input(|tracker, moment| tracker.woke(moment)); }
                Step::Flush => page.flush(),
                Step::Leave => page.input(|tracker, moment| tracker.leaving(moment)),
                Step::SignOut => page.input(|tracker, _| tracker.sign_out()),
                Step::SignIn => page.call("login", "{}").unwrap(),
                Step::Token(_) | Step::Answer(_) => {}
            }
            prop_assert!(consent == Consent::Granted || page.posts.is_empty());
            let mut bodies: Vec<&String> = page.posts.iter().map(|(_, body)| body).collect();
            bodies.sort();
            prop_assert!(bodies.windows(2).all(|pair| pair[0] != pair[1]), "under way twice");
            let waiting = page.tracker.queue.len();
            prop_assert_eq!(page.shelf.len(), if consent == Consent::Granted { waiting } else { 0 });
        }
        page.input(|tracker, moment| tracker.consent(Consent::Granted, moment));
        page.call("login", "{}").unwrap();
        for _ in 0..600 {
            page.now += 400_000;
            page.flush();
            if !page.questions.is_empty() { page.token("\"opaque\""); }
            if !page.posts.is_empty() { page.answer(201); }
        }
        prop_assert!(page.shelf.is_empty());
        let recorded = page.told("recorded").len() as u64;
        let never_accepted = page.told("refused").iter().filter(|detail| detail.field("kind").is_some()).count() as u64;
        let Totals { delivered, refused, failed } = page.tracker.totals;
        prop_assert_eq!(page.tracker.queue.len(), 0);
        prop_assert_eq!(delivered + failed + refused - never_accepted, recorded);
    }
}
