//! What Omneo does, and what becomes of the records.

use crate::support::{ADA, GRACE, IDENTIFIED, OWN, SERVER_KEY, World, jwt, service, until, view, with};
use serde_json::{Value, json};

/// A world in which what may have arrived is looked for after a second.
fn quick() -> World {
    World::with("[limits]\nunconfirmed_seconds = 1", "")
}

fn names(count: usize) -> Vec<String> {
    (0..count).map(|at| format!("id-{at}")).collect()
}

fn hand_in(world: &World, profile: &str, ids: &[String]) {
    let batch: Vec<Value> = ids.iter().map(|id| view(id)).collect();
    let answer = world.post(OWN, &jwt(&json!({ "pid": profile })), &json!(batch));
    assert!(answer.body.as_array().unwrap().iter().all(|one| one["status"] == 202), "{answer:?}");
}

#[test]
fn whatever_omneo_does_each_record_is_there_once_and_in_order() {
    for rule in [
        json!({ "status": 500, "times": 2 }),
        json!({ "status": 503, "after": true, "times": 2 }),
        json!({ "drop": "before", "times": 2 }),
        json!({ "drop": "after", "times": 2 }),
        json!({ "status": 429, "retry_after": "1", "times": 1 }),
        json!({ "status": 302, "location": "http://127.0.0.1:9/", "times": 1 }),
        json!({ "status": 302, "after": true, "location": "http://127.0.0.1:9/", "times": 1 }),
        json!({ "status": 408, "after": true, "times": 1 }),
    ] {
        let world = quick();
        world.faults(&json!([with(rule.clone(), "route", json!("records"))]));
        let ids = names(5);
        hand_in(&world, ADA, &ids);
        until(&format!("all arrive: {rule}"), || world.totals()["delivered"] == 5);
        assert_eq!(world.ids_at_omneo(ADA), ids, "{rule}");
    }
}

#[test]
fn a_token_that_omneo_refuses_holds_all_up_and_loses_nothing() {
    let world = quick();
    world.faults(&json!([{ "route": "records", "status": 401, "times": 1 }]));
    hand_in(&world, ADA, &names(2));
    until("it says so", || {
        world.operate("GET", "/admin/status", &Value::Null).body["tenants"]["demo"]["token_refused"] == true
            || world.totals()["delivered"] == 2
    });
    until("it is tried again", || world.ids_at_omneo(ADA) == names(2));
}

#[test]
fn what_omneo_will_never_take_is_dead_and_can_be_put_back() {
    let world = quick();
    world.faults(&json!([{ "route": "records", "status": 422, "times": 1 }]));
    hand_in(&world, ADA, &names(2));
    until("one is dead, the other there", || world.totals()["dead"] == 1 && world.ids_at_omneo(ADA) == ["id-1"]);
    let dead = world.operate("GET", "/admin/dead?tenant=demo", &Value::Null).body;
    assert_eq!(
        (&dead[0]["event_id"], &dead[0]["reason"], &dead[0]["status"]),
        (&json!("id-0"), &json!("rejected"), &json!(422))
    );
    assert!(dead[0].get("body").is_none(), "what it says is in no list");
    let replay = json!({ "tenant": "demo", "seq": dead[0]["seq"] });
    assert_eq!(world.operate("POST", "/admin/replay", &replay).body, json!({ "replayed": 1 }));
    until("it is there", || world.ids_at_omneo(ADA) == ["id-1", "id-0"]);
    assert_eq!(world.totals()["dead"], 0);
}

#[test]
fn whom_omneo_does_not_know_holds_nobody_up() {
    let world = quick();
    let unknown = with(service("x"), "email", json!("nobody@example.com"));
    let known = with(service("a"), "email", json!("ada@example.com"));
    world.post(IDENTIFIED, SERVER_KEY, &json!([unknown, known]));
    world.post("/relay/v1/profiles/00000000-0000-4000-8000-000000000000/interactions", SERVER_KEY, &service("y"));
    until("the known one is there", || world.ids_at_omneo(ADA) == ["a"] && world.totals()["dead"] == 2);
}

#[test]
fn one_customer_s_trouble_is_nobody_else_s() {
    let world = quick();
    world.faults(&json!([{ "route": "records", "profile": ADA, "hang": true }]));
    hand_in(&world, ADA, &names(3));
    hand_in(&world, GRACE, &names(20));
    until("the other's are there", || world.ids_at_omneo(GRACE) == names(20));
    assert!(world.at_omneo(ADA).is_empty());
}

#[test]
fn what_waits_outlives_a_stop() {
    let mut world = quick();
    world.operate("POST", "/admin/pause", &json!({ "tenant": "demo", "paused": true }));
    hand_in(&world, ADA, &names(3));
    world.stop();
    world.again();
    assert_eq!(world.totals()["waiting"], 3);
    assert!(world.at_omneo(ADA).is_empty(), "it is held still");
    world.operate("POST", "/admin/pause", &json!({ "tenant": "demo", "paused": false }));
    until("all are there", || world.ids_at_omneo(ADA) == names(3));
}

#[test]
fn a_stop_ends_what_is_under_way() {
    let mut world = quick();
    world.faults(&json!([{ "route": "records", "latency_ms": 1_500 }]));
    hand_in(&world, ADA, &names(1));
    until("it is under way", || {
        let asked = world.send("GET", &format!("{}/_sandbox/requests", world.sandbox), &[], b"").body;
        asked["data"].as_array().unwrap().iter().any(|one| one["method"] == "POST")
    });
    world.stop();
    assert_eq!(world.ids_at_omneo(ADA), names(1));
    world.again();
    assert_eq!(world.totals()["delivered"], 1, "and it is known to be there");
}
