//! The staff-assisted session of a tab.

use super::*;

const MORGAN: &str = r#"{"staffId":501,"locationId":7}"#;
const MINUTE: i64 = 60_000;

impl PageUnderTest {
    fn assist(&mut self) {
        self.call(CallName::Clienteling, MORGAN).unwrap();
    }

    /// A view here and now.
    fn view(&mut self) -> Assistance {
        self.page_view();
        self.last_recorded()
    }

    fn last_recorded(&self) -> Assistance {
        assistance(&self.recorded().last().unwrap().record)
    }

    fn last_refused(&self) -> Assistance {
        assistance(&self.refused().last().unwrap().record)
    }
}

/// The staff that a record carries, and its namespace.
type Assistance = (Option<u64>, String);

fn assistance(record: &Interaction) -> Assistance {
    (record.staff_id, record.namespace.to_string())
}

fn assisted() -> Assistance {
    (Some(501), "clienteling".to_owned())
}

fn alone() -> Assistance {
    (None, "web-engagement".to_owned())
}

#[test]
fn views_within_a_clienteling_session_carry_staff_and_place() {
    let mut page = PageUnderTest::granted();
    page.assist();
    assert!(page.recorded().is_empty(), "opening the session records nothing");
    assert_eq!(page.view(), assisted());
    assert_eq!(page.recorded()[0].record.location_id, Some(7));
    page.call(CallName::FormSubmission, r#"{"form":"newsletter"}"#).unwrap();
    assert_eq!(page.last_recorded(), alone(), "a submission is no view");
}

#[test]
fn it_survives_the_way_to_the_next_page_of_the_tab_and_ends_there_by_call() {
    let mut page = PageUnderTest::granted();
    page.assist();
    let mut next = page.next_page();
    assert_eq!(next.view(), assisted());
    next.call(CallName::Clienteling, "null").unwrap();
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
    page.input(Input::SignOut);
    assert_eq!(page.tab, None);
    page.page_view();
    assert_eq!(page.last_refused(), alone());

    let mut page = PageUnderTest::granted();
    page.assist();
    page.page_view();
    page.token(nobody());
    page.page_view();
    assert_eq!(page.last_refused(), assisted(), "nobody has signed in yet, so nobody has signed out");
    page.log_in();
    page.token(token_of("ada"));
    page.log_in();
    page.token(nobody());
    page.page_view();
    assert_eq!((page.last_refused(), page.tab), (alone(), None));

    let mut page = PageUnderTest::granted();
    page.assist();
    page.page_view();
    page.token(token_of("ada"));
    page.kept = None;
    let mut next = page.next_page();
    assert_eq!((next.view(), next.tab), (alone(), None));
}

#[test]
fn it_is_for_one_customer() {
    let mut page = PageUnderTest::granted();
    page.assist();
    page.page_view();
    page.token(token_of("ada"));
    page.log_in();
    page.token(token_of("ada"));
    let mut next = page.next_page();
    assert_eq!(next.view(), assisted(), "who signs in again is the same");
    next.log_in();
    next.token(token_of("grace"));
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
    next.call(CallName::ProductView, r#"{"name":"Coat","sku":"C-1"}"#).unwrap();
    next.call(CallName::PageView, r#"{"namespace":"own"}"#).unwrap();
    next.call(CallName::FormSubmission, r#"{"form":"newsletter"}"#).unwrap();
    next.consent(Consent::Granted);
    next.token(token_of("ada"));
    let sent = |page: &PageUnderTest| {
        let mut sent: Vec<(String, String)> = page
            .posts
            .iter()
            .map(|post| (post.record().name.to_string(), post.record().namespace.to_string()))
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
        let kept = json(kept);
        let is_it = |post: &Post| kept.get("record") == Some(&Value::from(&*post.record()));
        assert!(next.posts.iter().any(is_it), "{id} is kept as it was sent");
    }
}

#[test]
fn what_this_page_said_counts_before_what_an_earlier_one_left() {
    let mut page = PageUnderTest::granted();
    page.assist();
    for (call, wanted) in [("null", alone()), (r#"{"staffId":7}"#, (Some(7), "clienteling".to_owned()))] {
        let mut next = PageUnderTest::new(r#"{"tenant":"acme"}"#);
        next.tab = page.tab.clone();
        next.page_view();
        next.call(CallName::Clienteling, call).unwrap();
        next.page_view();
        next.consent(Consent::Granted);
        next.token(token_of("ada"));
        let sent: Vec<String> = next.posts.iter().map(|post| post.record().namespace.to_string()).collect();
        assert_eq!(sent[..2], ["web-engagement", &wanted.1], "what was viewed before it was said stays as it was");
        assert_eq!(next.view(), wanted);
    }
}

#[test]
fn a_page_that_comes_back_finds_what_the_tab_did_meanwhile() {
    let mut page = PageUnderTest::granted();
    page.page_view();
    page.token(token_of("ada"));
    let first = page.kept.clone();
    page.assist();
    let (kept, tab) = (page.kept.clone(), page.tab.clone());
    page.call(CallName::Clienteling, "null").unwrap();
    assert!(first.is_some() && tab.is_some());
    (page.kept, page.tab) = (kept, tab);
    page.recall();
    assert_eq!(page.view(), assisted());
    page.tab = None;
    page.recall();
    assert_eq!(page.view(), alone());
    // Storage that is blocked says nothing.
    page.assist();
    page.input(Input::Recalled { session: None, clienteling: None });
    assert_eq!(page.view(), assisted());
}
