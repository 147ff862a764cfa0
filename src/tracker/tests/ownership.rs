//! A record leaves only with a token of the customer it belongs to, whatever other pages did meanwhile.

use super::*;
use crate::privacy::Kind;
use crate::queue::Owner;

const LEFT: &str =
    r#"{"action":"view","channel":"website","signal":0,"name":"Left","namespace":"n","meta":{"event_id":"7"}}"#;

#[test]
fn what_was_done_before_a_token_came_is_that_customer_s_who_was_signed_in_then() {
    for (session, token, refused) in [
        (Some(session_of("ada")), "ada", None),
        (Some(session_of("ada")), "grace", Some("another-customer")),
        (None, "ada", Some("unknown-customer")),
        (Some(session_at(1_763_999_999_000, None)), "ada", Some("unknown-customer")),
        (Some("garbage".to_owned()), "ada", Some("unknown-customer")),
    ] {
        let mut page = opened();
        page.kept = session.clone();
        page.recall();
        page.page_view();
        let mut next = page.next_page();
        next.token(token_of(token));
        if refused.is_none() {
            assert_eq!(next.names_posted(), [""], "looked for first: {session:?}");
        } else {
            assert!(next.posts.is_empty() && next.shelf.is_empty(), "{session:?} {token}");
        }
        assert_eq!(next.rules_refused(), refused.into_iter().collect::<Vec<_>>(), "{session:?} {token}");
    }
}

#[test]
fn ownership_is_checked_where_a_page_has_its_token_as_it_adopts() {
    let [ada, grace] = ["ada", "grace"].map(|name| profile_of(name).into_boxed_str());
    for (owner, refused) in [
        (Owner::Profile(ada.clone()), None),
        (Owner::Profile(grace.clone()), Some("another-customer")),
        (Owner::Last(Some(ada.clone())), None),
        (Owner::Last(Some(grace)), Some("another-customer")),
        (Owner::Last(None), Some("unknown-customer")),
        // An opaque token named nobody, before 0.2.
        (Owner::Profile(Box::default()), Some("another-customer")),
    ] {
        let mut page = signed_in("ada");
        page.shelf.insert("7".to_owned(), left_by(owner.clone()));
        page.now += 1_000;
        page.adopt();
        assert_eq!(page.rules_refused(), refused.into_iter().collect::<Vec<_>>(), "{owner:?}");
        assert_eq!(page.names_posted(), vec![""; usize::from(refused.is_none())], "{owner:?}");
    }
    let mut page = opened();
    page.page_view();
    page.token(nobody());
    page.shelf.insert("7".to_owned(), left_by(Owner::Profile(ada)));
    page.adopt();
    assert_eq!(page.rules_refused(), ["signed-out"; 2]);
}

#[test]
fn what_the_last_release_kept_is_read() {
    let until = format!("1764000000000+ {}", profile_of("ada"));
    for (kept, refused) in [
        (format!("1764000000000 {}  {LEFT}", profile_of("ada")), None),
        (format!("1764000000000 {} ads {LEFT}", profile_of("ada")), None),
        (format!("{until}  {LEFT}"), None),
        (format!("1764000000000 ?  {LEFT}"), Some("unknown-customer")),
        // An opaque token named nobody.
        (format!("1764000000000   {LEFT}"), Some("another-customer")),
    ] {
        let mut page = opened();
        page.kept = Some(session_of("ada"));
        page.shelf.insert("7".to_owned(), kept.clone());
        page.recall();
        page.adopt();
        page.token(token_of("ada"));
        assert_eq!(page.rules_refused(), refused.into_iter().collect::<Vec<_>>(), "{kept}");
        if refused.is_none() {
            assert_eq!(page.names_posted(), [""], "{kept}");
            page.answer_with(200, "", r#"{"data":[]}"#);
            assert_eq!(page.names_posted(), ["Left"], "{kept}");
        }
    }
    let mut page = opened();
    // Of a customer whose token did not say who it was.
    page.kept = Some("1763999999000 0 ".to_owned());
    page.recall();
    page.page_view();
    page.token(token_of("ada"));
    assert_eq!(page.names_posted(), ["Viewed page: Dresses"]);
}

#[test]
fn a_session_that_changed_hands_makes_every_page_ask_before_it_goes_on() {
    for session in [session_of("grace"), session_at(1_764_000_001_000, None), "garbage".to_owned()] {
        let mut page = signed_in("ada");
        page.page_view();
        assert_eq!(page.posts.len(), 1);
        page.kept = Some(session.clone());
        page.recall();
        assert!(page.posts.is_empty(), "{session}: what is under way is stopped");
        page.page_view();
        assert!(page.posts.is_empty(), "{session}: and nothing is sent before the answer");
        page.token(token_of("grace"));
        assert_eq!(page.rules_refused(), ["another-customer"], "{session}: Ada's");
        assert_eq!(page.names_posted(), ["Viewed page: Dresses"], "{session}: Grace's");
        assert_eq!(page.session().unwrap().profile, Some(profile_of("grace").into()));
    }
}

#[test]
fn a_session_that_is_still_the_same_customer_s_stops_nothing() {
    let mut page = signed_in("ada");
    page.page_view();
    page.kept = Some(session_of("ada"));
    page.recall();
    assert_eq!(page.posts.len(), 1);
    assert!(page.questions.is_empty());
}

#[test]
fn a_session_that_is_gone_was_taken_back_elsewhere() {
    let mut page = signed_in("ada");
    page.page_view();
    page.kept = None;
    page.shelf.clear();
    page.recall();
    assert!(page.posts.is_empty(), "nothing goes on");
    assert_eq!(page.rules_refused(), ["consent-withdrawn"], "and what waited goes, as it did there");
    page.page_view();
    page.now += 2 * UNDER_WAY_MS;
    page.input(Input::Woke);
    page.flush();
    assert!(page.posts.is_empty() && page.shelf.is_empty() && page.kept.is_none(), "or is kept");
    page.consent(Consent::Denied);
    assert_eq!(page.rules_refused(), ["consent-withdrawn"; 2]);
    page.consent(Consent::Granted);
    page.page_view();
    assert!(page.posts.is_empty(), "whoever agrees now may be somebody else");
    page.token(token_of("grace"));
    assert_eq!(page.names_posted(), ["Viewed page: Dresses"]);
    let mut blocked = signed_in("ada");
    blocked.input(Input::StorageFailed);
    blocked.kept = None;
    blocked.recall();
    assert_eq!(blocked.tracker.consent, Consent::Granted, "storage that takes nothing says nothing");
    let mut fresh = opened();
    fresh.page_view();
    fresh.recall();
    assert_eq!(fresh.tracker.consent, Consent::Granted, "neither does one where nothing was kept yet");
}

#[test]
fn a_page_that_nobody_saw_for_a_while_asks_who_is_there() {
    for (hidden_ms, asks) in [(10_000, false), (10_001, true), (-1, true)] {
        let mut page = signed_in("ada");
        page.input(Input::Hidden);
        page.now += hidden_ms;
        page.input(Input::Visible);
        page.page_view();
        assert_eq!((page.questions.len(), page.posts.len()), if asks { (1, 0) } else { (0, 1) }, "{hidden_ms}");
        if asks {
            page.token(token_of("grace"));
            assert_eq!(page.names_posted(), ["Viewed page: Dresses"], "whoever is there now");
        }
    }
    let mut back = signed_in("ada");
    back.input(Input::Leaving);
    back.now += 3_600_000;
    back.input(Input::Visible);
    back.page_view();
    assert_eq!((back.questions.len(), back.posts.len()), (1, 0), "so does one that comes back");
}

#[test]
fn what_waited_on_a_page_that_nobody_saw_is_not_whoever_s_is_there_then() {
    let mut page = opened();
    page.page_view();
    page.input(Input::Hidden);
    page.now += 60_000;
    page.input(Input::Visible);
    page.token(token_of("grace"));
    assert!(page.posts.is_empty());
    assert_eq!(page.rules_refused(), ["unknown-customer"]);
}

#[test]
fn a_page_that_knew_of_nobody_hears_of_a_login_elsewhere() {
    let mut page = opened();
    page.page_view();
    page.token(nobody());
    page.page_view();
    assert_eq!(page.rules_refused(), ["signed-out"; 2]);
    page.now += 1_000;
    page.kept = Some(session_at(page.now, Some("grace")));
    page.recall();
    page.page_view();
    page.token(token_of("grace"));
    assert_eq!(page.names_posted(), ["Viewed page: Dresses"]);
}

#[test]
fn what_another_page_took_while_it_was_under_way_is_stopped() {
    let mut page = signed_in("ada");
    page.page_view();
    page.page_view();
    assert_eq!(page.posts.len(), 2);
    let first = page.shelf.first_key_value().unwrap().0.as_str().into();
    page.input(Input::TakenOver { ids: vec![first] });
    assert!(page.posts.is_empty(), "its request may not have begun yet");
    assert_eq!(page.report(), Report { delivered: 1, kept: 1, ..Report::default() });
    page.sleep_until_woken();
    assert_eq!(page.names_posted(), [""], "and what else was under way is looked for in its time");
}

#[test]
fn nobody_signed_in_stops_what_is_under_way() {
    let mut page = signed_in("ada");
    page.page_view();
    page.page_view();
    page.answer(401);
    assert_eq!(page.posts.len(), 1);
    page.token(nobody());
    assert!(page.posts.is_empty() && page.shelf.is_empty());
    assert_eq!(page.rules_refused(), ["signed-out"; 2]);
    assert_eq!(page.kept, Some(session_at(1_764_000_000_001, None)));
}

#[test]
fn another_customer_s_token_stops_what_is_under_way() {
    let mut page = signed_in("ada");
    page.page_view();
    page.page_view();
    page.answer(401);
    page.token(token_of("grace"));
    assert!(page.posts.is_empty() && page.shelf.is_empty());
    assert_eq!(page.rules_refused(), ["another-customer"; 2]);
}

#[test]
fn two_pages_whose_sources_name_two_customers_do_not_take_the_session_from_each_other() {
    let mut page = signed_in("ada");
    page.page_view();
    let grace = Some(session_of("grace"));
    for _ in 0..3 {
        page.kept.clone_from(&grace);
        page.recall();
        page.page_view();
        page.token(token_of("ada"));
        assert_eq!(page.kept, grace, "it stays the other page's");
    }
    page.now += 3_600_000;
    page.input(Input::Hidden);
    page.now += 3_600_000;
    page.input(Input::Visible);
    page.page_view();
    page.token(token_of("ada"));
    let names = page.names_recorded();
    assert!(names.iter().filter(|name| **name == "Logged in").count() <= 1, "and nobody logs in once more");
}

#[test]
fn a_login_while_a_token_is_awaited_takes_nothing_of_the_customer_before() {
    for (name, rules) in [("grace", vec!["another-customer"]), ("ada", vec![])] {
        let mut page = opened();
        page.kept = Some(session_of("ada"));
        page.recall();
        page.page_view();
        page.now += 1;
        page.log_in();
        // What pages that are gone left: nothing.
        let own = std::mem::take(&mut page.shelf);
        page.adopt();
        page.shelf = own;
        page.token(token_of(name));
        assert_eq!(page.rules_refused(), rules, "{name}");
        assert!(page.names_posted().contains(&"Logged in".to_owned()));
    }
}

#[test]
fn a_sign_out_on_another_page_holds_here() {
    let mut page = signed_in("ada");
    page.page_view();
    page.shelf.clear();
    page.input(Input::SignedOutElsewhere);
    assert!(page.posts.is_empty());
    page.page_view();
    assert_eq!(page.rules_refused(), ["signed-out"; 2]);
    assert!(page.questions.is_empty());
    // That page has written who is there, and by now it may be the next customer.
    page.kept = Some(session_at(1_764_000_000_001, Some("grace")));
    page.recall();
    page.page_view();
    page.token(token_of("grace"));
    assert_eq!(page.names_posted(), ["Viewed page: Dresses"]);
}

#[test]
fn a_token_that_does_not_say_whose_it_is_carries_nothing() {
    let mut page = opened();
    page.page_view();
    page.token(source_answers("\"opaque\""));
    assert!(page.posts.is_empty());
    let reason = &page.failed()[0].reason;
    assert!(reason.ends_with(": the claim `pid` of its token is missing, or no UUID"), "{reason}");
    page.sleep_until_woken();
    page.token(token_of("ada"));
    assert_eq!(page.names_posted(), ["Viewed page: Dresses"]);
}

/// A record that a page left behind, as storage has it.
fn left_by(owner: Owner) -> String {
    let record = Interaction::try_from(json(LEFT)).unwrap();
    text_of(&Entry::new("7".into(), owner, Instant(1_764_000_000_000), Kind::Record, record).snapshot())
}

fn opened() -> PageUnderTest {
    PageUnderTest::granted_without_logins()
}

/// A page that has a token of that customer's, and nothing that waits.
fn signed_in(name: &str) -> PageUnderTest {
    let mut page = opened();
    page.page_view();
    page.token(token_of(name));
    page.answer(201);
    page.now += 1;
    page
}
