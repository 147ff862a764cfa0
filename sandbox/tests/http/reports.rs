//! What the reports read, and the story that they tell in the demo.

use crate::support::{ADA, GRACE, Server};
use serde_json::{Value, json};

/// The lines that the reports read.
fn lines(server: &Server) -> Vec<Value> {
    let answer = server.send("GET", "/_sandbox/records", "", "").body;
    // One line alone is read as what it is.
    answer.as_str().unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn total(server: &Server) -> u64 {
    server.admin("GET", "/api/v3/interactions", &Value::Null).body["meta"]["total"].as_u64().unwrap()
}

#[test]
fn every_record_is_a_line_between_the_total_and_the_end_and_says_not_whose_it_is() {
    let server = Server::start();
    let record = json!({
        "interacted_at": "2026-03-03T10:00:00+11:00", "channel": "support", "signal": -1, "url": "/dresses/", "product_id": 1001,
        "meta": { "form": "size-guide", "event_id": "kept here" }
    });
    assert_eq!(server.create(ADA, &record).status, 201);
    assert_eq!(
        lines(&server),
        [
            json!({ "total": 1 }),
            json!({
                "id": 1, "at": 1_772_492_400_000_i64, "action": "view", "channel": "support", "signal": -1, "namespace": "web-engagement",
                "name": "Viewed page", "url": "/dresses/", "product_id": 1001, "form": "size-guide"
            }),
            json!({ "end": true }),
        ]
    );
}

#[test]
fn many_records_come_each_once() {
    let server = Server::start();
    assert_eq!(server.create(ADA, &json!({})).status, 201);
    let database = rusqlite::Connection::open(server.folder.path().join("omneo.sqlite")).unwrap();
    let copy = "
        WITH RECURSIVE copies (copy) AS (SELECT 1 UNION ALL SELECT copy + 1 FROM copies WHERE copy < 10000)
        INSERT INTO interactions (profile_id, record, created_at, updated_at)
        SELECT profile_id, record, created_at, updated_at FROM interactions, copies";
    assert_eq!(database.execute(copy, []).unwrap(), 10_000);
    let lines = lines(&server);
    let ids: Vec<u64> = lines[1..lines.len() - 1].iter().map(|line| line["id"].as_u64().unwrap()).collect();
    assert_eq!(ids, (1..=10_001).collect::<Vec<u64>>());
    assert_eq!((&lines[0], &lines[10_002]), (&json!({ "total": 10_001 }), &json!({ "end": true })));
}

#[test]
fn the_story_is_told_once_and_of_nobody_who_can_sign_in() {
    let server = Server::start_with(|options| options.story = true);
    let told = total(&server);
    assert!(told > 2_000, "{told}");
    for customer in [ADA, GRACE] {
        let path = format!("/api/v3/profiles/{customer}/interactions");
        assert_eq!(server.admin("GET", &path, &Value::Null).body["meta"]["total"], 0);
    }
    let database = server.folder.path().join("omneo.sqlite");
    let again = Server::start_with(move |options| (options.database, options.story) = (database, true));
    assert_eq!(total(&again), told);
}

#[test]
fn the_story_has_complaints_and_then_thanks_and_each_record_is_one_that_omneo_would_take() {
    let server = Server::start_with(|options| options.story = true);
    let support: Vec<Value> = lines(&server).into_iter().filter(|line| line["channel"] == "support").collect();
    let times = |signal: i64| {
        support.iter().filter(move |line| line["signal"] == signal).map(|line| line["at"].as_i64().unwrap())
    };
    assert!(times(-1).count() > 20 && times(1).count() > 20);
    assert!(times(0).max() < times(1).min() && times(-1).max() < times(1).min());
    let last = server.admin("GET", "/api/v3/interactions?per_page=100&page=3", &Value::Null).body;
    for mut record in last["data"].as_array().unwrap().iter().cloned() {
        record.as_object_mut().unwrap().retain(|_, value| !value.is_null());
        for own in ["id", "profile", "created_at", "updated_at"] {
            record.as_object_mut().unwrap().remove(own);
        }
        let answer = server.admin("POST", &format!("/api/v3/profiles/{ADA}/interactions"), &record);
        assert_eq!(answer.status, 201, "{record} {:?}", answer.body);
    }
}
