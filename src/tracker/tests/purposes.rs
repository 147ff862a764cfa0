//! A rule that names a purpose, and a visitor who agreed to some and not to others.

use super::*;

const SETTINGS: &str = r#"{"tenant":"acme","capture":{"logins":false},"policy":{"rules":[
    {"rule":"store-finder","purpose":"services","action":["service"]},
    {"rule":"campaign","purpose":"ads","action":["reach"]}]},"batch":{"seconds":60}}"#;

fn three_things(page: &mut PageUnderTest) {
    page.page_view();
    for (action, name) in [("service", "Found a store"), ("reach", "Saw a campaign")] {
        let record =
            format!(r#"{{"action":"{action}","channel":"website","signal":1,"name":"{name}","namespace":"n"}}"#);
        page.call(CallName::Record, &record).unwrap();
    }
}

fn agree(page: &mut PageUnderTest, answer: &str) {
    let (consent, purposes) = Consent::read(&json(answer)).unwrap();
    page.input(Input::Consent { consent, purposes });
}

#[test]
fn what_waited_goes_as_far_as_the_consent_covers_it() {
    for (answer, names) in [
        (r#""granted""#, ["Viewed page: Dresses", "Found a store", "Saw a campaign"].as_slice()),
        (r#"["services"]"#, &["Viewed page: Dresses", "Found a store"]),
        (r#"["other"]"#, &["Viewed page: Dresses"]),
        ("[]", &["Viewed page: Dresses"]),
    ] {
        let mut page = PageUnderTest::new(SETTINGS);
        three_things(&mut page);
        assert!(page.rules_refused().is_empty(), "nobody was asked yet");
        agree(&mut page, answer);
        assert_eq!(page.rules_refused(), vec!["purpose"; 3 - names.len()], "{answer}");
        assert_eq!(page.shelf.len(), names.len(), "and nothing else is stored");
        page.token(token_of("ada"));
        page.flush();
        assert_eq!(page.names_posted(), names, "{answer}");
    }
}

#[test]
fn a_purpose_that_is_taken_back_takes_what_waits_for_it() {
    let mut page = PageUnderTest::new(SETTINGS);
    agree(&mut page, r#"["services","ads"]"#);
    three_things(&mut page);
    assert_eq!(page.shelf.len(), 3);
    agree(&mut page, r#"["services"]"#);
    assert_eq!((page.rules_refused(), page.shelf.len()), (vec!["purpose"], 2));
    three_things(&mut page);
    assert_eq!((page.rules_refused().len(), page.shelf.len()), (2, 4), "from here on it is refused at once");
}

#[test]
fn a_purpose_that_is_taken_back_stops_what_is_under_way_for_it() {
    let mut page = PageUnderTest::new(SETTINGS);
    agree(&mut page, r#"["services","ads"]"#);
    three_things(&mut page);
    page.token(token_of("ada"));
    page.flush();
    assert_eq!(page.posts.len(), 3);
    agree(&mut page, r#"["services"]"#);
    assert_eq!((page.rules_refused(), page.posts.len()), (vec!["purpose"], 0));
    assert_eq!(page.shelf.len(), 2, "the rest may have arrived, and is looked for in its time");
}

#[test]
fn what_an_earlier_page_left_is_held_to_the_consent_of_today() {
    let mut earlier = PageUnderTest::new(SETTINGS);
    agree(&mut earlier, r#""granted""#);
    three_things(&mut earlier);
    let mut page = PageUnderTest::new(SETTINGS);
    agree(&mut page, r#"["services"]"#);
    page.input(adopted(&earlier.shelf));
    assert_eq!(page.rules_refused(), ["purpose"]);
}
