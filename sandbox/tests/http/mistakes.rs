//! Records with one mistake each: the server names the field, shows what was given and says what is accepted.

use crate::support::{ADA, Server, interaction};
use omneo_interactions::interaction;
use serde_json::{Value, json};

#[test]
fn each_mistake_is_named_with_what_was_given() {
    let server = Server::start();
    let path = format!("/api/v3/profiles/{ADA}/interactions");
    for (field, value) in mistakes() {
        let given: interaction::Value = serde_json::from_value(value.clone()).unwrap();
        let given: String = given.to_string().chars().take(60).collect();
        let refused = server.admin("POST", &path, &interaction(&json!({ field: value })));
        assert_eq!(refused.status, 422, "{field} {given}");
        let errors = refused.body["errors"].as_object().unwrap();
        let text = errors[field][0].as_str().unwrap();
        let is =
            if value.is_null() { format!("`{field}` is missing; accepted: ") } else { format!("`{field}` is {given}") };
        assert!(text.starts_with(&is) && text.contains("; accepted: "), "{text}");
        assert_eq!((errors.len(), &refused.body["message"]), (1, &errors[field][0]), "nothing else is wrong");
    }
    let list = server.admin("GET", &path, &Value::Null);
    assert_eq!(list.body["meta"]["total"], 0, "nothing of it is kept");
}

#[test]
fn a_pair_is_asked_for_by_its_missing_half() {
    let server = Server::start();
    for (given, missing) in
        [(json!({ "interacted_type": "order" }), "interacted_id"), (json!({ "interacted_id": 5 }), "interacted_type")]
    {
        let refused = server.create(ADA, &given);
        let text = format!("`{missing}` is missing; accepted: both interacted_type and interacted_id, or neither");
        assert_eq!((refused.status, &refused.body["errors"]), (422, &json!({ missing: [text] })), "{given}");
    }
}

fn mistakes() -> Vec<(&'static str, Value)> {
    let long = "x".repeat(256);
    let table: [(&str, Vec<Value>); 22] = [
        ("action", vec![json!(null), json!("purchase"), json!("View"), json!(""), json!(1)]),
        ("channel", vec![json!(null), json!("web"), json!(["website"]), json!(true)]),
        ("signal", vec![json!(null), json!(2), json!(-2), json!(0.5), json!("positive"), json!(true), json!([])]),
        ("name", vec![json!(null), json!(""), json!("  "), json!(7), json!(long)]),
        ("namespace", vec![json!(null), json!(""), json!("web engagement"), json!("wéb"), json!(long)]),
        ("description", vec![json!(1), json!({}), json!(false)]),
        ("url", vec![json!(1), json!("x".repeat(2049))]),
        ("duration", vec![json!(-1), json!("long"), json!(""), json!(true)]),
        ("latitude", vec![json!(90.001), json!(-91), json!("north"), json!([1])]),
        ("longitude", vec![json!(180.5), json!("-181"), json!({})]),
        (
            "interacted_at",
            vec![json!("yesterday"), json!("2026-02-30"), json!("2026-11-23T25:00Z"), json!(1_764_000_000)],
        ),
        ("location_id", vec![json!(0), json!(-1), json!("seven")]),
        ("product_id", vec![json!(1.5), json!(""), json!(9_007_199_254_740_992_u64)]),
        ("product_variant_id", vec![json!(true), json!("1e3")]),
        ("product_category_id", vec![json!([31]), json!("0x1f")]),
        ("staff_id", vec![json!({ "id": 501 }), json!("-501")]),
        ("organisation_id", vec![json!(0), json!("one")]),
        ("tags", vec![json!("sale"), json!([1]), json!([""]), json!({ "0": "sale" }), json!([long])]),
        ("meta", vec![json!("x"), json!([1]), json!(5)]),
        ("location", vec![json!("Collins Street"), json!(7)]),
        ("colour", vec![json!("red")]),
        ("productId", vec![json!(1001)]),
    ];
    let mistakes: Vec<_> =
        table.into_iter().flat_map(|(field, values)| values.into_iter().map(move |value| (field, value))).collect();
    assert!(mistakes.len() >= 60, "{}", mistakes.len());
    mistakes
}
