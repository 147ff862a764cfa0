//! What is kept and what is not: consent, the allowlist, forms, scrubbing.

use super::*;
use crate::capture::FormField;

#[test]
fn before_consent_nothing_leaves_and_nothing_is_kept() {
    let mut page = PageUnderTest::new(r#"{"tenant":"acme"}"#);
    page.page_view();
    page.flush();
    page.input(Input::Leaving);
    assert!(page.listening && page.posts.is_empty() && page.questions.is_empty() && page.kept.is_none());
    assert_eq!(page.report(), Report { kept: 1, ..Report::default() });
    let then = page.now;
    page.now += 60_000;
    page.consent(Consent::Granted);
    page.token(token_of("ada"));
    let waited = page.posts[0].record();
    assert_eq!(waited.interacted_at, Some(Instant(then).to_iso().into()), "with the time it happened");
}

#[test]
fn storage_is_not_touched_before_consent_and_cleared_on_a_no() {
    let mut page = PageUnderTest::new(r#"{"tenant":"acme"}"#);
    page.kept = Some("left by an earlier page".to_owned());
    page.page_view();
    page.input(Input::SignOut);
    assert!(page.kept.is_some(), "before an answer, signing out leaves storage alone");
    page.consent(Consent::Denied);
    assert_eq!(page.kept, None);
    let mut declined = Tracker::new(settings_of(r#"{"tenant":"acme","consent":"denied"}"#));
    let Handled { effects, .. } = declined.handle(Input::Start, &page.context());
    assert_eq!(effects, [Effect::Forget], "what an earlier consent left behind goes at the start");
}

#[test]
fn no_answer_counts_where_the_browser_declines_for_the_visitor() {
    let signals = Signals { global_privacy_control: true, do_not_track: false };
    let settings = Settings::read(&json(r#"{"tenant":"acme","consent":"granted"}"#), signals).unwrap();
    let mut tracker = Tracker::new(settings);
    let context = PageUnderTest::granted().context();
    let granted = Input::Consent { consent: Consent::Granted, purposes: Purposes::All };
    let [at_first, later] = [Input::Start, granted].map(|input| tracker.handle(input, &context).effects);
    assert_eq!((at_first, later), (vec![Effect::Forget], vec![]), "it neither listens nor recalls");
}

#[test]
fn a_withdrawal_empties_memory_and_storage_and_stops_what_is_under_way() {
    let mut page = PageUnderTest::granted();
    page.page_view();
    page.token(token_of("ada"));
    page.flush();
    let request = page.posts[0].number;
    page.page_view();
    page.consent(Consent::Denied);
    assert!(page.posts.is_empty() && page.kept.is_none() && !page.listening);
    assert_eq!(page.settled, 1, "whoever waits for the flush has an answer");
    assert_eq!(page.rules_refused(), ["consent-withdrawn"; 3]);
    page.input(Input::Answered { request, answer: Answer { status: 201, ..Answer::default() } });
    page.page_view();
    page.flush();
    assert_eq!(page.rules_refused()[3], "consent-denied");
    assert!(page.posts.is_empty() && page.questions.is_empty());
    assert_eq!(page.report(), Report { refused: 4, ..Report::default() });
    page.consent(Consent::Granted);
    page.page_view();
    page.token(token_of("ada"));
    assert!(page.listening, "consent given again");
    page.flush();
    assert_eq!(page.names_posted(), ["Viewed page: Dresses", "Logged in"], "nothing is known of the session before");
}

#[test]
fn the_allowlist_is_closed_and_says_why() {
    let mut page = PageUnderTest::granted();
    page.call(CallName::Record, r#"{"action":"service","channel":"website","signal":1,"name":"Opened store finder","namespace":"web-engagement"}"#).unwrap();
    let refused = page.refused()[0];
    assert_eq!((&*refused.rule, &*refused.record.name), ("not-listed", "Opened store finder"));
    assert!(page.questions.is_empty());
}

#[test]
fn a_form_keeps_the_fields_that_the_policy_names_and_asks_for_no_others() {
    let mut page = PageUnderTest::new(
        r#"{"tenant":"acme","consent":"granted","policy":{"rules":[{"rule":"club","form":["club"],"fields":["size","topics","note","contact",{"name":"birthday","personal":true}]}]}}"#,
    );
    let field = |name: &str, id: &str, label: &str, kind: &str, autocomplete: &str| FormField {
        name: name.into(),
        id: id.into(),
        label: label.into(),
        kind: kind.into(),
        autocomplete: autocomplete.into(),
        ..FormField::default()
    };
    let mut submission = Submission {
        form: "club".into(),
        name: "Join".into(),
        fields: vec![
            field("size", "s", "Your size", "select-one", "off"),
            field("pw", "p", "", "password", ""),
            field("topics", "", "Wool", "checkbox", ""),
            field("topics", "", "Linen", "checkbox", ""),
            field("", "note", "", "textarea", ""),
            field("contact", "", "", "email", ""),
            field("birthday", "", "", "date", "bday"),
        ],
        ..Submission::default()
    };
    assert_eq!(page.tracker.fields_to_read(&submission, &page.context()), [0, 2, 3, 6]);
    assert!(page.recorded().is_empty(), "a question records nothing");
    for (place, value) in [(0, "38"), (2, "wool"), (3, ""), (6, "1815-12-10 ada@example.com")] {
        submission.fields[place].value = Some(value.into());
    }
    page.input(Input::Submitted { submission });
    let recorded = page.recorded()[0].record.meta.as_ref().unwrap();
    assert_eq!(recorded.get("form"), Some(&Value::from("club")));
    assert_eq!(text_of(&recorded.get("fields")), r#"{"size":"38","topics":"wool","birthday":"1815-12-10 (mail)"}"#);
}

#[test]
fn a_form_that_is_submitted_again_is_neither_read_nor_recorded() {
    let mut page = PageUnderTest::new(
        r#"{"tenant":"acme","consent":"granted","policy":{"rules":[{"rule":"club","form":["club"],"fields":["size"]}]}}"#,
    );
    let size = FormField { name: "size".into(), ..FormField::default() };
    for reads in [1, 0] {
        let submission =
            Submission { form: "club".into(), number: 1, fields: vec![size.clone()], ..Submission::default() };
        assert_eq!(page.tracker.fields_to_read(&submission, &page.context()).len(), reads);
        page.input(Input::Submitted { submission });
    }
    assert_eq!(page.recorded().len(), 1);
}

#[test]
fn a_refused_field_and_a_key_that_no_rule_names_are_told_of() {
    let mut page = PageUnderTest::new(
        r#"{"tenant":"acme","consent":"granted","policy":{"rules":[{"rule":"club","form":["club"],"meta":["form"],"fields":["contact"]}]}}"#,
    );
    let contact =
        FormField { name: "contact".into(), label: "Your e-mail".into(), kind: "email".into(), ..FormField::default() };
    let submission =
        Submission { form: "club".into(), name: "Join".into(), fields: vec![contact], ..Submission::default() };
    assert!(page.tracker.fields_to_read(&submission, &page.context()).is_empty());
    page.input(Input::Submitted { submission });
    page.call(CallName::FormSubmission, r#"{"form":"club","meta":{"coupon":"x","event_id":"1"}}"#).unwrap();
    let recorded = page.recorded();
    assert_eq!(
        dropped(recorded[0]),
        r#"[{"field":"fields.contact","reason":"what it holds, by its markup \"type:email\": kept only with \"personal\": true."}]"#
    );
    assert_eq!(dropped(recorded[1]), r#"[{"field":"meta.coupon","reason":"The rule does not name it."}]"#);
    assert_eq!(meta(&recorded[1].record), r#"{"event_id":"1","form":"club"}"#);
}

#[test]
fn what_looks_personal_is_struck_wherever_a_record_has_text() {
    let mut page = PageUnderTest::granted();
    let given = r#"{"title":"Hello ada@example.com","url":"https://shop.example/u/ada%40example.com?x=1","description":"+61 412 345 678","tags":["4111 1111 1111 1111"],"meta":{"ada@example.com":["ada@example.com"]}}"#;
    page.call(CallName::PageView, given).unwrap();
    let recorded = text_of(&Event::Recorded(page.recorded()[0].clone()).detail());
    for part in ["Hello (mail)", "/u/(mail)\"", "(phone)", "[\"(card)\"]", "\"(mail)\":[\"(mail)\"]"] {
        assert!(recorded.contains(part), "{part} in {recorded}");
    }
    let long = format!(r#"{{"title":"{} ada@example.com"}}"#, "x".repeat(230));
    page.call(CallName::PageView, &long).unwrap();
    assert!(
        !text_of(&Event::Recorded(page.recorded()[1].clone()).detail()).contains("ada"),
        "not even where a name is cut"
    );
}

#[test]
fn a_search_and_a_dialog_count_where_a_rule_of_the_site_names_their_form() {
    let settings = r#"{"tenant":"acme","policy":{"rules":[{"rule":"finder","form":["find-*"]},{"rule":"all","kind":["formSubmission"]}]}}"#;
    let mut page = PageUnderTest::new(settings);
    for (form, purpose) in [
        ("find-store", Some(Purpose::Search)),
        ("find-store", Some(Purpose::Dialog)),
        ("search", Some(Purpose::Search)),
        ("", Some(Purpose::Search)),
        ("search", None),
    ] {
        page.submit(form, purpose);
    }
    assert_eq!(
        page.names_recorded(),
        ["Submitted form: find-store", "Submitted form: find-store", "Submitted form: search"]
    );
    assert!(page.refused().is_empty());
}

fn dropped(recorded: &Recorded) -> String {
    text_of(Event::Recorded(recorded.clone()).detail().get("dropped").unwrap())
}

#[test]
fn a_withdrawal_tells_a_relay_once_that_what_waits_there_is_not_to_be_sent() {
    let mut page = PageUnderTest::new(RELAY);
    page.page_view();
    page.flush();
    page.token(token_of("ada"));
    page.page_view();
    assert_eq!(page.posts.len(), 1);
    page.consent(Consent::Denied);
    let told = ("https://shop.example/relay/v1/profiles/me/waiting".to_owned(), "token-of-ada".to_owned());
    assert!(page.posts.is_empty());
    assert_eq!(page.withdrawals, [told]);
    page.consent(Consent::Denied);
    page.consent(Consent::Unknown);
    page.consent(Consent::Denied);
    assert_eq!((page.withdrawals.len(), page.questions.len()), (1, 0), "no token is asked for");
}

#[test]
fn where_there_is_nothing_to_take_back_no_relay_is_told() {
    let direct = RELAY.replace(r#""route":"relay","#, "");
    type End<'a> = &'a dyn Fn(&mut PageUnderTest);
    let ends: [(&str, &str, bool, End); 6] = [
        ("on the direct route", &direct, true, &|page| page.consent(Consent::Denied)),
        ("without a token", RELAY, false, &|page| page.consent(Consent::Denied)),
        ("on a sign-out", RELAY, true, &|page| page.input(Input::SignOut)),
        ("on a sign-out elsewhere", RELAY, true, &|page| page.input(Input::SignedOutElsewhere)),
        ("where the visitor emptied storage", RELAY, true, &|page| {
            page.kept = None;
            page.recall();
            assert_eq!(page.rules_refused(), ["consent-withdrawn"]);
        }),
        ("where another purpose is left", RELAY, true, &|page| {
            page.input(Input::Consent { consent: Consent::Granted, purposes: Purposes::Only(Box::default()) });
        }),
    ];
    for (what, settings, has_token, end) in ends {
        let mut page = PageUnderTest::new(settings);
        page.page_view();
        page.flush();
        if has_token {
            page.token(token_of("ada"));
        }
        end(&mut page);
        assert_eq!(page.withdrawals, [], "{what}");
    }
}
