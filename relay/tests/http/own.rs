//! What a customer sees and takes back.

use crate::support::{ADA, GRACE, OWN, SERVER_KEY, World, jwt, service, until, view};
use serde_json::{Value, json};

const WAITING: &str = "/relay/v1/profiles/me/waiting";

/// A world in which nothing leaves the relay.
fn held() -> World {
    let world = World::with("", "omneo_erase_token = \"sandbox-admin-token\"");
    hold(&world, true);
    world
}

fn hold(world: &World, paused: bool) {
    let answer = world.operate("POST", "/admin/pause", &json!({ "tenant": "demo", "paused": paused }));
    assert_eq!(answer.status, 200, "{answer:?}");
}

#[test]
fn a_withdrawal_drops_what_browsers_handed_in_and_nothing_else() {
    let world = held();
    let ada = jwt(&json!({}));
    world.post(OWN, &ada, &json!([view("a"), view("b")]));
    world.post(OWN, &jwt(&json!({ "pid": GRACE })), &json!([view("g")]));
    world.post(&format!("/relay/v1/profiles/{ADA}/interactions"), SERVER_KEY, &service("s"));
    let answer = world.call("DELETE", WAITING, &ada);
    assert_eq!((answer.status, &answer.body), (200, &json!({ "withdrawn": 2 })));
    hold(&world, false);
    until("the rest has arrived", || world.ids_at_omneo(GRACE) == ["g"] && world.ids_at_omneo(ADA) == ["s"]);
    assert_eq!(world.totals()["withdrawn"], 2);
    assert_eq!(world.call("DELETE", WAITING, &ada).body, json!({ "withdrawn": 0 }));
    assert_eq!(world.call("DELETE", WAITING, "nobody's").status, 401);
}

#[test]
fn a_customer_sees_what_omneo_has_and_what_waits_and_deletes_either() {
    let world = held();
    let ada = jwt(&json!({}));
    world.post(OWN, &ada, &json!([view("a")]));
    let list = world.call("GET", OWN, &ada);
    assert_eq!(list.body["data"], json!([]));
    assert_eq!(list.body["waiting"][0]["event_id"], "a");
    assert_eq!(list.body["waiting"][0]["record"]["name"], "Viewed page: Dresses");
    assert_eq!(world.call("GET", &format!("{OWN}/a"), &ada).body["data"]["event_id"], "a");
    let other = world.call("GET", OWN, &jwt(&json!({ "pid": GRACE })));
    assert_eq!(other.body["waiting"], json!([]), "nobody sees another's");
    assert_eq!(world.call("DELETE", &format!("{OWN}/a"), &jwt(&json!({ "pid": GRACE }))).status, 404);
    assert_eq!(world.call("DELETE", &format!("{OWN}/a"), &ada).status, 204);
    assert_eq!(world.call("DELETE", &format!("{OWN}/a"), &ada).status, 404);

    world.post(OWN, &ada, &json!([view("b")]));
    hold(&world, false);
    until("it has arrived, and the relay knows", || world.totals()["delivered"] == 1);
    let list = world.call("GET", &format!("{OWN}?per_page=1"), &ada).body;
    assert_eq!((&list["meta"]["per_page"], &list["waiting"]), (&json!(1), &json!([])));
    let one = format!("{OWN}/{}", list["data"][0]["id"]);
    assert_eq!(world.call("GET", &one, &jwt(&json!({ "pid": GRACE }))).status, 404);
    assert_eq!(world.call("DELETE", &one, &jwt(&json!({ "pid": GRACE }))).status, 404);
    assert_eq!(world.call("GET", &one, &ada).body["data"]["meta"]["event_id"], "b");
    assert_eq!(world.call("DELETE", &one, &ada).status, 204);
    assert_eq!(world.at_omneo(ADA), Vec::<Value>::new());
}
