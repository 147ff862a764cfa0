//! What may have arrived: how long it is left alone, and how it is looked for.

use super::*;

#[test]
fn what_may_have_arrived_is_left_alone_then_looked_for_and_sent_where_it_is_not_there() {
    // No answer, a wrong gateway, a server's mistake, a proxy's word that the receiver was too slow.
    for status in [0, 500, 502, 503, 504, 408] {
        let mut page = sent();
        let begun = page.now;
        page.now += 20_000;
        page.answer(status);
        assert_eq!((page.settled, page.posts.len()), (1, 0), "{status}: flush answers, the record is kept");
        for wake in [20_500, UNDER_WAY_MS - 1] {
            page.now = begun + wake;
            page.input(Input::Online);
            page.flush();
            assert!(page.posts.is_empty(), "{status}: the request may still be under way");
        }
        page.sleep_until_woken();
        assert_eq!(page.now, begun + UNDER_WAY_MS);
        assert_eq!(page.names_posted(), [""], "a look, and nothing else");
        assert!(page.posts.last().unwrap().url.contains("&page=1&"));
        page.answer_with(200, "", r#"{"data":[]}"#);
        assert_eq!(page.names_posted(), ["Viewed page: Dresses"]);
        page.answer(201);
        assert_eq!(page.report(), Report { delivered: 1, ..Report::default() });
    }
}

#[test]
fn what_was_certainly_answered_before_the_work_is_sent_again_without_a_look() {
    for status in [401, 425, 429] {
        let mut page = sent();
        page.answer(status);
        if status == 401 {
            page.token(token_of("ada"));
        } else {
            page.sleep_until_woken();
        }
        assert_eq!(page.names_posted(), ["Viewed page: Dresses"], "{status}");
        assert!(page.now < 1_764_000_002_000, "{status}");
    }
}

#[test]
fn what_a_look_finds_is_not_sent_again() {
    let mut page = sent();
    let arrived = meta(&page.posts[0].record());
    page.answer(0);
    page.sleep_until_woken();
    page.answer_with(200, "", &format!(r#"{{"data":[{{"meta":{arrived}}}]}}"#));
    assert!(page.posts.is_empty() && page.shelf.is_empty());
    assert_eq!(page.report(), Report { delivered: 1, ..Report::default() });
}

#[test]
fn a_look_without_an_answer_is_made_again_and_one_that_is_refused_gives_up() {
    let mut page = sent();
    page.answer(0);
    page.sleep_until_woken();
    for (status, body) in [(0, ""), (503, ""), (429, ""), (200, "no JSON"), (200, "{}"), (200, r#"{"data":{}}"#)] {
        page.answer_with(status, "", body);
        assert!(page.posts.is_empty(), "{status} {body}: not at once");
        page.sleep_until_woken();
        assert_eq!(page.names_posted(), [""], "{status} {body}: and by another look");
    }
    page.answer(401);
    page.token(token_of("ada"));
    assert_eq!(page.names_posted(), [""], "with another token");
    for status in [403, 404] {
        let mut page = sent();
        page.answer(0);
        page.sleep_until_woken();
        page.answer_with(status, "", "no JSON");
        assert!(page.posts.is_empty() && page.shelf.is_empty(), "a second copy is worse than none");
        assert_eq!(page.rules_failed(), ["unconfirmed"]);
        assert_eq!(page.failed()[0].status, Some(status));
        assert_eq!(page.report(), Report { failed: 1, ..Report::default() });
    }
}

#[test]
fn the_next_page_of_the_list_is_read_where_one_is_full() {
    let mut page = sent();
    let arrived = meta(&page.posts[0].record());
    page.answer(0);
    page.sleep_until_woken();
    page.answer_with(200, "", &list(100, ""));
    assert_eq!(page.names_posted(), [""]);
    assert!(page.posts.last().unwrap().url.contains("?per_page=100&page=2&filter[interacted_at][gte]="));
    page.answer(503);
    page.sleep_until_woken();
    assert!(page.posts.last().unwrap().url.contains("&page=1&"), "from the beginning, as the list may have moved");
    page.answer_with(200, "", &list(100, ""));
    page.answer_with(200, "", &list(99, &format!(r#",{{"meta":{arrived}}}"#)));
    assert!(page.posts.is_empty(), "nobody is looked for any more");
    assert_eq!(page.report(), Report { delivered: 1, ..Report::default() });
}

#[test]
fn what_is_on_no_page_of_the_list_is_sent_and_a_list_without_end_gives_up() {
    let mut page = sent();
    page.answer(0);
    page.sleep_until_woken();
    page.answer_with(200, "", &list(100, ""));
    page.answer_with(200, "", &list(7, ""));
    assert_eq!(page.names_posted(), ["Viewed page: Dresses"]);
    page.answer(0);
    page.sleep_until_woken();
    for number in 1..=100 {
        assert!(page.posts.last().unwrap().url.contains(&format!("&page={number}&")));
        page.answer_with(200, "", &list(100, ""));
    }
    assert!(page.posts.is_empty());
    assert_eq!(page.rules_failed(), ["unconfirmed"]);
}

#[test]
fn a_record_of_something_earlier_is_looked_for_from_when_it_happened() {
    let mut page = PageUnderTest::new(
        r#"{"tenant":"acme","consent":"granted","capture":{"logins":false},"policy":{"rules":[{"rule":"all","channel":["app"]}]}}"#,
    );
    page.page_view();
    let earlier = r#"{"action":"service","channel":"app","signal":0,"name":"n","namespace":"n","interacted_at":"2025-11-20T10:00:00+02:00"}"#;
    page.call(CallName::Record, earlier).unwrap();
    page.token(token_of("ada"));
    page.answer(0);
    page.answer(0);
    page.sleep_until_woken();
    assert!(page.posts.last().unwrap().url.ends_with("[gte]=2025-11-20T07:59:59.000Z"));
}

#[test]
fn a_chain_of_short_pages_begins_no_wait_anew() {
    let mut page = sent();
    let begun = page.now;
    for _ in 0..20 {
        page.input(Input::Leaving);
        page = page.next_page();
    }
    assert!(page.posts.is_empty() && page.questions.is_empty());
    page.sleep_until_woken();
    assert_eq!(page.now, begun + UNDER_WAY_MS, "counted from when the request began");
    page.token(token_of("ada"));
    assert_eq!(page.names_posted(), [""]);
    page.input(Input::Leaving);
    let mut page = page.next_page();
    page.token(token_of("ada"));
    assert_eq!(page.names_posted(), [""], "a look that was left begins no wait either");
}

#[test]
fn a_clock_that_is_set_back_lengthens_no_wait() {
    let mut page = sent();
    page.answer(0);
    page.now -= 86_400_000;
    page.input(Input::Woke);
    assert_eq!(page.wakes_at, Some(page.now + UNDER_WAY_MS));
    page.sleep_until_woken();
    assert_eq!(page.names_posted(), [""]);
    let mut page = sent();
    page.now -= 86_400_000;
    let mut next = page.next_page();
    next.sleep_until_woken();
    next.token(token_of("ada"));
    assert!(next.now <= 1_764_000_000_000 - 86_400_000 + 1_000 + UNDER_WAY_MS, "nor on the next page");
    assert_eq!(next.names_posted(), [""]);
}

#[test]
fn an_answer_that_comes_after_an_abort_is_nobody_s() {
    let mut page = sent();
    let request = page.posts[0].number;
    page.consent(Consent::Unknown);
    page.log_in();
    page.input(Input::SignOut);
    assert!(page.posts.is_empty(), "aborted");
    let before = page.report();
    page.input(Input::Answered { request, answer: Answer { status: 201, ..Answer::default() } });
    assert_eq!(page.report(), before);
}

/// A page whose one record is under way.
fn sent() -> PageUnderTest {
    let mut page = PageUnderTest::granted_without_logins();
    page.page_view();
    page.token(token_of("ada"));
    assert_eq!(page.names_posted(), ["Viewed page: Dresses"]);
    page
}

/// A page of the receiver's list, of so many records of others and then these.
fn list(others: usize, own: &str) -> String {
    let others = vec![r#"{"meta":{"event_id":"other"}}"#; others];
    format!(r#"{{"data":[{}{own}]}}"#, others.join(","))
}

#[test]
fn a_list_in_smaller_pages_is_read_to_its_end() {
    let mut page = sent();
    let arrived = meta(&page.posts[0].record());
    page.answer(0);
    page.sleep_until_woken();
    page.answer_with(200, "", r#"{"data":[{"meta":{"event_id":"another"}}],"meta":{"last_page":2}}"#);
    assert!(page.posts.last().unwrap().url.contains("&page=2&"));
    page.answer_with(200, "", &format!(r#"{{"data":[{{"meta":{arrived}}}],"meta":{{"last_page":2}}}}"#));
    assert!(page.posts.is_empty());
    assert_eq!(page.report(), Report { delivered: 1, ..Report::default() });
}

#[test]
fn an_id_that_the_site_gave_is_sent_once_while_it_waits_here_or_on_an_earlier_page() {
    let mut page = PageUnderTest::granted_without_logins();
    let twice = |page: &mut PageUnderTest| {
        page.call(CallName::ProductView, r#"{"name":"A","meta":{"event_id":"mine"}}"#).unwrap()
    };
    twice(&mut page);
    twice(&mut page);
    assert_eq!(page.rules_refused(), ["repeated"]);
    page.token(token_of("ada"));
    assert_eq!(page.posts.len(), 1);
    let left = page.shelf["mine"].clone();
    assert!(json(&left).get("until").is_some_and(|until| !until.is_null()));
    // The next page makes it again before it has what this one left.
    let mut next = PageUnderTest::new(
        r#"{"tenant":"acme","consent":"granted","capture":{"logins":false},"batch":{"seconds":60}}"#,
    );
    twice(&mut next);
    next.token(token_of("ada"));
    next.shelf.insert("mine".to_owned(), left.clone());
    next.adopt();
    assert!(next.posts.is_empty(), "it may be under way");
    assert_eq!(json(&next.shelf["mine"]).get("until"), json(&left).get("until"), "and is kept as such");
    next.sleep_until_woken();
    assert_eq!(next.names_posted(), [""], "and is looked for");
}

#[test]
fn a_record_that_was_made_again_is_kept_as_the_page_that_adopts_it_has_it() {
    let mut page = PageUnderTest::granted_without_logins();
    page.call(CallName::ProductView, r#"{"name":"A","meta":{"event_id":"mine"}}"#).unwrap();
    page.token(token_of("ada"));
    let mut next = PageUnderTest::granted_without_logins();
    next.call(CallName::ProductView, r#"{"name":"B","meta":{"event_id":"mine"}}"#).unwrap();
    next.shelf = page.shelf;
    next.adopt();
    assert!(next.shelf["mine"].contains("Viewed product: B"), "{}", next.shelf["mine"]);
    let mut relay = PageUnderTest::new(r#"{"endpoint":"https://shop.example","route":"relay","consent":"granted"}"#);
    let adopted = relay.tracker.handle(adopted(&next.shelf), &relay.context());
    let is_kept = |effect: &Effect| matches!(effect, Effect::Keep { .. });
    assert!(!adopted.effects.iter().any(is_kept), "what it adopts as it was kept it does not keep again");
}
