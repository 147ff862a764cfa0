//! A customer who is erased.

use crate::support::{ADA, GRACE, IDENTIFIED, OWN, SERVER_KEY, World, jwt, service, until, view, with};
use serde_json::json;

#[test]
fn one_customer_known_by_profile_mail_and_mobile_is_gone_under_all_three() {
    let world = World::with("", "omneo_erase_token = \"sandbox-admin-token\"");
    world.post(OWN, &jwt(&json!({})), &json!([view("p")]));
    world.post(IDENTIFIED, SERVER_KEY, &with(service("m"), "email", json!("ada@example.com")));
    world.post(IDENTIFIED, SERVER_KEY, &with(service("t"), "mobile", json!("+61400000001")));
    world.post(OWN, &jwt(&json!({ "pid": GRACE })), &json!([view("g")]));
    until("all are there", || world.ids_at_omneo(ADA).len() == 3 && world.ids_at_omneo(GRACE).len() == 1);
    world.operate("POST", "/admin/pause", &json!({ "tenant": "demo", "paused": true }));
    world.post(OWN, &jwt(&json!({})), &json!([view("p2"), view("p3")]));
    world.post(IDENTIFIED, SERVER_KEY, &with(service("m2"), "email", json!("ADA@example.com")));
    world.operate("POST", "/admin/pause", &json!({ "tenant": "demo", "paused": false }));
    // By one of the names; Omneo's answers tied the others to it.
    let erased =
        world.operate("POST", "/admin/erase", &json!({ "tenant": "demo", "identifiers": ["ada@example.com"] }));
    assert_eq!(erased.status, 200, "{erased:?}");
    until("all are gone", || {
        world.operate("POST", "/admin/erase", &json!({ "tenant": "demo", "identifiers": ["ada@example.com"] }));
        world.at_omneo(ADA).is_empty()
    });
    assert_eq!(world.ids_at_omneo(GRACE), ["g"], "and nobody else's");
    let totals = world.totals();
    assert_eq!(totals["waiting"], 0);

    let refused = world.post(OWN, &jwt(&json!({})), &json!([view("later")]));
    assert_eq!((&refused.body[0]["status"], &refused.body[0]["rule"]), (&json!(422), &json!("erased")));
    let mobile = world.post(IDENTIFIED, SERVER_KEY, &with(service("later"), "mobile", json!("+61 400 000 001")));
    assert_eq!(mobile.body["rule"], "erased");
}

#[test]
fn what_is_under_way_while_its_customer_is_erased_is_deleted_where_it_arrives() {
    let world = World::with("[limits]\nunconfirmed_seconds = 1", "omneo_erase_token = \"sandbox-admin-token\"");
    world.faults(&json!([{ "route": "records", "latency_ms": 1_000, "writes": "arrival", "times": 1 }, { "route": "records", "drop": "after", "times": 1 }]));
    world.post(OWN, &jwt(&json!({})), &json!([view("a"), view("b")]));
    until("one is under way", || world.ids_at_omneo(ADA) == ["a"]);
    let erased = world.operate("POST", "/admin/erase", &json!({ "tenant": "demo", "profile": ADA })).body;
    assert_eq!((&erased["erased"]["under_way"], &erased["erased"]["waiting"]), (&json!(1), &json!(1)), "{erased}");
    until("it is gone", || world.at_omneo(ADA).is_empty() && world.totals()["waiting"] == 0);
    assert_eq!(world.totals()["erased"], 2);
}

#[test]
fn without_a_token_to_delete_with_it_says_what_remains() {
    let world = World::start();
    world.post(OWN, &jwt(&json!({})), &json!([view("a")]));
    until("it is there", || world.ids_at_omneo(ADA) == ["a"] && world.totals()["delivered"] == 1);
    let erased = world.operate("POST", "/admin/erase", &json!({ "tenant": "demo", "profile": ADA })).body;
    assert_eq!(erased["left_at_omneo"], 1);
    assert!(erased["remains"][0].as_str().unwrap().contains("omneo_erase_token"), "{erased}");
}

#[test]
fn a_mistake_erases_nobody() {
    let world = World::start();
    for (body, wanted) in [
        (json!({ "tenant": "demo" }), "both missing"),
        (json!({ "tenant": "other", "profile": ADA }), "accepted: demo"),
        (json!({ "tenant": "demo", "profile": "ada" }), "the UUID of a profile"),
        (json!({ "tenant": "demo", "identifiers": [{}] }), "`identifiers[0]`"),
        (json!({ "tenant": "demo", "profil": ADA }), "unknown field `profil`"),
    ] {
        let answer = world.operate("POST", "/admin/erase", &body);
        assert_eq!(answer.status, 422, "{body}");
        assert!(answer.body["message"].as_str().unwrap().contains(wanted), "{answer:?}");
    }
}

#[test]
fn what_is_at_omneo_is_deleted_also_while_nothing_is_forwarded() {
    let world = World::with("", "omneo_erase_token = \"sandbox-admin-token\"");
    world.post(OWN, &jwt(&json!({})), &json!([view("a")]));
    until("it is there, and known to be", || world.totals()["delivered"] == 1);
    world.operate("POST", "/admin/pause", &json!({ "tenant": "demo", "paused": true }));
    let erased = world.operate("POST", "/admin/erase", &json!({ "tenant": "demo", "profile": ADA })).body;
    assert_eq!((&erased["erased"]["at_omneo"], &erased["left_at_omneo"]), (&json!(1), &json!(0)), "{erased}");
    assert!(world.at_omneo(ADA).is_empty());
}
