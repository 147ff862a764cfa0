//! Batches to the relay.

use crate::support::{ADA, Server, interaction};
use flate2::{Compression, write::GzEncoder};
use omneo_sandbox::READ_ONLY_TOKEN;
use serde_json::{Value, json};
use std::io::Write;

const OWN: &str = "/relay/v1/profiles/me/interactions";

fn record(event_id: &str) -> Value {
    interaction(&json!({ "meta": { "event_id": event_id } }))
}

#[test]
fn each_record_of_a_batch_has_its_own_answer() {
    let server = Server::start();
    let token = server.id_token(ADA);
    let mut wrong = record("c");
    wrong["signal"] = json!(2);
    let mut with_kind = record("b");
    with_kind["kind"] = json!("login");
    let batch = json!([record("a"), with_kind, wrong, record("a"), 7]);
    let answer = server.send("POST", OWN, &token, &batch.to_string());
    assert_eq!(answer.status, 200, "{answer:?}");
    let statuses: Vec<u64> =
        answer.body.as_array().unwrap().iter().map(|one| one["status"].as_u64().unwrap()).collect();
    assert_eq!(statuses, [201, 201, 422, 200, 422]);
    assert_eq!(
        answer.body[2],
        json!({ "event_id": "c", "status": 422, "errors": { "signal": ["`signal` is 2; accepted: 1 (positive), 0 (neutral) or -1 (negative)"] } })
    );
    assert_eq!(answer.body[4]["event_id"], Value::Null);
    let stored = server.send("GET", "/id/api/v1/profiles/me/interactions", &token, "");
    assert_eq!(stored.body["meta"]["total"], 2);
}

#[test]
fn a_batch_may_be_compressed() {
    let server = Server::start();
    let token = server.id_token(ADA);
    let mut gzip = GzEncoder::new(Vec::new(), Compression::default());
    gzip.write_all(json!([record("a")]).to_string().as_bytes()).unwrap();
    let headers = [("Authorization", format!("Bearer {token}")), ("Content-Encoding", "gzip".to_owned())];
    let headers = headers.each_ref().map(|(name, value)| (*name, value.as_str()));
    let answer = server.send_bytes("POST", OWN, &headers, &gzip.finish().unwrap());
    assert_eq!((answer.status, &answer.body), (200, &json!([{ "event_id": "a", "status": 201 }])));
}

#[test]
fn a_batch_is_an_array_of_one_to_a_hundred() {
    let server = Server::start();
    let token = server.id_token(ADA);
    let many = json!(vec![record("a"); 101]).to_string();
    for (body, given) in [("{}", "no array"), ("[]", "an array of 0"), (&many, "an array of 101")] {
        let answer = server.send("POST", OWN, &token, body);
        let message = format!("`body` is {given}; accepted: an array of 1 to 100 records");
        assert_eq!((answer.status, &answer.body["message"]), (422, &json!(message)));
    }
    assert_eq!(server.send("POST", OWN, &token, "[").status, 422);
}

#[test]
fn whose_it_is_is_said_by_route_and_token() {
    let server = Server::start();
    let batch = json!([record("a")]).to_string();
    assert_eq!(server.send("POST", OWN, "", &batch).status, 401);
    let by_id = format!("/relay/v1/profiles/{ADA}/interactions");
    assert_eq!(server.send("POST", &by_id, READ_ONLY_TOKEN, &batch).status, 403);
    assert_eq!(server.admin("POST", &by_id, &json!([record("a")])).body[0]["status"], 201);
    assert_eq!(server.admin("POST", "/relay/v1/profiles/nobody/interactions", &json!([record("a")])).status, 404);
}

#[test]
fn a_browser_may_say_that_a_body_is_compressed_to_a_relay_only() {
    let server = Server::start();
    let asked = [
        ("Origin", "https://shop.example"),
        ("Access-Control-Request-Method", "POST"),
        ("Access-Control-Request-Headers", "authorization,content-encoding,content-type"),
    ];
    let allowed = |path: &str| {
        let answer = server.send_with("OPTIONS", path, &asked, "");
        answer.headers["access-control-allow-headers"].to_str().unwrap().to_owned()
    };
    assert!(allowed(OWN).contains("content-encoding"));
    assert!(!allowed("/id/api/v1/profiles/me/interactions").contains("content-encoding"));
}
