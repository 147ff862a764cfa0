//! Whose record it is: signing in and out, sessions, tokens.

use super::*;

#[test]
fn a_refused_token_is_renewed_once_at_once_and_then_with_patience() {
    let mut page = PageUnderTest::granted_without_logins();
    page.page_view();
    page.page_view();
    page.token(token_of("ada"));
    page.flush();
    page.answer(401);
    page.answer(401);
    assert_eq!(page.questions.len(), 1, "two refusals of one token are one question");
    page.token(token_of("ada"));
    page.flush();
    page.answer(401);
    assert!(page.questions.is_empty(), "no hammering");
    page.answer(401);
    page.sleep_until_woken();
    page.token(token_of("ada"));
    page.flush();
    page.answer(201);
    page.answer(201);
    assert_eq!(page.report(), Report { delivered: 2, ..Report::default() });
}

#[test]
fn a_token_source_that_fails_delays_and_never_loses() {
    let mut page = PageUnderTest::granted_without_logins();
    page.page_view();
    for rubbish in [TokenAnswer::Failed { error: "503".into() }, source_answers(r#"{"error":1}"#), source_answers("7")]
    {
        page.token(rubbish);
        page.sleep_until_woken();
    }
    page.token(token_of("ada"));
    page.flush();
    page.answer(201);
    assert_eq!(page.report(), Report { delivered: 1, ..Report::default() });
}

#[test]
fn a_flush_waits_for_the_login_that_a_token_tells_of() {
    let mut page = PageUnderTest::granted();
    page.holds_turns = true;
    page.page_view();
    page.flush();
    page.token(token_of("ada"));
    page.answer(201);
    assert_eq!(page.settled, 0, "another page may be counting the login");
    page.input(Input::TurnCame);
    assert_eq!(page.names_posted(), ["Logged in"]);
    page.answer(201);
    assert_eq!((page.settled, page.report()), (1, Report { delivered: 2, ..Report::default() }));
}

#[test]
fn a_flush_waits_for_no_login_that_a_withdrawal_or_a_sign_out_has_made_void() {
    let denied = Input::Consent { consent: Consent::Denied, purposes: Purposes::default() };
    for void in [denied, Input::SignOut] {
        let mut page = PageUnderTest::granted();
        page.holds_turns = true;
        page.page_view();
        page.flush();
        page.token(token_of("ada"));
        page.input(void);
        assert_eq!(page.settled, 1);
        page.input(Input::TurnCame);
        assert!(page.posts.is_empty() && page.recorded().len() == 1, "no login is counted");
        assert_eq!(page.settled, 1, "and nobody is answered twice");
    }
}

#[test]
fn what_somebody_does_before_signing_in_is_not_put_on_their_profile() {
    let mut page = PageUnderTest::granted();
    page.page_view();
    page.token(nobody());
    page.page_view();
    assert_eq!(page.rules_refused(), ["signed-out"; 2]);
    assert!(page.questions.is_empty(), "the source is not asked for every record");
    page.log_in();
    page.token(token_of("ada"));
    page.flush();
    assert_eq!(page.names_posted(), ["Logged in"], "told by the site, so not counted a second time");
}

#[test]
fn what_an_earlier_page_left_from_before_signing_in_is_not_put_on_a_profile_either() {
    let mut first = PageUnderTest::granted();
    first.page_view();
    first.input(Input::Leaving);
    let shelf = first.shelf.clone();
    assert_eq!(shelf.len(), 1, "whose it is nobody knew");
    let mut adopted = PageUnderTest::granted();
    adopted.shelf = shelf.clone();
    adopted.adopt();
    adopted.log_in();
    assert_eq!(adopted.refused().len(), 1, "also where it is here already");
    let mut back = PageUnderTest::granted();
    // Else its record would have the same id.
    back.flush();
    back.log_in();
    (back.kept, back.shelf) = (Some("1 1 ada".into()), shelf.clone());
    back.recall();
    back.adopt();
    assert_eq!(back.refused().len(), 1, "whatever storage has from before");
    for learns in ["null", "login"] {
        let mut second = PageUnderTest::granted();
        (second.now, second.shelf) = (first.now + 1_000, BTreeMap::new());
        second.recall();
        second.page_view();
        if learns == "login" {
            second.log_in();
            second.token(token_of("ada"));
        } else {
            second.token(nobody());
        }
        let mut third = PageUnderTest::granted();
        (third.now, third.kept, third.shelf) = (second.now + 1_000, second.kept, shelf.clone());
        third.recall();
        third.page_view();
        third.token(token_of("ada"));
        third.adopt();
        third.flush();
        assert_eq!(third.rules_refused(), ["signed-out"], "{learns}");
        assert!(!third.shelf.contains_key(shelf.keys().next().unwrap()), "and kept no longer");
    }
}

#[test]
fn a_login_counts_once_a_session() {
    let mut first = PageUnderTest::granted();
    first.page_view();
    first.token(token_of("ada"));
    let mut next = PageUnderTest::granted();
    next.kept = first.kept.clone();
    next.recall();
    next.page_view();
    next.token(token_of("ada"));
    next.flush();
    assert_eq!(next.names_posted(), ["Viewed page: Dresses"]);
    let mut grace = PageUnderTest::granted();
    grace.kept = first.kept;
    grace.recall();
    grace.page_view();
    grace.token(token_of("grace"));
    grace.flush();
    assert_eq!(grace.names_posted(), ["Viewed page: Dresses", "Logged in"]);
}

#[test]
fn a_token_that_is_renewed_on_one_page_is_no_login() {
    let mut page = PageUnderTest::granted();
    page.page_view();
    page.token(token_of("ada"));
    page.now += 3_600_000;
    page.input(Input::Woke);
    page.flush();
    page.answer(401);
    page.token(token_of("ada"));
    page.flush();
    assert_eq!(page.names_posted().iter().filter(|name| *name == "Logged in").count(), 1);
}

#[test]
fn whoever_stays_on_a_page_for_an_hour_and_goes_on_did_not_log_in() {
    let mut first = PageUnderTest::granted();
    first.page_view();
    first.token(token_of("ada"));
    first.now += 3_600_000;
    first.input(Input::Leaving);
    let mut next = PageUnderTest::granted();
    (next.kept, next.now) = (first.kept, first.now + 1_000);
    next.recall();
    next.page_view();
    next.token(token_of("ada"));
    next.flush();
    assert_eq!(next.names_posted(), ["Viewed page: Dresses"]);
}

#[test]
fn one_customer_s_records_never_leave_with_another_s_token() {
    let mut page = PageUnderTest::new(r#"{"tenant":"acme","consent":"granted","batch":{"seconds":60}}"#);
    page.page_view();
    page.token(token_of("ada"));
    page.log_in();
    page.token(token_of("grace"));
    page.flush();
    assert_eq!(page.names_posted(), ["Logged in"]);
    assert_eq!(page.rules_refused(), ["another-customer"; 2]);
}

#[test]
fn signing_out_forgets_everything_and_a_late_token_is_not_taken() {
    let mut page = PageUnderTest::granted();
    page.page_view();
    let late = page.questions.pop().unwrap();
    page.input(Input::SignOut);
    page.log_in();
    page.input(Input::Token { question: late, answer: token_of("ada") });
    page.flush();
    assert!(page.posts.is_empty());
    assert_eq!(page.kept, Some(session_at(1_764_000_000_000, None)), "and the session names nobody");
    page.token(token_of("grace"));
    assert_eq!(page.names_posted(), ["Logged in"]);
}
