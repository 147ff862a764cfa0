//! Submissions that a script sends, from the button to the record.

use super::*;
use crate::capture::{Attempt, Press, Signs};

impl PageUnderTest {
    fn attempt(&mut self, number: u32, attempt: Attempt) {
        let submission = Submission { form: "f".into(), number, attempt: Some(attempt), ..Submission::default() };
        self.input(Input::Submitted { submission });
    }

    fn begin(&mut self) {
        self.attempt(1, Attempt::default());
    }

    fn see(&mut self, times: usize, signs: &Signs) {
        for _ in 0..times {
            self.now += 100;
            self.input(Input::FormSeen { number: 1, signs: signs.clone() });
        }
    }

    fn sent_by_the_browser(&mut self) {
        let submission = Submission { form: "f".into(), number: 1, ..Submission::default() };
        self.input(Input::Submitted { submission });
    }

    fn submissions(&self) -> Vec<&str> {
        self.names_recorded().into_iter().filter(|name| name.starts_with("Submitted")).collect()
    }
}

fn answered(status: u16) -> Signs {
    Signs(format!("{status} https://shop.example/api").into())
}

const ONE: [&str; 1] = ["Submitted form: f"];

#[test]
fn it_counts_once_the_site_took_it_and_has_the_time_and_place_of_the_button() {
    let mut page = PageUnderTest::granted_without_logins();
    page.begin();
    page.token(token_of("ada"));
    assert!(page.tracker.is_open(1) && page.posts.is_empty() && page.shelf.len() == 1);
    page.see(4, &answered(200));
    assert_eq!(page.submissions(), [""; 0]);
    page.address = "https://shop.example/thanks".to_owned();
    page.see(1, &answered(200));
    assert_eq!(page.submissions(), ONE);
    let record = page.posts[0].record();
    assert_eq!(record.interacted_at.as_deref(), Some("2025-11-24T16:00:00.000Z"));
    assert_eq!(record.url.as_deref(), Some("https://shop.example/dresses"));
    assert!(!page.tracker.is_open(1));
}

#[test]
fn one_that_the_site_refused_leaves_nothing_and_the_next_is_the_first() {
    let mut page = PageUnderTest::granted_without_logins();
    page.begin();
    page.see(5, &answered(422));
    assert!(!page.tracker.is_open(1) && page.shelf.is_empty() && page.report().kept == 0);
    assert_eq!(page.submissions(), [""; 0]);
    page.begin();
    page.see(20, &Signs::default());
    assert_eq!(page.submissions(), ONE);
    page.begin();
    assert!(!page.tracker.is_open(1), "again, unchanged");
}

#[test]
fn one_that_shows_at_once_that_it_is_refused_is_not_even_kept() {
    let mut page = PageUnderTest::granted_without_logins();
    let (attempt, signs) = (Some(Attempt::default()), Signs("i".into()));
    page.input(Input::Submitted { submission: Submission { number: 1, attempt, signs, ..Submission::default() } });
    assert!(page.report().kept == 0 && !page.tracker.is_open(1));
}

#[test]
fn what_the_browser_sends_counts_at_once_and_with_it_what_a_script_took_over() {
    let mut page = PageUnderTest::granted_without_logins();
    page.sent_by_the_browser();
    assert_eq!(page.submissions(), ONE);
    let mut page = PageUnderTest::granted_without_logins();
    page.begin();
    page.sent_by_the_browser();
    assert_eq!((page.submissions(), page.tracker.is_open(1)), (ONE.to_vec(), false));
}

#[test]
fn two_tries_of_one_form_are_one_and_two_forms_are_two() {
    let mut page = PageUnderTest::granted_without_logins();
    page.begin();
    page.see(19, &Signs::default());
    page.begin();
    page.see(19, &Signs::default());
    assert_eq!(page.submissions(), [""; 0], "it waits for the second as long");
    page.attempt(2, Attempt::default());
    page.see(1, &Signs::default());
    page.input(Input::Leaving);
    assert_eq!(page.submissions().len(), 2);
}

#[test]
fn a_form_that_was_changed_since_is_another_submission() {
    let mut page = PageUnderTest::granted_without_logins();
    page.begin();
    page.now += 600;
    let attempt = Some(Attempt::default());
    let submission = Submission { form: "f".into(), number: 1, changes: 1, attempt, ..Submission::default() };
    page.input(Input::Submitted { submission });
    assert_eq!((page.submissions(), page.tracker.is_open(1)), (ONE.to_vec(), true));
}

#[test]
fn a_page_that_is_left_hidden_or_gives_way_counts_what_was_open() {
    for leave in [
        |page: &mut PageUnderTest| page.input(Input::Leaving),
        |page: &mut PageUnderTest| page.input(Input::Hidden),
        |page: &mut PageUnderTest| page.open("https://shop.example/thanks", "Thanks"),
    ] {
        let mut page = PageUnderTest::granted_without_logins();
        page.begin();
        leave(&mut page);
        assert_eq!(page.submissions(), ONE);
        page.see(1, &answered(422));
        assert_eq!(page.submissions(), ONE);
    }
}

#[test]
fn a_withdrawal_and_a_sign_out_drop_what_was_open() {
    for drop in [
        |page: &mut PageUnderTest| page.consent(Consent::Denied),
        |page: &mut PageUnderTest| page.input(Input::SignOut),
        |page: &mut PageUnderTest| page.input(Input::SignedOutElsewhere),
        |page: &mut PageUnderTest| page.token(TokenAnswer::Answered { answer: Value::Null, claims: Value::Null }),
    ] {
        let mut page = PageUnderTest::granted_without_logins();
        page.begin();
        drop(&mut page);
        page.see(20, &Signs::default());
        page.input(Input::Leaving);
        assert!(page.submissions().is_empty() && page.posts.is_empty() && page.report().kept == 0);
    }
}

#[test]
fn flush_waits_for_what_is_open() {
    let mut page = PageUnderTest::granted_without_logins();
    page.begin();
    page.token(token_of("ada"));
    page.flush();
    page.see(19, &Signs::default());
    assert_eq!(page.settled, 0);
    page.see(1, &Signs::default());
    page.answer(201);
    assert_eq!(page.settled, 1);
}

#[test]
fn a_page_that_dies_leaves_what_was_open_to_the_next() {
    let mut page = PageUnderTest::granted_without_logins();
    page.begin();
    page.token(token_of("ada"));
    let mut next = page.next_page();
    next.token(token_of("ada"));
    next.answer_with(200, "", r#"{"data":[]}"#);
    assert_eq!(next.names_posted(), ONE);
}

#[test]
fn a_button_that_was_only_pressed_gives_way_to_the_form_s_own_submission() {
    let press = || Attempt::new(Some(Press { is_in_form: true, ..Press::default() }));
    let mut page = PageUnderTest::granted_without_logins();
    page.attempt(1, press());
    page.sent_by_the_browser();
    page.attempt(1, press());
    page.see(20, &answered(200));
    assert_eq!(page.submissions(), ONE);
    let mut page = PageUnderTest::granted_without_logins();
    page.attempt(1, press());
    page.see(20, &Signs::default());
    assert_eq!((page.submissions().len(), page.shelf.len()), (0, 0));
    page.attempt(1, press());
    page.see(5, &answered(200));
    assert_eq!(page.submissions(), ONE);
}

#[test]
fn the_tracker_s_own_requests_say_nothing_of_the_site_s() {
    let mut page = PageUnderTest::granted_without_logins();
    page.begin();
    page.see(20, &Signs("401 https://api.acme.getomneo.com/id/api/v1/profiles/me/interactions?x=1".into()));
    assert_eq!(page.submissions(), ONE);
}
