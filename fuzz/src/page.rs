//! What a page shows: its markup, its forms, its addresses and titles.

use crate::quoted::quoted;
use crate::walk::Page;
use omneo_interactions::capture;
use omneo_interactions::json::Json;
use omneo_interactions::privacy::{Policy, scrub};

/// Markup shows a product or none; what is told of it is JSON, and a call takes it.
pub fn product(text: &str) {
    let found = capture::product(Json::view(text), "https://shop.example/products/dress?size=8");
    let Some(found) = found.filter(|_| Json::parse(text).is_ok()) else { return };
    assert!(Json::parse(&found).is_ok_and(Json::is_object), "{found}");
    let mut page = Page::open(r#"{"tenant":"acme","consent":"granted"}"#).expect("settings");
    page.input("start", "");
    page.input("shown", &found);
    assert_eq!(page.count("recorded") + page.count("refused") + page.count("failed"), 1, "one view, or why none");
}

/// Of a form only the fields that a rule names are asked for, and nothing else of it is kept. A line is a field of five texts, with
/// `|` between.
pub fn fields(text: &str) {
    let fields: Vec<Vec<&str>> = text.lines().map(|line| line.split('|').take(5).collect()).collect();
    let mut page = Page::open(NAMING).expect("settings");
    page.input("start", "");
    let answer = page.input("submitted", &submission(&fields, &[]));
    let places: Vec<usize> =
        Json::view(&answer).items().map(|place| place.as_str().parse().expect("the place of a field")).collect();
    assert!(places.iter().all(|place| *place < fields.len()), "{answer}");
    if !places.is_empty() {
        assert_eq!(page.count("recorded"), 0, "nothing before the values are read");
        page.input("submitted", &submission(&fields, &places));
    }
    assert_eq!(page.count("recorded"), 1, "a submission is one record");
    let told = page.told("recorded").concat();
    let has = |place: usize| told.contains(&value(place));
    assert!((0..fields.len()).all(|place| !has(place) || places.contains(&place)), "{told}");
}

// Every field with a value, asked for or not: none may be kept that was not.
fn submission(fields: &[Vec<&str>], asked: &[usize]) -> String {
    let mut all = Vec::new();
    for (place, field) in fields.iter().enumerate() {
        let mut texts: Vec<String> = (0..5).map(|at| quoted(field.get(at).unwrap_or(&""))).collect();
        if asked.contains(&place) {
            texts.push(quoted(&value(place)));
        }
        all.push(format!("[{}]", texts.join(",")));
    }
    format!(r#"["profile","Profile","",[{}]]"#, all.join(","))
}

fn value(place: usize) -> String {
    format!("<{place}>")
}

const NAMING: &str = r#"{"tenant":"acme","consent":"granted","policy":{"rules":[{"rule":"form","kind":["formSubmission"],"form":["profile"],"fields":["size","colour",{"name":"birthday","personal":true}]}]}}"#;

/// Scrubbing twice changes nothing more, and neither does cleaning an address twice.
pub fn text(text: &str) {
    let once = scrub(text);
    assert!(once.len() <= text.len());
    assert_eq!(scrub(&once), once);
    for policy in ["{}", r#"{"query":["page","q"]}"#] {
        let policy = Policy::read(Json::view(policy)).expect("a policy");
        let once = policy.clean(text);
        assert!(once.len() <= text.len());
        assert_eq!(policy.clean(&once), once);
    }
}
