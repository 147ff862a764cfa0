//! What is kept and what is not: consent, the allowlist, forms, scrubbing.

use super::*;

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
    assert_eq!(*text(waited, "interacted_at"), *Instant(then).to_iso(), "with the time it happened");
}

#[test]
fn storage_is_not_touched_before_consent_and_cleared_on_a_no() {
    let mut page = PageUnderTest::new(r#"{"tenant":"acme"}"#);
    page.kept = Some("left by an earlier page".to_owned());
    page.page_view();
    page.input(|tracker, moment| tracker.sign_out(moment));
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
    page.token(&token_of("ada"));
    assert!(page.listening, "consent given again");
    page.flush();
    assert_eq!(page.names_posted(), ["Viewed page: Dresses", "Logged in"], "nothing is known of the session before");
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
        page.input(|tracker, moment| {
            tracker.submitted("club", "Join", "", Json::parse(fields).unwrap(), "/club", moment)
        })
    };
    let (size, secret) = (r#"["size","s","Your size","select-one","off""#, r#"["pw","p","","password","""#);
    let (first, second) = (r#"["topics","","Wool","checkbox","""#, r#"["topics","","Linen","checkbox","""#);
    let rest = r#"["","note","","textarea",""],["contact","","","email",""],["birthday","","","date","bday"]"#;
    let places = submit(&format!("[{size}],{secret}],{first}],{second}],{rest}]"));
    assert_eq!(&*places, "[0,2,3,6]");
    assert_eq!(
        &*submit(&format!(
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
        page.input(|tracker, moment| tracker.submitted("club", "Join", "", Json::parse(fields).unwrap(), "/", moment));
    assert_eq!(&*places, "", "there is none to read");
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
fn a_search_and_a_dialog_count_where_a_rule_of_the_site_names_their_form() {
    let settings = r#"{"tenant":"acme","policy":{"rules":[{"rule":"finder","form":["find-*"]},{"rule":"all","kind":["formSubmission"]}]}}"#;
    let mut page = PageUnderTest::new(settings);
    for (form, purpose) in
        [("find-store", "search"), ("find-store", "dialog"), ("search", "search"), ("", "search"), ("search", "")]
    {
        page.input(|tracker, moment| tracker.submitted(form, "", purpose, Json::EMPTY_LIST, "/", moment));
    }
    let names: Vec<String> =
        page.told("recorded").iter().map(|detail| text(detail.field("record").unwrap(), "name")).collect();
    assert_eq!(names, ["Submitted form: find-store", "Submitted form: find-store", "Submitted form: search"]);
    assert!(page.told("refused").is_empty());
}
