//! What the site's calls and the page's events become.

use super::*;
use crate::capture::Look;

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
            "clienteling",
            "{}",
            "`staffId` is missing; accepted: staffId, locationId or organisationId; or null to end it",
        ),
        (
            "clienteling",
            r#"{"staffId":1,"namespace":"n"}"#,
            "`namespace` is \"n\"; accepted: staffId, locationId, organisationId",
        ),
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
        assert_eq!(&*page.call(call, given).unwrap_err()[0].message(), message);
    }
    assert!(page.told("recorded").is_empty());
}

#[test]
fn a_page_is_viewed_once_and_its_product_with_it() {
    let mut page = PageUnderTest::granted();
    let markup = Json::view(r#"{"said":[[{"@type":"Product","name":"Linen dress"}]]}"#);
    let look = |page: &mut PageUnderTest, how, address| {
        page.input(|tracker, moment| tracker.look(how, address, "A page", moment))
    };
    assert_eq!(look(&mut page, "load", "https://shop.example/p?x=1"), Look::View);
    assert_eq!(look(&mut page, "", "https://shop.example/p?x=2#y"), Look::Done);
    page.input(|tracker, moment| tracker.viewed("A page", moment));
    let product = page.tracker.product_of(markup);
    page.input(|tracker, moment| tracker.shown(Json::view(&product), moment));
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
fn a_view_that_waited_for_its_title_has_the_time_at_which_it_was_shown() {
    let mut page = PageUnderTest::granted();
    let look = |page: &mut PageUnderTest, how, title| {
        page.input(|tracker, moment| tracker.look(how, "https://shop.example/b", title, moment))
    };
    assert_eq!(look(&mut page, "push", "A"), Look::Again(50));
    page.now += 400;
    page.page_view();
    assert_eq!(look(&mut page, "leave", "B"), Look::View);
    page.input(|tracker, moment| tracker.viewed("B", moment));
    let records: Vec<Json<'_>> = page.told("recorded").iter().map(|detail| detail.field("record").unwrap()).collect();
    assert_eq!(text(records[1], "interacted_at"), "2025-11-24T16:00:00.000Z");
    let names: Vec<String> = page.tracker.queue.waiting().map(|entry| text(Json::view(&entry.body), "name")).collect();
    assert_eq!(names, ["Viewed page: B", "Viewed page: Dresses"], "it waits at its place by time");
}

#[test]
fn a_visitor_who_declined_is_not_looked_at() {
    let mut page = PageUnderTest::new(r#"{"tenant":"acme","consent":"denied"}"#);
    let look = page.input(|tracker, moment| tracker.look("load", "https://shop.example/", "A", moment));
    assert_eq!(look, Look::Done);
}

#[test]
fn explain_records_nothing() {
    let page = PageUnderTest::granted();
    let given = r#"{"action":"view","channel":"website","signal":0,"name":"n","namespace":"n","url":"https://shop.example/?q=1#x"}"#;
    let explained = page.tracker.explain(Json::parse(given).unwrap()).unwrap();
    assert_eq!(
        &*explained,
        r#"{"allowed":true,"rule":"view","reason":"A view of a page or a product.","record":{"action":"view","channel":"website","signal":0,"name":"n","namespace":"n","url":"https://shop.example/"}}"#
    );
    assert_eq!(page.report(), r#"{"delivered":0,"refused":0,"kept":0,"failed":0}"#);
}

#[test]
fn a_click_on_an_element_that_says_so_is_asked_of_the_allowlist() {
    let settings = r#"{"tenant":"acme","policy":{"rules":[{"rule":"finder","action":["service"]}]}}"#;
    let mut page = PageUnderTest::new(settings);
    let mut click = |given: &str| {
        let given = Json::parse(given).unwrap();
        page.input(|tracker, moment| tracker.clicked(given, "a#finder", "https://shop.example/?x=1", moment));
    };
    click(r#"{"action":"service","name":"Opened store finder"}"#);
    click(r#"{"action":"refer","name":"Shared","signal":1,"url":"/other","namespace":"social"}"#);
    click(r#"{"action":"service"}"#);
    click(r#"{"action":"service","name":"x","productId":1}"#);
    click(r#""{'action':'service'}""#);
    let recorded = page.told("recorded")[0].field("record").unwrap();
    assert!(recorded.as_str().starts_with(
        r#"{"action":"service","channel":"website","signal":0,"name":"Opened store finder","namespace":"web-engagement","url":"https://shop.example/","#
    ));
    let refused = page.told("refused")[0];
    assert_eq!((text(refused, "rule").as_str(), page.told("refused").len()), ("not-listed", 1));
    let failures: Vec<String> = page.told("failed").iter().map(|failure| text(*failure, "reason")).collect();
    for (failure, wanted) in failures.iter().zip([
        "data-omneo-interaction of a#finder: `name` is missing; accepted: text of 1 to 255 characters",
        "data-omneo-interaction of a#finder: `productId` is 1; accepted: a field of an interaction",
        "data-omneo-interaction of a#finder: `interaction` is \"{'action':'service'}\"; accepted: an object with the fields of an interaction",
    ]) {
        assert!(failure.starts_with(wanted), "{failure}");
    }
    assert_eq!(failures.len(), 3);
}
