//! What the tracker's room refuses, the server refuses in the same words; and what it lets through is kept.

use crate::support::{ADA, Server, interaction};
use omneo_interactions::interaction::{self, FIELDS, Interaction, Invalid};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use serde_json::{Value, json};

#[test]
fn every_mistake_is_named_in_the_tracker_s_words() {
    let server = Server::start();
    let path = format!("/api/v3/profiles/{ADA}/interactions");
    let refused = server.admin("POST", &path, &json!({ "signal": 2, "colour": "red" }));
    assert_eq!(refused.status, 422);
    let fields: Vec<&String> = refused.body["errors"].as_object().unwrap().keys().collect();
    assert_eq!(fields, ["colour", "action", "channel", "signal", "name", "namespace"]);
    assert_eq!(
        refused.body["errors"]["signal"],
        json!(["`signal` is 2; accepted: 1 (positive), 0 (neutral) or -1 (negative)"])
    );
    assert!(refused.body["message"].as_str().unwrap().ends_with(" (and 5 more errors)"), "{refused:?}");
}

#[test]
fn a_body_that_is_no_interaction_at_all_is_refused_too() {
    let server = Server::start();
    let path = format!("/api/v3/profiles/{ADA}/interactions");
    for (body, field, message) in [
        ("", "body", "`body` is not JSON (EOF while parsing a value at line 1 column 0); accepted: JSON"),
        ("{\"a\":", "body", "`body` is not JSON (EOF while parsing a value at line 1 column 5); accepted: JSON"),
        ("[1]", "interaction", "`interaction` is [1]; accepted: an object with the fields of an interaction"),
        ("null", "interaction", "`interaction` is null; accepted: an object with the fields of an interaction"),
    ] {
        let refused = server.send("POST", &path, omneo_sandbox::ADMIN_TOKEN, body);
        assert_eq!((refused.status, &refused.body["errors"][field][0]), (422, &json!(message)), "{body}");
    }
    let large = server.admin("POST", &path, &interaction(&json!({ "description": "x".repeat(40_000) })));
    assert_eq!(large.status, 422);
    let vast = server.admin("POST", &path, &json!("x".repeat(20_000_000)));
    assert_eq!((vast.status, &vast.body["message"]), (413, &json!("The POST data is too large.")));
    assert!(large.body["errors"]["interaction"][0].as_str().unwrap().contains("at most 32768 bytes"));
}

#[test]
fn what_an_earlier_version_kept_as_it_was_written_is_still_shown() {
    let server = Server::start();
    let record = r#"{"action":"view","channel":"website","signal":1,"name":"half \ud83d","namespace":"n","latitude":-37.80,"duration":12.50,"meta":{"price":151.20}}"#;
    let database = rusqlite::Connection::open(server.folder.path().join("omneo.sqlite")).unwrap();
    let insert = "INSERT INTO interactions (profile_id, record, created_at, updated_at) VALUES (?1, ?2, '', '')";
    database.execute(insert, [ADA, record]).unwrap();
    let list = server.admin("GET", "/api/v3/interactions?filter[latitude][eq]=-37.8", &Value::Null);
    let shown = &list.body["data"][0];
    assert_eq!((&shown["name"], &shown["signal"]), (&json!("half \u{fffd}"), &json!(1)), "{list:?}");
    assert_eq!((&shown["latitude"], &shown["duration"]), (&json!("-37.8"), &json!("12.5")));
    assert_eq!(shown["meta"], json!({ "price": 151.2 }));
}

/// Values of every sort, some of which fit some fields.
fn value() -> impl Strategy<Value = Value> {
    prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        (-200..200_i64).prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        (-200.0..200.0_f64).prop_map(Value::from),
        ".{0,12}".prop_map(Value::from),
        prop::sample::select(vec!["view", "website", "1", "7", "2026-11-23", "order", "-37.8"]).prop_map(Value::from),
        prop::collection::vec(".{0,5}", 0..3).prop_map(Value::from),
        prop::collection::hash_map(".{0,5}", any::<i32>(), 0..3).prop_map(|map| json!(map)),
    ]
}

#[test]
fn the_server_and_the_tracker_agree_on_any_record() {
    let server = Server::start();
    let path = format!("/api/v3/profiles/{ADA}/interactions");
    let mut names: Vec<&str> = FIELDS.iter().map(|field| field.name).collect();
    names.push("colour");
    let fields = prop::collection::vec((prop::sample::select(names), value()), 0..5);
    TestRunner::new(Config::with_cases(300))
        .run(&fields, |fields| {
            let mut body = interaction(&json!({}));
            fields.iter().for_each(|(name, value)| body[*name] = value.clone());
            let text = body.to_string();
            let answer = server.send("POST", &path, omneo_sandbox::ADMIN_TOKEN, &text);
            match Interaction::try_from(serde_json::from_str::<interaction::Value>(&text).unwrap()) {
                Ok(_) => prop_assert_eq!(answer.status, 201, "{} {:?}", text, answer),
                Err(invalid) => {
                    prop_assert_eq!(answer.status, 422, "{}", text);
                    prop_assert_eq!(&answer.body["errors"], &by_field(&invalid), "{}", text);
                }
            }
            Ok(())
        })
        .unwrap();
}

/// Laravel's `errors`: the messages of each field.
fn by_field(invalid: &[Invalid]) -> Value {
    let mut errors = json!({});
    for one in invalid {
        let texts = errors.as_object_mut().unwrap().entry(&*one.field).or_insert_with(|| json!([]));
        texts.as_array_mut().unwrap().push(json!(&*one.message()));
    }
    errors
}
