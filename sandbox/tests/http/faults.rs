//! Faults on demand, and the ledger that shows what became of each event.

use crate::support::{ADA, GRACE, Server, interaction, until};
use serde_json::{Value, json};
use std::io::Write;
use std::net::TcpStream;

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
fn a_slow_receiver_writes_on_arrival_or_at_the_end_though_the_client_has_gone() {
    let server = Server::start();
    let token = server.id_token(ADA);
    for (event, rule) in [
        ("a", json!({ "latency_ms": 600_000, "writes": "arrival" })),
        ("b", json!({ "latency_ms": 200 })),
        ("c", json!({ "hang": true, "writes": "arrival" })),
        ("d", json!({ "hang": true, "latency_ms": 200, "writes": "end" })),
    ] {
        let mut rule = rule;
        rule["route"] = json!("records");
        set(&server, &json!({ "rules": [rule] }));
        let mut client = TcpStream::connect(server.address).unwrap();
        let body = record(event);
        write!(
            client,
            "POST {OWN} HTTP/1.1\r\nHost: {}\r\nAuthorization: Bearer {token}\r\nContent-Length: {}\r\n\r\n{body}",
            server.address,
            body.len()
        )
        .unwrap();
        drop(client);
        until(|| ledger(&server)["data"].as_array().unwrap().iter().any(|one| one["event_id"] == event));
    }
    let noted = server.send("GET", "/_sandbox/requests", "", "").body["data"].clone();
    let statuses: Vec<&Value> = noted.as_array().unwrap()[1..].iter().map(|one| &one["status"]).collect();
    assert_eq!(statuses.len(), 4, "each is noted as it arrives: {noted}");
    assert!([0, 2, 3].iter().all(|at| statuses[*at].is_null()), "and has no status before it is answered: {noted}");
}

#[test]
fn a_preflight_is_slow_or_fails_and_is_not_remembered() {
    let server = Server::start();
    let token = server.id_token(ADA);
    set(
        &server,
        &json!({ "rules": [{ "route": "preflights", "status": 503, "times": 1 }, { "route": "preflights", "latency_ms": 20 }] }),
    );
    let asked = [("Origin", "http://127.0.0.1:1"), ("Access-Control-Request-Method", "POST")];
    for path in [OWN, "/id/api/v1/profiles/me/interactions/1"] {
        let preflight = server.send_with("OPTIONS", path, &asked, "");
        if path == OWN {
            assert_eq!((preflight.status, preflight.headers.get("access-control-allow-origin")), (503, None));
        } else {
            assert_eq!((preflight.status, preflight.headers["access-control-max-age"].to_str().unwrap()), (200, "0"));
            assert_eq!(preflight.headers["access-control-allow-origin"], "*");
        }
    }
    assert_eq!(
        server.send("POST", OWN, &token, &record("a")).status,
        201,
        "what a preflight goes before is not struck"
    );
}

#[test]
fn a_rule_may_name_a_profile_or_only_the_looks() {
    let server = Server::start();
    let [ada, grace] = [ADA, GRACE].map(|profile| server.id_token(profile));
    set(&server, &json!({ "rules": [{ "route": "any", "profile": ADA, "status": 503 }] }));
    assert_eq!(server.send("POST", OWN, &ada, &record("a")).status, 503);
    assert_eq!(server.send("POST", OWN, &grace, &record("b")).status, 201);
    assert_eq!(server.create(ADA, &json!({})).status, 503, "by the address too");
    let customers = ["ada", "grace"].map(|name| {
        let login = json!({ "email": format!("{name}@example.com"), "password": "demo" }).to_string();
        let headers = server.send("POST", "/shop/login", "", &login).headers;
        let cookie = headers["set-cookie"].to_str().unwrap().split(';').next().unwrap().to_owned();
        server.send_with("GET", "/omneo/token", &[("Cookie", &cookie)], "").status
    });
    assert_eq!(customers, [503, 200], "and by the shop's session");
    set(&server, &json!({ "rules": [{ "route": "looks", "status": 503 }] }));
    assert_eq!(server.send("GET", OWN, &ada, "").status, 503);
    assert_eq!(server.send("POST", OWN, &ada, &record("a")).status, 201);
    assert_eq!(server.admin("GET", "/api/v3/interactions", &Value::Null).status, 200, "nobody looks there");
}

#[test]
fn a_record_and_the_shop_s_token_are_redirected() {
    let server = Server::start();
    let token = server.id_token(ADA);
    set(&server, &json!({ "rules": [{ "route": "any", "status": 307, "location": "http://127.0.0.1:1/elsewhere" }] }));
    for answer in [server.send("POST", OWN, &token, &record("a")), server.send("GET", "/omneo/token", "", "")] {
        let location = answer.headers["location"].to_str().unwrap();
        assert_eq!((answer.status, location), (307, "http://127.0.0.1:1/elsewhere"));
    }
    assert_eq!(ledger(&server)["data"], json!([]));
}

#[test]
fn a_deletion_fails_and_nothing_else() {
    let server = Server::start();
    let token = server.id_token(ADA);
    let created = server.send("POST", OWN, &token, &record("a"));
    let own = format!("{OWN}/{}", created.body["data"]["id"]);
    set(&server, &json!({ "rules": [{ "route": "deletes", "status": 503, "times": 1 }] }));
    assert_eq!(server.send("POST", OWN, &token, &record("b")).status, 201);
    assert_eq!(server.send("GET", OWN, &token, "").body["meta"]["total"], 2);
    assert_eq!(server.send("DELETE", &own, &token, "").status, 503);
    assert_eq!(server.send("GET", OWN, &token, "").body["meta"]["total"], 2, "it is still there");
    assert_eq!(server.send("DELETE", &own, &token, "").status, 204);
    assert_eq!(server.send("GET", OWN, &token, "").body["meta"]["total"], 1);
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
            "unknown variant `pages`, expected one of `records`, `looks`, `deletes`, `relay`, `token`, `preflights`, `any`",
        ),
        (
            r#"{"rules":[{"route":"records","writes":"end","drop":"before"}]}"#,
            "`rules[0].drop` is before; accepted: after, where `writes` says that the work is done",
        ),
        (
            r#"{"rules":[{"route":"records","location":"/"}]}"#,
            "`rules[0].location` is /; accepted: none, or one beside a `status` from 300 to 399",
        ),
        (r#"{"rule":[]}"#, "unknown field `rule`, expected one of `seed`, `rules`, `token_seconds`"),
    ] {
        let answer = server.send("POST", "/_sandbox/faults", "", faults);
        assert_eq!(answer.status, 422);
        assert!(answer.body["message"].as_str().unwrap().starts_with(wanted), "{answer:?}");
    }
}
