//! What is told of a verdict, and what would become of a form.

use super::*;
use crate::capture::{FormField, Source};

fn struck(recorded: &Recorded) -> Vec<&'static str> {
    recorded.struck.names().collect()
}

#[test]
fn a_record_is_told_with_the_rule_that_allows_it_and_who_told_of_it() {
    let mut page = PageUnderTest::granted();
    page.open("https://shop.example/a", "A");
    page.call(CallName::PageView, r#"{"title":"B"}"#).unwrap();
    let recorded = page.recorded();
    for (recorded, source) in recorded.iter().zip([Source::Capture, Source::Call]) {
        assert_eq!((&*recorded.rule, &*recorded.reason), ("view", "A view of a page or a product."));
        assert_eq!(recorded.source, source);
        assert!(struck(recorded).is_empty());
    }
}

#[test]
fn the_fields_from_which_something_was_struck_out_are_told_whoever_struck_it() {
    let mut page = PageUnderTest::granted();
    page.open("https://shop.example/a?token=x", "Hello ada@example.com");
    page.open("https://shop.example/b", "B");
    let given = r#"{"title":"C","url":"https://shop.example/c?x=1","description":"ada@example.com","tags":["sale","ada@example.com"],"meta":{"note":"ada@example.com"}}"#;
    page.call(CallName::PageView, given).unwrap();
    let told: Vec<_> = page.recorded().into_iter().map(struck).collect();
    assert_eq!(told, [vec!["url", "name"], vec![], vec!["url", "description", "tags", "meta"]]);
    let detail = Event::Recorded(page.recorded()[0].clone()).detail();
    assert_eq!(text_of(detail.get("struck").unwrap()), r#"["url","name"]"#);
    assert!(!text_of(&detail).contains("ada"));
}

#[test]
fn what_would_become_of_a_form_is_said_without_a_value() {
    let settings = r#"{"tenant":"acme","consent":"granted","policy":{"rules":[{"rule":"letter","form":["newsletter"],"fields":["size","note"]}]}}"#;
    let mut page = PageUnderTest::new(settings);
    page.open("https://shop.example/", "Shop");
    let field = |name: &str, kind: &str| FormField { name: name.into(), kind: kind.into(), ..FormField::default() };
    let form = |form: &str, purpose| Submission {
        form: form.into(),
        purpose,
        fields: vec![field("size", "text"), field("note", "textarea")],
        ..Submission::default()
    };
    let context = page.context();
    let preview = |submission: Submission| page.tracker.preview_form(&submission, &context);
    let kept = preview(form("newsletter", None));
    assert!(kept.get("allowed") == Some(&Value::Bool(true)) && kept.get("rule").unwrap().is("letter"));
    assert_eq!(text_of(kept.get("fields").unwrap()), r#"["size"]"#);
    assert!(text_of(kept.get("dropped").unwrap()).contains("fields.note"));
    let search = preview(form("find", Some(Purpose::Search)));
    assert!(search.get("allowed") == Some(&Value::Bool(false)) && search.get("rule").unwrap().is("search"));
    assert_eq!(page.names_recorded(), ["Viewed page: Shop"], "nothing is recorded of it");
}

#[test]
fn whether_somebody_is_signed_in_is_said_where_it_is_known() {
    let mut page = PageUnderTest::granted();
    assert_eq!(page.tracker.inspected(), "granted  ");
    page.page_view();
    page.token(token_of("ada"));
    assert_eq!(page.tracker.inspected(), "granted  yes");
    page.input(Input::SignOut);
    assert_eq!(page.tracker.inspected(), "granted  no");
}
