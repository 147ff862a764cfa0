//! What a page shows: its markup, its forms, its addresses and titles.

use crate::page::{ADDRESS, Page};
use crate::{json, own, value};
use omneo_interactions::capture::{Markup, Submission, product as found};
use omneo_interactions::interaction::{Map, Value};
use omneo_interactions::privacy::{FormField, Policy, scrub};
use omneo_interactions::tracker::{Event, Input};

/// Markup shows a product or none; what it tells of one, a call takes.
pub fn product(text: &str) {
    let Some(given) = value(text) else { return };
    let Some(found) = found(&markup(&given), ADDRESS, &said(&given, "title")) else { return };
    let product: Map = found.into_iter().filter(|(name, _)| **name != *"id").collect();
    let mut page = Page::open(r#"{"tenant":"acme","consent":"granted"}"#).expect("settings");
    page.input(Input::Start);
    page.input(Input::ProductShown { product });
    assert_eq!(page.events.len(), 1, "one view, or why none");
}

/// `{said, canonical, kind, heading, explicit}` as the browser reads a page's markup.
pub fn markup(given: &Value) -> Markup {
    Markup {
        said: given.get("said").map(Value::items).unwrap_or_default().iter().map(|all| all.items().to_vec()).collect(),
        canonical: said(given, "canonical"),
        kind: said(given, "kind"),
        heading: said(given, "heading"),
        explicit: given.get("explicit").and_then(Value::map).cloned().unwrap_or_default(),
    }
}

fn said(given: &Value, name: &str) -> Box<str> {
    given.get(name).and_then(Value::text).unwrap_or_default().into()
}

/// Of a form only the fields that a rule names are asked for, and nothing else of it is kept. A line is a field of five texts, with
/// `|` between.
pub fn fields(text: &str) {
    let fields: Vec<FormField> = text.lines().map(|line| field(&mut line.split('|'))).collect();
    let mut submission = Submission { form: "profile".into(), name: "Profile".into(), fields, ..Submission::default() };
    let mut page = Page::open(NAMING).expect("settings");
    page.input(Input::Start);
    let asked = page.fields_to_read(&submission);
    // Every field has a value, asked for or not: none may be kept that was not.
    for (place, field) in submission.fields.iter_mut().enumerate() {
        field.value = Some(worth(place));
    }
    let places = submission.fields.len();
    page.input(Input::Submitted { submission });
    let [recorded @ Event::Recorded(_)] = &*page.events else {
        panic!("a submission is one record: {:?}", page.events)
    };
    let told = json(&recorded.detail());
    assert!((0..places).all(|place| !told.contains(&*worth(place)) || asked.contains(&place)), "{told}");
}

/// A field's name, id, label, type and autocomplete.
pub fn field<'a>(texts: &mut impl Iterator<Item = &'a str>) -> FormField {
    let mut next = || texts.next().unwrap_or_default().into();
    FormField { name: next(), id: next(), label: next(), kind: next(), autocomplete: next(), ..FormField::default() }
}

fn worth(place: usize) -> Box<str> {
    format!("<{place}>").into()
}

const NAMING: &str = r#"{"tenant":"acme","consent":"granted","policy":{"rules":[{"rule":"form","kind":["formSubmission"],"form":["profile"],"fields":["size","colour",{"name":"birthday","personal":true}]}]}}"#;

/// Scrubbing twice changes nothing more, and neither does cleaning an address twice.
pub fn text(text: &str) {
    let once = scrub(text);
    assert!(once.len() <= text.len());
    assert_eq!(scrub(&once), once);
    for policy in ["{}", r#"{"query":["page","q"]}"#] {
        let policy = Policy::read(&own(policy)).expect("a policy");
        let once = policy.clean(text);
        assert!(once.len() <= text.len());
        assert_eq!(policy.clean(&once), once);
    }
}
