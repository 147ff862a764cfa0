//! Faults on demand, and the ledger that shows what became of each event.

use crate::support::{ADA, GRACE, Server, interaction};
use serde_json::{Value, json};

const OWN: &str = "/id/api/v1/profiles/me/interactions";

fn set(server: &Server, faults: &Value) {
    let answer = server.send("POST", "/_sandbox/faults", "", &faults.to_string());
    assert_eq!(answer.status, 200, "{answer:?}");
}

fn record(event_id: &str) -> String {
    interaction(&json!({ "meta": { "event_id": event_id } })).to_string()
}

fn ledger(server: &Server) -> Value {
    server.send("GET", "/_sandbox/ledger", "", "").body
}

#[test]
fn a_status_is_answered_in_place_of_the_work_as_often_as_asked() {
    let server = Server::start();
    let token = server.id_token(ADA);
    set(&server, &json!({ "rules": [{ "route": "records", "status": 429, "times": 2, "retry_after": "7" }] }));
    for _ in 0..2 {
        let answer = server.send("POST", OWN, &token, &record("a"));
        assert_eq!((answer.status, answer.headers["retry-after"].to_str().unwrap()), (429, "7"));
        assert_eq!(answer.headers["access-control-allow-origin"], "*", "a browser may see the status");
    }
    assert_eq!(server.send("GET", OWN, &token, "").body["meta"]["total"], 0);
    assert_eq!(server.send("POST", OWN, &token, &record("a")).status, 201, "the rule is used up");
    assert_eq!(ledger(&server)["meta"], json!({ "received": 1, "accepted": 1, "duplicate": 0, "refused": 0 }));
}

#[test]
fn an_answer_is_lost_after_the_write_and_the_ledger_counts_the_second_copy() {
    let server = Server::start();
    let token = server.id_token(ADA);
    for (event, fault) in [("a", json!({ "status": 500, "after": true })), ("b", json!({ "drop": "after" }))] {
        let mut rule = fault;
        rule["route"] = json!("records");
        rule["times"] = json!(1);
        set(&server, &json!({ "rules": [rule] }));
        assert_ne!(server.try_send("POST", OWN, &token, &record(event)).map(|answer| answer.status), Some(201));
        assert_eq!(server.send("POST", OWN, &token, &record(event)).status, 201);
    }
    let counts = json!({ "received": 2, "accepted": 2, "duplicate": 1, "refused": 0 });
    for (at, event) in ["a", "b"].into_iter().enumerate() {
        let mut wanted = counts.clone();
        wanted["event_id"] = json!(event);
        wanted["profiles"] = json!({ ADA: counts });
        assert_eq!(ledger(&server)["data"][at], wanted);
    }
}

#[test]
fn the_ledger_shows_on_whose_profiles_an_event_came_and_how_often() {
    let server = Server::start_with(|options| options.drop_copies = true);
    let event = json!({ "meta": { "event_id": "a" } });
    for profile in [ADA, GRACE, ADA] {
        server.create(profile, &event);
    }
    server.create(GRACE, &json!({ "signal": 2, "meta": { "event_id": "a" } }));
    let ledger = ledger(&server);
    assert_eq!(
        ledger["data"][0]["profiles"],
        json!({
            ADA: { "received": 2, "accepted": 1, "duplicate": 1, "refused": 0 },
            GRACE: { "received": 2, "accepted": 1, "duplicate": 0, "refused": 1 },
        })
    );
    assert_eq!(ledger["meta"], json!({ "received": 4, "accepted": 2, "duplicate": 1, "refused": 1 }));
    assert_eq!(server.send("DELETE", "/_sandbox/ledger", "", "").status, 204);
    assert_eq!(server.send("GET", "/_sandbox/ledger", "", "").body["data"], json!([]));
}

#[test]
fn a_connection_closes_without_an_answer_and_without_the_work() {
    let server = Server::start();
    let token = server.id_token(ADA);
    set(&server, &json!({ "rules": [{ "route": "any", "drop": "before", "times": 1 }] }));
    assert!(server.try_send("POST", OWN, &token, &record("a")).is_none());
    assert_eq!(ledger(&server)["data"], json!([]));
    assert_eq!(server.send("POST", OWN, &token, &record("a")).status, 201, "the server lives");
}

#[test]
fn chance_repeats_itself_from_its_seed() {
    let server = Server::start();
    let token = server.id_token(ADA);
    let statuses = |seed: u64| {
        set(&server, &json!({ "seed": seed, "rules": [{ "route": "records", "status": 503, "rate": 0.5 }] }));
        (0..20).map(|at| server.send("POST", OWN, &token, &record(&at.to_string())).status).collect::<Vec<_>>()
    };
    let first = statuses(7).iter().map(|status| *status == 503).collect::<Vec<_>>();
    assert_eq!(statuses(7).iter().map(|status| *status == 503).collect::<Vec<_>>(), first);
    let struck = first.iter().filter(|struck| **struck).count();
    assert!((4..=16).contains(&struck), "{struck} of 20");
    assert_eq!(server.send("DELETE", "/_sandbox/faults", "", "").status, 204);
    assert_eq!(server.send("POST", OWN, &token, &record("x")).status, 201);
}

#[test]
fn tokens_end_as_soon_as_a_test_wants() {
    let server = Server::start();
    set(&server, &json!({ "token_seconds": 0 }));
    let token = server.id_token(ADA);
    std::thread::sleep(std::time::Duration::from_millis(1_100)); // An end is in whole seconds.
    assert_eq!(server.send("GET", OWN, &token, "").status, 401);
}

#[test]
fn a_slow_answer_comes_whole() {
    let server = Server::start();
    let token = server.id_token(ADA);
    set(&server, &json!({ "rules": [{ "route": "records", "latency_ms": 20, "slow_body_ms": 20 }] }));
    let answer = server.send("POST", OWN, &token, &record("a"));
    assert_eq!((answer.status, &answer.body["data"]["meta"]["event_id"]), (201, &json!("a")));
}

#[test]
fn faults_that_cannot_be_are_named() {
    let server = Server::start();
    for (faults, wanted) in [
        (r#"{"rules":[{"route":"records","rate":2}]}"#, "`rules[0].rate` is 2; accepted: a number from 0 to 1"),
        (
            r#"{"rules":[{"route":"records","status":42}]}"#,
            "`rules[0].status` is 42; accepted: an HTTP status from 200 to 599",
        ),
        (
            r#"{"rules":[{"route":"pages"}]}"#,
            "unknown variant `pages`, expected one of `records`, `relay`, `token`, `any`",
        ),
        (r#"{"rule":[]}"#, "unknown field `rule`, expected one of `seed`, `rules`, `token_seconds`"),
    ] {
        let answer = server.send("POST", "/_sandbox/faults", "", faults);
        assert_eq!(answer.status, 422);
        assert!(answer.body["message"].as_str().unwrap().starts_with(wanted), "{answer:?}");
    }
}
