//! The staff-assisted session of a tab.

use super::*;

const MORGAN: &str = r#"{"staffId":501,"locationId":7}"#;
const MINUTE: i64 = 60_000;

impl PageUnderTest {
    fn assist(&mut self) {
        self.call("clienteling", MORGAN).unwrap();
    }

    /// A view here and now: the staff it carries, and its namespace.
    fn view(&mut self) -> (String, String) {
        self.page_view();
        self.last("recorded")
    }

    fn last(&self, event: &str) -> (String, String) {
        let record = self.told(event).last().and_then(|detail| detail.field("record")).unwrap();
        (record.field("staff_id").map_or("", Json::as_str).to_owned(), text(record, "namespace"))
    }

    fn consent(&mut self, answer: Consent) {
        self.input(|tracker, moment| tracker.consent(answer, moment));
    }
}

fn assisted() -> (String, String) {
    ("501".to_owned(), "clienteling".to_owned())
}

fn alone() -> (String, String) {
    (String::new(), "web-engagement".to_owned())
}

#[test]
fn views_within_a_clienteling_session_carry_staff_and_place() {
    let mut page = PageUnderTest::granted();
    page.assist();
    assert!(page.told("recorded").is_empty(), "opening the session records nothing");
    assert_eq!(page.view(), assisted());
    assert_eq!(page.told("recorded")[0].field("record").unwrap().field("location_id"), Some(Json::view("7")));
    page.call("formSubmission", r#"{"form":"newsletter"}"#).unwrap();
    assert_eq!(page.last("recorded"), alone(), "a submission is no view");
}

#[test]
fn it_survives_the_way_to_the_next_page_of_the_tab_and_ends_there_by_call() {
    let mut page = PageUnderTest::granted();
    page.assist();
    let mut next = page.next_page();
    assert_eq!(next.view(), assisted());
    next.call("clienteling", "null").unwrap();
    assert_eq!(next.view(), alone());
    assert_eq!(next.tab, None);
    assert_eq!(next.next_page().view(), alone());
}

#[test]
fn it_ends_at_its_limit_wherever_it_was_opened() {
    let mut page = PageUnderTest::granted();
    page.assist();
    page.now += 59 * MINUTE;
    let mut next = page.next_page();
    assert_eq!(next.view(), assisted());
    next.now += MINUTE;
    assert_eq!(next.view(), alone());
    assert_eq!(next.tab, None, "and is kept no longer");
    let mut page = PageUnderTest::new(r#"{"tenant":"acme","consent":"granted","clienteling":{"minutes":1}}"#);
    page.assist();
    page.now += MINUTE;
    page.recall();
    assert_eq!((page.view(), page.tab), (alone(), None));
    let mut page = PageUnderTest::granted();
    page.tab = Some("rubbish".to_owned());
    page.recall();
    assert_eq!(page.view(), alone());
}

#[test]
fn a_sign_out_ends_it_by_call_by_a_token_source_and_in_another_tab() {
    let mut page = PageUnderTest::granted();
    page.assist();
    page.input(|tracker, moment| tracker.sign_out(moment));
    assert_eq!(page.tab, None);
    page.page_view();
    assert_eq!(page.last("refused"), alone());

    let mut page = PageUnderTest::granted();
    page.assist();
    page.page_view();
    page.token("null");
    page.page_view();
    assert_eq!(page.last("refused"), assisted(), "nobody has signed in yet, so nobody has signed out");
    page.call("login", "{}").unwrap();
    page.token(&token_of("ada"));
    page.call("login", "{}").unwrap();
    page.token("null");
    page.page_view();
    assert_eq!((page.last("refused"), page.tab), (alone(), None));

    let mut page = PageUnderTest::granted();
    page.assist();
    page.page_view();
    page.token(&token_of("ada"));
    page.kept = None;
    let mut next = page.next_page();
    assert_eq!((next.view(), next.tab), (alone(), None));
}

#[test]
fn it_is_for_one_customer() {
    let mut page = PageUnderTest::granted();
    page.assist();
    page.page_view();
    page.token(&token_of("ada"));
    page.call("login", "{}").unwrap();
    page.token(&token_of("ada"));
    let mut next = page.next_page();
    assert_eq!(next.view(), assisted(), "who signs in again is the same");
    next.call("login", "{}").unwrap();
    next.token(&token_of("grace"));
    assert_eq!((next.view(), next.tab), (alone(), None));
}

#[test]
fn without_consent_it_lives_in_memory_only_and_a_no_ends_it() {
    let mut page = PageUnderTest::new(r#"{"tenant":"acme"}"#);
    page.assist();
    assert_eq!((page.view(), page.tab.clone()), (assisted(), None));
    page.consent(Consent::Denied);
    page.assist();
    assert_eq!(page.tab, None);
    page.consent(Consent::Unknown);
    page.assist();
    page.consent(Consent::Granted);
    assert!(page.tab.is_some());
    assert_eq!(page.view(), assisted());
    page.consent(Consent::Denied);
    assert_eq!(page.tab, None);
    page.consent(Consent::Granted);
    assert_eq!((page.view(), page.tab), (alone(), None));
}

#[test]
fn an_answer_that_comes_late_finds_the_session_for_the_views_that_waited() {
    let mut page = PageUnderTest::granted();
    page.assist();
    let mut next = PageUnderTest::new(r#"{"tenant":"acme"}"#);
    next.tab = page.tab;
    next.page_view();
    next.call("productView", r#"{"name":"Coat","sku":"C-1"}"#).unwrap();
    next.call("pageView", r#"{"namespace":"own"}"#).unwrap();
    next.call("formSubmission", r#"{"form":"newsletter"}"#).unwrap();
    next.consent(Consent::Granted);
    next.token(&token_of("ada"));
    let sent = |page: &PageUnderTest| {
        let mut sent: Vec<(String, String)> = page
            .posts
            .iter()
            .map(|(_, body)| (text(Json::view(body), "name"), text(Json::view(body), "namespace")))
            .collect();
        sent.sort();
        sent
    };
    let wanted = [
        ("Logged in", "web-engagement"),
        ("Submitted form: newsletter", "web-engagement"),
        ("Viewed page: Dresses", "clienteling"),
        ("Viewed page: Dresses", "own"),
        ("Viewed product: Coat", "clienteling"),
    ];
    assert_eq!(sent(&next), wanted.map(|(name, namespace)| (name.to_owned(), namespace.to_owned())));
    for (id, kept) in &next.shelf {
        assert!(next.posts.iter().any(|(_, body)| kept.ends_with(body)), "{id} is kept as it was sent");
    }
}

#[test]
fn what_this_page_said_counts_before_what_an_earlier_one_left() {
    let mut page = PageUnderTest::granted();
    page.assist();
    for (call, wanted) in [("null", alone()), (r#"{"staffId":7}"#, ("7".to_owned(), "clienteling".to_owned()))] {
        let mut next = PageUnderTest::new(r#"{"tenant":"acme"}"#);
        next.tab = page.tab.clone();
        next.page_view();
        next.call("clienteling", call).unwrap();
        next.page_view();
        next.consent(Consent::Granted);
        next.token(&token_of("ada"));
        let sent: Vec<String> = next.posts.iter().map(|(_, body)| text(Json::view(body), "namespace")).collect();
        assert_eq!(sent[..2], ["web-engagement", &wanted.1], "what was viewed before it was said stays as it was");
        assert_eq!(next.view(), wanted);
    }
}

#[test]
fn a_page_that_comes_back_finds_what_the_tab_did_meanwhile() {
    let mut page = PageUnderTest::granted();
    page.page_view();
    page.token(&token_of("ada"));
    let first = page.kept.clone();
    page.assist();
    let (kept, tab) = (page.kept.clone(), page.tab.clone());
    page.call("clienteling", "null").unwrap();
    assert!(first.is_some() && tab.is_some());
    (page.kept, page.tab) = (kept, tab);
    page.recall();
    assert_eq!(page.view(), assisted());
    page.tab = None;
    page.recall();
    assert_eq!(page.view(), alone());
    // Storage that is blocked says nothing.
    page.assist();
    page.input(|tracker, moment| tracker.recalled(Json::view("[null,null]"), moment));
    assert_eq!(page.view(), assisted());
}
