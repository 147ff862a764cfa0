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
            Event::Settled(_) | Event::Stage(_) => unreachable!(),
        };
        (text_of(&event.detail()), record)
    };
    let events = page.events.iter().map(written);
    let wanted = [
        r#"{"kind":"pageView","source":"call","rule":"view","reason":"A view of a page or a product.","struck":["url"],"#,
        r#"{"kind":"pageView","source":"call","rule":"view","reason":"A view of a page or a product.","struck":["url"],"#,
        r#"{"status":200,"#,
        r#"{"rule":"rejected","reason":"The receiver will not accept this record.","status":422,"#,
        r#"{"kind":"pageView","source":"call","rule":"consent-denied","reason":"The visitor declined to be recorded.","struck":["url"],"#,
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
fn a_relay_is_sent_full_batches_while_others_are_under_way() {
    let mut page = PageUnderTest::new(
        r#"{"endpoint":"https://shop.example","route":"relay","consent":"granted","capture":{"logins":false},"batch":{"records":20}}"#,
    );
    page.flush();
    (0..5).for_each(|_| page.page_view());
    page.token(token_of("ada"));
    (0..47).for_each(|_| page.page_view());
    assert_eq!(sizes(&page), [20, 20]);
    page.flush();
    assert_eq!(sizes(&page), [20, 20], "the rest goes when these are answered");
    page.input(Input::Leaving);
    assert_eq!(sizes(&page), [20, 20, 12], "or when the page goes");
}

#[test]
fn a_hundred_records_are_one_request_to_a_relay() {
    let mut page = relayed();
    page.page_view();
    page.token(token_of("ada"));
    (0..98).for_each(|_| page.page_view());
    assert!(page.posts.is_empty());
    page.page_view();
    assert_eq!(sizes(&page), [100]);
}

#[test]
fn a_relay_is_told_what_kind_each_record_is_also_by_the_next_page() {
    let settings = RELAY.replace(r#""route""#, r#""policy":{"rules":[{"rule":"own","kind":["record"]}]},"route""#);
    let mut page = PageUnderTest::new(&settings);
    page.call(CallName::Login, "{}").unwrap();
    page.call(CallName::PageView, "{}").unwrap();
    page.call(CallName::ProductView, r#"{"name":"Coat"}"#).unwrap();
    page.call(CallName::FormSubmission, r#"{"form":"size-guide","name":"Size guide"}"#).unwrap();
    page.call(CallName::Record, &whole("view", r#","url":"/a""#)).unwrap();
    page.call(CallName::Record, &whole("service", "")).unwrap();
    let kinds = ["login", "pageView", "productView", "formSubmission", "pageView", "record"];
    page.token(token_of("ada"));
    let mut next = relayed();
    next.shelf = page.shelf.clone();
    next.adopt();
    next.token(token_of("ada"));
    page.flush();
    for page in [page, next] {
        assert_eq!(kinds_posted(&page), kinds);
        let Body::Batch(batch) = &page.posts[0].body else { panic!("a relay gets batches") };
        for batched in batch {
            let record = text_of(&*batched.record);
            let fields = record.strip_suffix('}').unwrap();
            assert_eq!(text_of(batched), format!(r#"{fields},"kind":"{}"}}"#, batched.kind.as_str()));
        }
        assert!(
            text_of(batch).len() <= page.tracker.queue.bytes_on_their_way(),
            "what is counted is no less than what leaves"
        );
    }
}

#[test]
fn a_batch_that_is_too_large_for_a_relay_is_halved_until_it_fits() {
    let mut page = relayed();
    (0..12).for_each(|_| page.page_view());
    page.flush();
    page.token(token_of("ada"));
    for size in [12, 6] {
        assert_eq!(sizes(&page), [size]);
        page.answer(413);
    }
    for left in [9, 6, 3, 0] {
        assert_eq!(sizes(&page), [3], "what is left goes in batches of that size");
        page.answer_all(202);
        assert_eq!(page.report(), Report { delivered: 12 - left, kept: left, ..Report::default() });
    }
    assert!(page.failed().is_empty());
}

#[test]
fn one_record_that_is_too_large_alone_is_given_up_and_the_rest_arrives() {
    let mut page = relayed();
    page.page_view();
    page.call(CallName::ProductView, &format!(r#"{{"name":"Large","description":"{}"}}"#, "x".repeat(20_000))).unwrap();
    (0..30).for_each(|_| page.page_view());
    page.flush();
    page.token(token_of("ada"));
    let mut requests = 0;
    while let Some(post) = page.posts.first() {
        requests += 1;
        if post.records().iter().any(|record| record.name.ends_with("Large")) {
            page.answer(413);
        } else {
            page.answer_all(202);
        }
    }
    assert_eq!(page.report(), Report { delivered: 31, failed: 1, ..Report::default() });
    assert_eq!(requests, 4, "all at once, the one before, the large one, and all that is left");
    let Failed { rule, reason, status, .. } = page.failed()[0];
    assert_eq!((*rule, *status), (Some("rejected"), Some(413)));
    assert_eq!(&**reason, "The receiver takes no request as large as this record alone.");
}

#[test]
fn a_relay_that_refuses_a_batch_ends_it_and_one_that_names_a_time_gets_it_then() {
    for status in [400, 403, 404, 415, 422] {
        let mut page = sent_to_relay();
        page.answer(status);
        assert_eq!(page.report(), Report { failed: 2, ..Report::default() }, "{status}");
        assert!(page.failed().iter().all(|failed| failed.status == Some(status)));
    }
    for status in [429, 503] {
        let mut page = sent_to_relay();
        page.answer_with(status, "40", "");
        assert!(page.posts.is_empty() && page.wakes_at.unwrap() >= page.now + 40_000, "{status}");
        page.sleep_until_woken();
        assert_eq!(sizes(&page), [2], "{status}: without a look");
    }
}

#[test]
fn a_relay_that_refuses_the_token_gets_one_other_at_once() {
    let mut page = sent_to_relay();
    page.answer(401);
    page.token(token_of("ada"));
    assert_eq!(sizes(&page), [2]);
    page.answer(401);
    assert!(page.questions.is_empty() && page.posts.is_empty(), "the source needs time");
    page.sleep_until_woken();
    page.token(token_of("ada"));
    page.answer_all(202);
    assert_eq!(page.report(), Report { delivered: 2, ..Report::default() });
}

#[test]
fn each_record_has_the_status_that_a_relay_says_of_it() {
    let mut page = sent_to_relay();
    let records = page.posts[0].records();
    let [first, second] = &records[..] else { panic!("two records") };
    let results = [(first, 202), (second, 422)].map(|(record, status)| result(record, status));
    page.answer_with(200, "", &format!("[{}]", results.join(",")));
    let delivered = page.events.iter().find_map(|event| match event {
        Event::Delivered(delivered) => Some(delivered.status),
        _ => None,
    });
    assert_eq!((delivered, page.failed()[0].status), (Some(202), Some(422)));
}

fn relayed() -> PageUnderTest {
    PageUnderTest::new(RELAY)
}

/// Two records are under way to a relay.
fn sent_to_relay() -> PageUnderTest {
    let mut page = relayed();
    (0..2).for_each(|_| page.page_view());
    page.flush();
    page.token(token_of("ada"));
    assert_eq!(sizes(&page), [2]);
    page
}

/// How many records each request has.
fn sizes(page: &PageUnderTest) -> Vec<usize> {
    page.posts.iter().map(|post| post.records().len()).collect()
}

fn kinds_posted(page: &PageUnderTest) -> Vec<&'static str> {
    let kinds = |post: &Post| match &post.body {
        Body::Batch(batch) => batch.iter().map(|batched| batched.kind.as_str()).collect(),
        Body::None | Body::One(_) => Vec::new(),
    };
    page.posts.iter().flat_map(kinds).collect()
}

fn whole(action: &str, others: &str) -> String {
    format!(r#"{{"action":"{action}","channel":"website","signal":0,"name":"n","namespace":"web-engagement"{others}}}"#)
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
