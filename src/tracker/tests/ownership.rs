//! A record leaves only with a token of the customer it belongs to, whatever other pages did meanwhile.

use super::*;

const BODY: &str = r#"{"name":"Left","meta":{"event_id":"7"}}"#;

#[test]
fn what_was_done_before_a_token_came_is_that_customer_s_who_was_signed_in_then() {
    for (session, token, refused) in [
        (Some(session_of("ada")), "ada", None),
        (Some(session_of("ada")), "grace", Some("another-customer")),
        (None, "ada", Some("unknown-customer")),
        (Some("1763999999000 1763999999000 ?".to_owned()), "ada", Some("unknown-customer")),
        (Some("garbage".to_owned()), "ada", Some("unknown-customer")),
    ] {
        let mut page = opened();
        page.kept = session.clone();
        page.recall();
        page.page_view();
        let mut next = page.next_page();
        next.token(&token_of(token));
        if refused.is_none() {
            assert_eq!(next.names_posted(), [""], "looked for first: {session:?}");
        } else {
            assert!(next.posts.is_empty() && next.shelf.is_empty(), "{session:?} {token}");
        }
        assert_eq!(next.rules("refused"), refused.into_iter().collect::<Vec<_>>(), "{session:?} {token}");
    }
}

#[test]
fn ownership_is_checked_where_a_page_has_its_token_as_it_adopts() {
    for (kept_as, refused) in [
        (profile_of("ada"), None),
        (profile_of("grace"), Some("another-customer")),
        (format!("?{}", profile_of("ada")), None),
        (format!("?{}", profile_of("grace")), Some("another-customer")),
        ("?".to_owned(), Some("unknown-customer")),
        (String::new(), Some("another-customer")),
    ] {
        let mut page = signed_in("ada");
        page.shelf.insert("7".to_owned(), format!("1764000000000 {kept_as}  {BODY}"));
        page.now += 1_000;
        page.adopt();
        assert_eq!(page.rules("refused"), refused.into_iter().collect::<Vec<_>>(), "{kept_as}");
        assert_eq!(page.names_posted(), vec![""; usize::from(refused.is_none())], "{kept_as}");
    }
    let mut nobody = opened();
    nobody.page_view();
    nobody.token("null");
    nobody.shelf.insert("7".to_owned(), format!("1764000000000 {}  {BODY}", profile_of("ada")));
    nobody.adopt();
    assert_eq!(nobody.rules("refused"), ["signed-out"; 2]);
}

#[test]
fn what_the_last_release_kept_is_read() {
    let until = format!("1764000000000+ {}", profile_of("ada"));
    for (kept, refused) in [
        (format!("1764000000000 {}  {BODY}", profile_of("ada")), None),
        (format!("1764000000000 {} ads {BODY}", profile_of("ada")), None),
        (format!("{until}  {BODY}"), None),
        (format!("1764000000000 ?  {BODY}"), Some("unknown-customer")),
        // An opaque token named nobody.
        (format!("1764000000000   {BODY}"), Some("another-customer")),
    ] {
        let mut page = opened();
        page.kept = Some(session_of("ada"));
        page.shelf.insert("7".to_owned(), kept.clone());
        page.recall();
        page.adopt();
        page.token(&token_of("ada"));
        assert_eq!(page.rules("refused"), refused.into_iter().collect::<Vec<_>>(), "{kept}");
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
    page.token(&token_of("ada"));
    assert_eq!(page.names_posted(), ["Viewed page: Dresses"]);
}

#[test]
fn a_session_that_changed_hands_makes_every_page_ask_before_it_goes_on() {
    for session in [session_of("grace"), "1764000001000 1764000001000 ?".to_owned(), "garbage".to_owned()] {
        let mut page = signed_in("ada");
        page.page_view();
        assert_eq!(page.posts.len(), 1);
        page.kept = Some(session.clone());
        page.recall();
        assert!(page.posts.is_empty(), "{session}: what is under way is stopped");
        page.page_view();
        assert!(page.posts.is_empty(), "{session}: and nothing is sent before the answer");
        page.token(&token_of("grace"));
        assert_eq!(page.rules("refused"), ["another-customer"], "{session}: Ada's");
        assert_eq!(page.names_posted(), ["Viewed page: Dresses"], "{session}: Grace's");
        assert!(page.kept.unwrap().ends_with(&profile_of("grace")));
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
    assert_eq!(page.rules("refused"), ["consent-withdrawn"], "and what waited goes, as it did there");
    page.page_view();
    page.now += 2 * UNDER_WAY_MS;
    page.input(|tracker, moment| tracker.woke(moment));
    page.flush();
    assert!(page.posts.is_empty() && page.shelf.is_empty() && page.kept.is_none(), "or is kept");
    page.input(|tracker, moment| tracker.consent(Consent::Denied, moment));
    assert_eq!(page.rules("refused"), ["consent-withdrawn"; 2]);
    page.input(|tracker, moment| tracker.consent(Consent::Granted, moment));
    page.page_view();
    assert!(page.posts.is_empty(), "whoever agrees now may be somebody else");
    page.token(&token_of("grace"));
    assert_eq!(page.names_posted(), ["Viewed page: Dresses"]);
    let mut blocked = signed_in("ada");
    blocked.input(|tracker, _| tracker.keeps_no_more());
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
        page.input(|tracker, moment| tracker.hidden(moment));
        page.now += hidden_ms;
        page.input(|tracker, moment| tracker.visible(moment));
        page.page_view();
        assert_eq!((page.questions.len(), page.posts.len()), if asks { (1, 0) } else { (0, 1) }, "{hidden_ms}");
        if asks {
            page.token(&token_of("grace"));
            assert_eq!(page.names_posted(), ["Viewed page: Dresses"], "whoever is there now");
        }
    }
    let mut back = signed_in("ada");
    back.input(|tracker, moment| tracker.leaving(moment));
    back.now += 3_600_000;
    back.input(|tracker, moment| tracker.visible(moment));
    back.page_view();
    assert_eq!((back.questions.len(), back.posts.len()), (1, 0), "so does one that comes back");
}

#[test]
fn what_waited_on_a_page_that_nobody_saw_is_not_whoever_s_is_there_then() {
    let mut page = opened();
    page.page_view();
    page.input(|tracker, moment| tracker.hidden(moment));
    page.now += 60_000;
    page.input(|tracker, moment| tracker.visible(moment));
    page.token(&token_of("grace"));
    assert!(page.posts.is_empty());
    assert_eq!(page.rules("refused"), ["unknown-customer"]);
}

#[test]
fn a_page_that_knew_of_nobody_hears_of_a_login_elsewhere() {
    let mut page = opened();
    page.page_view();
    page.token("null");
    page.page_view();
    assert_eq!(page.rules("refused"), ["signed-out"; 2]);
    page.now += 1_000;
    page.kept = Some(format!("{0} {0} {1}", page.now, profile_of("grace")));
    page.recall();
    page.page_view();
    page.token(&token_of("grace"));
    assert_eq!(page.names_posted(), ["Viewed page: Dresses"]);
}

#[test]
fn what_another_page_took_while_it_was_under_way_is_stopped() {
    let mut page = signed_in("ada");
    page.page_view();
    page.page_view();
    assert_eq!(page.posts.len(), 2);
    let ids = format!("[{}]", quoted(page.shelf.first_key_value().unwrap().0));
    page.input(|tracker, moment| tracker.taken(Json::parse(&ids).unwrap(), moment));
    assert!(page.posts.is_empty(), "its request may not have begun yet");
    assert_eq!(page.report(), r#"{"delivered":1,"refused":0,"kept":1,"failed":0}"#);
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
    page.token("null");
    assert!(page.posts.is_empty() && page.shelf.is_empty());
    assert_eq!(page.rules("refused"), ["signed-out"; 2]);
    assert_eq!(page.kept.as_deref(), Some("1764000000001 1764000000001 ?"));
}

#[test]
fn another_customer_s_token_stops_what_is_under_way() {
    let mut page = signed_in("ada");
    page.page_view();
    page.page_view();
    page.answer(401);
    page.token(&token_of("grace"));
    assert!(page.posts.is_empty() && page.shelf.is_empty());
    assert_eq!(page.rules("refused"), ["another-customer"; 2]);
}

#[test]
fn two_pages_whose_sources_name_two_customers_do_not_take_the_session_from_each_other() {
    let mut page = signed_in("ada");
    page.page_view();
    let grace = Some(format!("{} 0 {}", page.now, profile_of("grace")));
    for _ in 0..3 {
        page.kept.clone_from(&grace);
        page.recall();
        page.page_view();
        page.token(&token_of("ada"));
        assert_eq!(page.kept, grace, "it stays the other page's");
    }
    page.now += 3_600_000;
    page.input(|tracker, moment| tracker.hidden(moment));
    page.now += 3_600_000;
    page.input(|tracker, moment| tracker.visible(moment));
    page.page_view();
    page.token(&token_of("ada"));
    let logins =
        page.told("recorded").into_iter().filter(|told| text(told.field("record").unwrap(), "name") == "Logged in");
    assert!(logins.count() <= 1, "and nobody logs in once more");
}

#[test]
fn a_login_while_a_token_is_awaited_takes_nothing_of_the_customer_before() {
    for (name, rules) in [("grace", vec!["another-customer"]), ("ada", vec![])] {
        let mut page = opened();
        page.kept = Some(format!("{} 0 {}", page.now, profile_of("ada")));
        page.recall();
        page.page_view();
        page.now += 1;
        page.call("login", "{}").unwrap();
        // What pages that are gone left: nothing.
        let own = std::mem::take(&mut page.shelf);
        page.adopt();
        page.shelf = own;
        page.token(&token_of(name));
        assert_eq!(page.rules("refused"), rules, "{name}");
        assert!(page.names_posted().contains(&"Logged in".to_owned()));
    }
}

#[test]
fn a_sign_out_on_another_page_holds_here() {
    let mut page = signed_in("ada");
    page.page_view();
    page.shelf.clear();
    page.input(|tracker, moment| tracker.signed_out_elsewhere(moment));
    assert!(page.posts.is_empty());
    page.page_view();
    assert_eq!(page.rules("refused"), ["signed-out"; 2]);
    assert!(page.questions.is_empty());
    // That page has written who is there, and by now it may be the next customer.
    page.kept = Some(format!("1764000000001 1764000000001 {}", profile_of("grace")));
    page.recall();
    page.page_view();
    page.token(&token_of("grace"));
    assert_eq!(page.names_posted(), ["Viewed page: Dresses"]);
}

#[test]
fn a_token_that_does_not_say_whose_it_is_carries_nothing() {
    let mut page = opened();
    page.page_view();
    page.token("\"opaque\"");
    assert!(page.posts.is_empty());
    let reason = page.told("failed")[0].field("reason").and_then(Json::text).unwrap();
    assert!(reason.ends_with(": the claim `pid` of its token is missing, or no UUID"), "{reason}");
    page.sleep_until_woken();
    page.token(&token_of("ada"));
    assert_eq!(page.names_posted(), ["Viewed page: Dresses"]);
}

fn opened() -> PageUnderTest {
    PageUnderTest::new(r#"{"tenant":"acme","consent":"granted","capture":{"logins":false}}"#)
}

/// A page that has a token of that customer's, and nothing that waits.
fn signed_in(name: &str) -> PageUnderTest {
    let mut page = opened();
    page.page_view();
    page.token(&token_of(name));
    page.answer(201);
    page.now += 1;
    page
}
