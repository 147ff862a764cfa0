//! What the site's calls and the page's events become.

use super::*;
use crate::capture::Markup;
use crate::privacy::Kind;

#[test]
fn a_page_view_arrives_as_an_interaction() {
    let mut page = PageUnderTest::granted();
    page.page_view();
    page.token(token_of("ada"));
    page.flush();
    assert_eq!(page.names_posted(), ["Viewed page: Dresses", "Logged in"]);
    assert_eq!(
        text_of(&page.posts[0].record()),
        r#"{"action":"view","channel":"website","signal":0,"name":"Viewed page: Dresses","namespace":"web-engagement","url":"https://shop.example/dresses","interacted_at":"2025-11-24T16:00:00.000Z","meta":{"event_id":"80808080-8080-4080-8000-000000000003"}}"#
    );
    page.answer(201);
    page.answer(201);
    assert_eq!(page.report(), Report { delivered: 2, ..Report::default() });
    assert_eq!(page.settled, 1);
}

#[test]
fn each_call_makes_its_record() {
    let mut page = PageUnderTest::granted();
    page.call(
        CallName::ProductView,
        r#"{"productId":"1001","variantId":2001,"categoryId":31,"name":"Linen dress","sku":"LD"}"#,
    )
    .unwrap();
    page.call(CallName::FormSubmission, r#"{"form":"newsletter","tags":["footer"],"signal":1}"#).unwrap();
    page.call(CallName::Login, r#"{"method":"password"}"#).unwrap();
    let records: Vec<String> = page.recorded().into_iter().map(|recorded| text_of(&recorded.record)).collect();
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
            CallName::ProductView,
            r#"{"productId":"shirt"}"#,
            "`productId` is \"shirt\"; accepted: a whole number from 1 to 9007199254740991",
        ),
        (
            CallName::ProductView,
            r#"{"product_id":7}"#,
            "`product_id` is 7; accepted: name, productId, variantId, categoryId, sku, gtin, url, channel, namespace, signal, description, duration, tags, meta",
        ),
        (CallName::Login, r#"{"method":{}}"#, "`method` is {}; accepted: text"),
        (CallName::PageView, r#"{"title":[]}"#, "`title` is []; accepted: text"),
        (CallName::PageView, r#"{"signal":5}"#, "`signal` is 5; accepted: 1 (positive), 0 (neutral) or -1 (negative)"),
        (CallName::PageView, r#"{"meta":[1]}"#, "`meta` is [1]; accepted: an object"),
        (
            CallName::Clienteling,
            r#"{"staffId":0}"#,
            "`staffId` is 0; accepted: a whole number from 1 to 9007199254740991",
        ),
        (
            CallName::Clienteling,
            "{}",
            "`staffId` is missing; accepted: staffId, locationId or organisationId; or null to end it",
        ),
        (
            CallName::Clienteling,
            r#"{"staffId":1,"namespace":"n"}"#,
            "`namespace` is \"n\"; accepted: staffId, locationId, organisationId",
        ),
        (
            CallName::FormSubmission,
            "7",
            "`argument` is 7; accepted: an object with form, name, url, channel, namespace, signal, description, duration, tags, meta",
        ),
        (
            CallName::Record,
            "{}",
            "`action` is missing; accepted: broadcast, disclose, feedback, product, reach, refer, service, visit, view",
        ),
    ] {
        assert_eq!(page.call(call, given).unwrap_err().to_string(), message);
    }
    assert!(page.recorded().is_empty());
}

#[test]
fn a_page_is_viewed_once_and_its_product_with_it() {
    let mut page = PageUnderTest::granted();
    page.open("https://shop.example/p?x=1", "A page");
    assert_eq!(page.sought, ["https://shop.example/p"]);
    page.navigate(Navigation::Other, "https://shop.example/p?x=2#y", "A page");
    assert_eq!((page.looks_again_in, page.sought.len()), (None, 1));
    let markup = Markup { said: vec![vec![json(r#"{"@type":"Product","name":"Linen dress"}"#)]], ..Markup::default() };
    let Found::Product(product) = page.tracker.product(&markup, &page.context()) else { panic!("a product") };
    page.input(Input::ProductShown { product });
    assert_eq!(page.names_recorded(), ["Viewed page: A page", "Viewed product: Linen dress"]);
    let records: Vec<&Interaction> = page.recorded().into_iter().map(|recorded| &*recorded.record).collect();
    assert_ne!(id(records[0]), id(records[1]));
    assert!(records[0].interacted_at < records[1].interacted_at, "in order, whichever arrives first");
}

#[test]
fn a_view_that_waited_for_its_title_has_the_time_at_which_it_was_shown() {
    let mut page = PageUnderTest::granted();
    page.navigate(Navigation::Other, "https://shop.example/b", "A");
    assert_eq!(page.looks_again_in.take(), Some(100));
    page.now += 400;
    page.call(CallName::PageView, r#"{"title":"Dresses"}"#).unwrap();
    page.navigate(Navigation::Leave, "https://shop.example/b", "B");
    assert_eq!((page.looks_again_in, page.sought.len()), (None, 1));
    let viewed = &page.recorded()[1].record;
    assert_eq!(viewed.interacted_at.as_deref(), Some("2025-11-24T16:00:00.000Z"));
    let names: Vec<&str> = page.tracker.queue.waiting().map(|entry| &*entry.record().name).collect();
    assert_eq!(names, ["Viewed page: B", "Viewed page: Dresses"], "it waits at its place by time");
}

#[test]
fn a_view_is_recorded_at_once_and_leaves_with_the_title_that_has_settled() {
    let mut page = PageUnderTest::granted();
    page.open("https://shop.example/a", "A");
    page.navigate(Navigation::Other, "https://shop.example/b", "A");
    let held = |page: &PageUnderTest| -> Vec<(Box<str>, bool)> {
        page.tracker.queue.entries().map(|entry| (entry.record().name.clone(), entry.is_held)).skip(1).collect()
    };
    let mut look = |ms: i64, title: &str| {
        page.now += ms;
        page.navigate(Navigation::Other, "https://shop.example/b", title);
        (page.names_recorded().len(), held(&page))
    };
    assert_eq!(look(100, "A"), (2, vec![("Viewed page: /b".into(), true)]), "it has no title of its own");
    assert_eq!(look(1_900, "Loading"), (2, vec![("Viewed page: Loading".into(), true)]));
    assert_eq!(look(900, "Mail of ada@example.com"), (2, vec![("Viewed page: Mail of (mail)".into(), true)]));
    assert_eq!(look(1_000, "Mail of ada@example.com"), (2, vec![("Viewed page: Mail of (mail)".into(), false)]));
    assert_eq!(look(1_000, "late"), (2, vec![("Viewed page: Mail of (mail)".into(), false)]));
    assert_eq!(page.names_recorded(), ["Viewed page: A", "Viewed page: /b"]);
}

#[test]
fn a_page_that_is_left_does_not_wait_for_its_title() {
    let mut page = PageUnderTest::granted();
    page.navigate(Navigation::App, "https://shop.example/a", "A");
    page.now += 100;
    page.navigate(Navigation::Other, "https://shop.example/a", "A");
    assert!(page.tracker.queue.entries().any(|entry| entry.is_held));
    page.navigate(Navigation::Leave, "https://shop.example/a", "B");
    assert!(page.tracker.queue.entries().all(|entry| !entry.is_held && *entry.record().name == *"Viewed page: B"));
}

#[test]
fn a_visitor_who_declined_is_not_looked_at() {
    let mut page = PageUnderTest::new(r#"{"tenant":"acme","consent":"denied"}"#);
    page.open("https://shop.example/", "A");
    assert!(page.looks_again_in.is_none() && page.sought.is_empty() && page.events.is_empty());
}

#[test]
fn explain_records_nothing() {
    let page = PageUnderTest::granted();
    let given = r#"{"action":"view","channel":"website","signal":0,"name":"n","namespace":"n","url":"https://shop.example/?q=1#x"}"#;
    let explained = page.tracker.explain(json(given)).unwrap();
    assert_eq!(
        text_of(&explained.detail()),
        r#"{"allowed":true,"struck":["url"],"rule":"view","reason":"A view of a page or a product.","record":{"action":"view","channel":"website","signal":0,"name":"n","namespace":"n","url":"https://shop.example/"}}"#
    );
    assert_eq!(page.report(), Report::default());
}

#[test]
fn explain_knows_a_login_and_a_submission_by_their_calls() {
    let page = PageUnderTest::granted();
    let rule = |kind, action: &str| {
        let given =
            [r#"{"channel":"website","signal":0,"name":"n","namespace":"n","action":""#, action, r#""}"#].concat();
        page.tracker.explain_as(kind, json(&given)).unwrap().rule
    };
    assert_eq!(&*rule(Some(Kind::Login), "visit"), "login");
    assert_eq!(&*rule(Some(Kind::FormSubmission), "disclose"), "form");
    assert_eq!(&*rule(None, "visit"), "not-listed");
    assert_eq!(&*rule(None, "disclose"), "not-listed");
}

#[test]
fn a_click_on_an_element_that_says_so_is_asked_of_the_allowlist() {
    let settings = r#"{"tenant":"acme","policy":{"rules":[{"rule":"finder","action":["service"]}]}}"#;
    let mut page = PageUnderTest::new(settings);
    page.address = "https://shop.example/?x=1".to_owned();
    for given in [
        r#"{"action":"service","name":"Opened store finder"}"#,
        r#"{"action":"refer","name":"Shared","signal":1,"url":"/other","namespace":"social"}"#,
        r#"{"action":"service"}"#,
        r#"{"action":"service","name":"x","productId":1}"#,
        r#""{'action':'service'}""#,
    ] {
        page.input(Input::Clicked { given: json(given), element: "a#finder".into() });
    }
    assert!(text_of(&page.recorded()[0].record).starts_with(
        r#"{"action":"service","channel":"website","signal":0,"name":"Opened store finder","namespace":"web-engagement","url":"https://shop.example/","#
    ));
    assert_eq!(page.rules_refused(), ["not-listed"]);
    let failures: Vec<&str> = page.failed().into_iter().map(|failed| &*failed.reason).collect();
    for (failure, wanted) in failures.iter().zip([
        "data-omneo-interaction of a#finder: `name` is missing; accepted: text of 1 to 255 characters",
        "data-omneo-interaction of a#finder: `productId` is 1; accepted: a field of an interaction",
        "data-omneo-interaction of a#finder: `interaction` is \"{'action':'service'}\"; accepted: an object with the fields of an interaction",
    ]) {
        assert!(failure.starts_with(wanted), "{failure}");
    }
    assert_eq!(failures.len(), 3);
}
