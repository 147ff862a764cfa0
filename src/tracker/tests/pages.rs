//! What a page that goes leaves to the next one.

use super::*;

#[test]
fn what_a_closed_page_kept_the_next_one_delivers_once() {
    let mut page = PageUnderTest::granted();
    page.page_view();
    page.token(token_of("ada"));
    page.page_view();
    page.flush();
    page.answer(201);
    assert_eq!(page.shelf.len(), 2, "what is confirmed is kept no longer");
    let begun = page.now;
    let arrived = meta(&page.posts[0].record());
    let mut next = page.next_page();
    assert!(next.questions.is_empty() && next.posts.is_empty(), "the requests may still be under way");
    next.sleep_until_woken();
    assert_eq!(next.now, begun + UNDER_WAY_MS);
    next.token(token_of("ada"));
    assert!(
        next.posts[0]
            .url
            .ends_with("/interactions?per_page=100&page=1&filter[interacted_at][gte]=2025-11-24T15:59:59.000Z")
    );
    assert_eq!(next.names_posted(), [""], "first it looks what has arrived");
    next.answer_with(200, "", &format!(r#"{{"data":[{{"meta":null}},{{"meta":{arrived}}}]}}"#));
    assert_eq!(next.posts.len(), 1, "and sends only the rest");
    next.answer(201);
    assert_eq!(next.report(), Report { delivered: 2, ..Report::default() });
    assert!(next.shelf.is_empty());
}

#[test]
fn a_page_that_goes_sends_what_fits_and_nothing_doubtful() {
    let mut page = PageUnderTest::granted_without_logins();
    page.page_view();
    page.token(token_of("ada"));
    page.answer(0);
    (0..30).for_each(|_| page.page_view());
    page.input(Input::Leaving);
    assert_eq!(page.posts.len(), 30, "all at once, but for the one that may have arrived");
    assert_eq!(page.shelf.len(), 31);
    (0..30).for_each(|_| page.answer(201));
    page.now += UNDER_WAY_MS;
    page.input(Input::Leaving);
    assert_eq!(page.names_posted(), [""; 0], "nobody would hear what a look finds");
    page.input(Input::Woke);
    assert_eq!(page.names_posted(), [""], "a page that comes back looks");
}

#[test]
fn a_page_closed_before_its_token_came_keeps_what_it_recorded() {
    let mut page = PageUnderTest::granted();
    page.kept = Some(session_of("ada"));
    page.recall();
    page.page_view();
    assert_eq!(page.shelf.len(), 1, "in the same task");
    let mut next = page.next_page();
    next.token(token_of("ada"));
    next.answer_with(200, "", r#"{"data":[]}"#);
    assert_eq!(next.names_posted(), ["Viewed page: Dresses"]);
}

#[test]
fn what_an_earlier_page_kept_never_leaves_with_another_customer_s_token() {
    for (token, rule) in [(token_of("grace"), "another-customer"), (nobody(), "signed-out")] {
        let mut page = PageUnderTest::new(r#"{"tenant":"acme","consent":"granted","batch":{"seconds":60}}"#);
        page.page_view();
        page.token(token_of("ada"));
        let mut next = page.next_page();
        next.token(token);
        assert!(next.posts.is_empty() && next.shelf.is_empty());
        assert_eq!(next.rules_refused(), [rule; 2]);
    }
}

#[test]
fn foreign_and_damaged_keeps_are_dropped_and_the_rest_is_delivered() {
    let mut page = PageUnderTest::granted();
    page.page_view();
    let (id, whole) = page.shelf.first_key_value().map(|(id, text)| (id.clone(), text.clone())).unwrap();
    for (key, value) in [
        ("a", "rubbish"),
        ("b", ""),
        ("c", &whole),
        ("d", "v9 {}"),
        ("f", r#"{"version":9}"#),
        ("e", &whole[..whole.len() - 1]),
    ] {
        page.shelf.insert(key.to_owned(), value.to_owned());
    }
    let next = page.next_page();
    assert_eq!(next.shelf.keys().collect::<Vec<_>>(), [&id]);
    assert_eq!(next.report(), Report { kept: 1, ..Report::default() });
}

#[test]
fn what_another_page_took_meanwhile_is_its_to_deliver() {
    let mut page = PageUnderTest::granted();
    page.page_view();
    page.page_view();
    let first = page.shelf.first_key_value().unwrap().0.as_str().into();
    page.input(Input::TakenOver { ids: vec![first] });
    assert_eq!(page.report(), Report { kept: 1, ..Report::default() });
    assert!(page.refused().is_empty() && page.failed().is_empty());
}

#[test]
fn the_largest_record_is_read_back_with_what_was_added_to_it() {
    let mut page = PageUnderTest::granted_without_logins();
    let largest = |text: usize| {
        let text = "x".repeat(text);
        format!(
            r#"{{"action":"view","channel":"website","signal":0,"name":"n","namespace":"n","url":"/","description":"{text}"}}"#
        )
    };
    page.call(CallName::Record, &largest(crate::interaction::MAX_BYTES - largest(0).len())).unwrap();
    assert_eq!(page.next_page().report(), Report { kept: 1, ..Report::default() });
}
