//! When records leave, and what becomes of each answer.

use super::*;

#[test]
fn a_batch_leaves_by_count_or_by_time() {
    let mut page = PageUnderTest::new(
        r#"{"tenant":"acme","consent":"granted","capture":{"logins":false},"batch":{"records":3,"seconds":5}}"#,
    );
    page.page_view();
    page.token(token_of("ada"));
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
    page.token(token_of("ada"));
    assert_eq!(page.posts.len(), 6);
    for _ in 0..21 {
        page.answer(201);
        assert!(page.posts.len() <= 6);
    }
    assert_eq!(page.report(), Report { delivered: 21, ..Report::default() });
}

#[test]
fn what_fails_for_now_is_kept_and_tried_again() {
    let mut page = PageUnderTest::granted_without_logins();
    page.page_view();
    page.token(token_of("ada"));
    page.flush();
    page.answer_with(429, "60", "");
    assert_eq!((page.settled, page.posts.len()), (1, 0), "flush answers, the record is kept");
    page.sleep_until_woken();
    page.answer_with(429, "120", "");
    assert!(page.wakes_at.unwrap() >= page.now + 120_000, "Retry-After is the least wait");
    page.sleep_until_woken();
    page.answer(200);
    assert_eq!(page.report(), Report { delivered: 1, ..Report::default() });
}

#[test]
fn what_will_never_be_accepted_leaves_the_queue_and_the_site_hears_why() {
    let mut page = PageUnderTest::granted_without_logins();
    page.page_view();
    page.token(token_of("ada"));
    page.flush();
    page.answer(422);
    assert_eq!(page.report(), Report { failed: 1, ..Report::default() });
    assert_eq!(page.failed()[0].status, Some(422));
}

#[test]
fn what_listeners_hear_is_written_in_one_way() {
    let mut page = PageUnderTest::granted_without_logins();
    page.page_view();
    page.page_view();
    page.token(token_of("ada"));
    page.answer(200);
    page.answer(422);
    page.consent(Consent::Denied);
    page.page_view();
    let written = |event: &Event| {
        let record = match event {
            Event::Recorded(recorded) => recorded.record.clone(),
            Event::Delivered(delivered) => delivered.record.clone(),
            Event::Refused(refused) => refused.record.clone(),
            Event::Failed(failed) => failed.record.clone().unwrap(),
            Event::Settled(_) => unreachable!(),
        };
        (text_of(&event.detail()), record)
    };
    let events = page.events.iter().map(written);
    let wanted = [
        r#"{"kind":"pageView","#,
        r#"{"kind":"pageView","#,
        r#"{"status":200,"#,
        r#"{"rule":"rejected","reason":"The receiver will not accept this record.","status":422,"#,
        r#"{"kind":"pageView","rule":"consent-denied","reason":"The visitor declined to be recorded.","#,
    ];
    assert_eq!(events.len(), wanted.len());
    for ((text, record), wanted) in events.zip(wanted) {
        assert_eq!(text, format!(r#"{wanted}"record":{}}}"#, text_of(&record)));
    }
    let settled = Event::Settled(page.report());
    assert_eq!(text_of(&settled.detail()), r#"{"delivered":1,"refused":1,"kept":0,"failed":1}"#);
}

#[test]
fn a_full_queue_gives_up_its_oldest_and_says_so() {
    let mut page = PageUnderTest::granted();
    (0..501).for_each(|_| page.page_view());
    assert_eq!((page.shelf.len(), page.failed()[0].rule), (500, Some("queue-full")));
    assert_eq!(page.report(), Report { kept: 500, failed: 1, ..Report::default() });
}

#[test]
fn a_clock_that_is_set_back_lengthens_no_pause() {
    let mut page = PageUnderTest::granted_without_logins();
    page.page_view();
    page.token(token_of("ada"));
    page.flush();
    page.answer_with(429, "120", "");
    page.now -= 86_400_000;
    page.input(Input::Woke);
    assert_eq!(page.posts.len(), 1);
}

#[test]
fn a_relay_takes_batches_and_answers_for_each_record() {
    let mut page = PageUnderTest::new(
        r#"{"endpoint":"https://shop.example","route":"relay","consent":"granted","capture":{"logins":false},"batch":{"records":3}}"#,
    );
    (0..6).for_each(|_| page.page_view());
    page.token(token_of("ada"));
    assert_eq!(page.posts.len(), 2);
    let ids: Vec<String> = page.posts[0].records().iter().map(|record| id(record).to_owned()).collect();
    assert_eq!(ids.len(), 3);
    page.answer_with(
        200,
        "",
        &format!(
            r#"[{{"event_id":"{}","status":201}},{{"event_id":"{}","status":422,"errors":{{}}}}]"#,
            ids[0], ids[1]
        ),
    );
    assert_eq!(
        page.report(),
        Report { delivered: 1, kept: 4, failed: 1, ..Report::default() },
        "what it leaves out is kept"
    );
    page.answer_with(200, "", r#"["#);
    page.sleep_until_woken();
    assert_eq!(page.posts[0].records().len(), 3, "without a look: a relay drops second copies");
}

#[test]
fn a_batch_that_is_too_large_is_halved_until_it_fits() {
    let mut page = PageUnderTest::new(
        r#"{"endpoint":"https://shop.example","route":"relay","consent":"granted","capture":{"logins":false},"batch":{"records":6}}"#,
    );
    (0..6).for_each(|_| page.page_view());
    page.token(token_of("ada"));
    assert_eq!(page.posts[0].records().len(), 6);
    page.answer(413);
    let sizes: Vec<usize> = page.posts.iter().map(|post| post.records().len()).collect();
    assert_eq!(sizes, [3, 3], "at once, without a look");
    page.answer(413);
    assert!(page.posts.iter().any(|post| post.records().len() == 1));
    assert_eq!((page.report().failed, page.report().kept), (0, 6));
    // What does not fit alone never will.
    while page.posts[0].records().len() > 1 {
        page.answer(413);
    }
    page.answer(413);
    assert_eq!(page.report().failed, 1);
}

#[test]
fn a_relay_is_sent_full_batches_while_others_are_under_way() {
    let mut page = PageUnderTest::new(
        r#"{"endpoint":"https://shop.example","route":"relay","consent":"granted","capture":{"logins":false}}"#,
    );
    page.flush();
    (0..5).for_each(|_| page.page_view());
    page.token(token_of("ada"));
    (0..47).for_each(|_| page.page_view());
    let sizes = |page: &PageUnderTest| -> Vec<usize> { page.posts.iter().map(|post| post.records().len()).collect() };
    assert_eq!(sizes(&page), [20, 20]);
    page.flush();
    assert_eq!(sizes(&page), [20, 20], "the rest goes when these are answered");
    page.input(Input::Leaving);
    assert_eq!(sizes(&page), [20, 20, 12], "or when the page goes");
}

#[test]
fn a_token_source_that_fails_is_told_with_the_reason_and_without_a_token() {
    let jwt = "eyJhbGciOiJIUzI1NiJ9.eyJwaWQiOiI3In0.c2lnbmF0dXJl";
    let failed = |error: &str| TokenAnswer::Failed { error: error.into() };
    for (answer, why) in [
        (failed("503"), "503"),
        (failed("TypeError: Failed to fetch"), "TypeError: Failed to fetch"),
        (failed(&format!("{jwt} is void")), "(token) is void"),
        (source_answers("7"), "its answer has none"),
        (source_answers(r#"{"error":{}}"#), "its answer has none"),
    ] {
        let mut page = PageUnderTest::granted();
        page.page_view();
        page.token(answer);
        let wanted = ["The token source gave no token and will be asked again: ", why].concat();
        assert_eq!(*page.failed()[0].reason, *wanted);
    }
}
