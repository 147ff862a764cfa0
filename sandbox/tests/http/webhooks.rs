//! Webhooks: who subscribes to what, what is delivered, how often, and what the log says of it.

use crate::receiver::{Receiver, SILENT, nobody};
use crate::support::{ADA, Answer, GRACE, Server, interaction, until};
use omneo_sandbox::{ADMIN_NAMESPACE, READ_ONLY_TOKEN};
use serde_json::{Value, json};

const WEBHOOKS: &str = "/api/v3/webhooks";

fn subscribe(server: &Server, url: &str, more: &Value) -> Answer {
    let mut body = json!({ "trigger": "interaction.created", "url": url, "namespace": "crm" });
    for (name, value) in more.as_object().unwrap() {
        body[name] = value.clone();
    }
    server.admin("POST", WEBHOOKS, &body)
}

fn subscribed(server: &Server, receiver: &Receiver, more: &Value) -> Value {
    let answer = subscribe(server, &receiver.url(), more);
    assert_eq!(answer.status, 201, "{answer:?}");
    answer.body["data"]["id"].clone()
}

fn log(server: &Server) -> Vec<Value> {
    server.send("GET", "/_sandbox/deliveries", "", "").body["data"].as_array().unwrap().clone()
}

fn states(server: &Server) -> Vec<Value> {
    log(server).iter().map(|delivery| delivery["state"].clone()).collect()
}

#[test]
fn a_webhook_is_created_read_corrected_and_deleted() {
    let server = Server::start();
    let created = subscribe(&server, "http://127.0.0.1:9/hook", &json!({ "queue": "urgent" }));
    assert_eq!(created.status, 201);
    let mut shown = created.body["data"].clone();
    for time in ["created_at", "updated_at"] {
        assert_eq!(shown[time].take().as_str().unwrap().len(), "2026-11-27 08:00:00".len());
    }
    assert_eq!(
        shown,
        json!({
            "id": 1, "trigger": "interaction.created", "url": "http://127.0.0.1:9/hook", "namespace": "crm",
            "queue": "low", "condition": null, "created_at": null, "updated_at": null,
        }),
        "what is no queue is the lowest"
    );
    let one = "/api/v3/webhooks/1";
    let rule = json!({ "===": [{ "var": "action" }, "view"] });
    let corrected = server.admin("PUT", one, &json!({ "queue": "high", "condition": rule }));
    assert_eq!((corrected.status, &corrected.body["data"]["queue"]), (200, &json!("high")));
    let read = server.admin("GET", one, &Value::Null).body["data"].clone();
    assert_eq!((&read["condition"], &read["namespace"]), (&rule, &json!("crm")));
    assert_eq!(server.admin("PATCH", one, &json!({ "condition": null })).body["data"]["condition"], Value::Null);
    assert_eq!(server.admin("GET", WEBHOOKS, &Value::Null).body["data"].as_array().unwrap().len(), 1);
    assert_eq!(server.admin("DELETE", one, &Value::Null).status, 204);
    for method in ["GET", "PUT", "DELETE"] {
        assert_eq!(server.admin(method, one, &json!({})).status, 404, "{method}");
    }
}

#[test]
fn what_cannot_be_is_named() {
    let server = Server::start();
    let here = "http://127.0.0.1:9/hook";
    let too_long = "a".repeat(256);
    for (field, value) in [
        ("trigger", json!("profile.updated")),
        ("trigger", json!(null)),
        ("url", json!("https://127.0.0.1:9/hook")),
        ("url", json!("http://shop.example/hook")),
        ("url", json!("http://127.0.0.1@shop.example/hook")),
        ("url", json!("http://192.0.2.7/hook")),
        ("url", json!("ftp://127.0.0.1/")),
        ("url", json!("/hook")),
        ("url", json!(7)),
        ("namespace", json!("two words")),
        ("namespace", json!("")),
        ("namespace", json!(too_long)),
        ("condition", json!("view")),
        ("condition", json!([])),
        ("condition", json!({ "===": [1, 1], "!==": [1, 2] })),
        ("condition", json!({ "equals": [{ "var": "action" }, "view"] })),
    ] {
        let refused = subscribe(&server, here, &json!({ field: value }));
        let message = refused.body["errors"][field][0].as_str().unwrap_or_default();
        assert_eq!(refused.status, 422, "{field} {value}");
        assert!(message.starts_with(&format!("`{field}` is ")) && message.contains("; accepted: "), "{message}");
    }
    let all = server.admin("POST", WEBHOOKS, &json!({}));
    assert_eq!(all.body["errors"].as_object().unwrap().keys().collect::<Vec<_>>(), ["trigger", "url", "namespace"]);
    assert_eq!(
        server.admin("POST", WEBHOOKS, &json!([])).body["errors"]["body"][0],
        "`body` is []; accepted: an object"
    );

    assert_eq!(subscribe(&server, here, &json!({})).status, 201);
    assert_eq!(subscribe(&server, "http://localhost:9/hook", &json!({})).status, 201);
    let again = subscribe(&server, here, &json!({ "namespace": "erp" }));
    assert_eq!(again.status, 422, "{again:?}");
    let moved = server.admin("PUT", "/api/v3/webhooks/2", &json!({ "url": here }));
    assert!(moved.status == 422 && moved.body["errors"]["url"].is_array(), "{moved:?}");
    let broken = server.admin("PUT", "/api/v3/webhooks/2", &json!({ "condition": { "equals": [] } }));
    assert_eq!(broken.status, 422);
}

#[test]
fn only_the_admin_token_opens_them() {
    let server = Server::start();
    for (method, path) in [("GET", WEBHOOKS), ("POST", WEBHOOKS), ("DELETE", "/api/v3/webhooks/1")] {
        assert_eq!(server.send(method, path, READ_ONLY_TOKEN, "{}").status, 403, "{method}");
        assert_eq!(server.send(method, path, &server.id_token(ADA), "{}").status, 401, "{method}");
    }
}

#[test]
fn a_customer_s_record_is_delivered_once_signed_with_its_profile() {
    let server = Server::start();
    let receiver = Receiver::start();
    let webhook = subscribed(&server, &receiver, &json!({}));
    let record = interaction(&json!({ "name": "Viewed page: Käse, 日本", "meta": { "event_id": "e-1" } })).to_string();
    let created = server.send("POST", "/id/api/v1/profiles/me/interactions", &server.id_token(ADA), &record);
    assert_eq!(created.status, 201);
    until(|| states(&server) == ["delivered"]);
    let [delivery] = &receiver.deliveries()[..] else { panic!("one delivery") };
    assert!(delivery.is_signed());
    assert_eq!(delivery.headers["content-type"], "application/json");
    let context = delivery.json();
    assert_eq!(context["id"], created.body["data"]["id"]);
    assert_eq!((&context["name"], &context["profile_id"]), (&json!("Viewed page: Käse, 日本"), &json!(ADA)));
    assert_eq!((&context["profile"]["first_name"], &context["profile"]["point_balance"]), (&json!("Ada"), &json!(0)));

    let mut logged = log(&server)[0].clone();
    let at = logged["attempts"][0]["at"].take();
    assert!(omneo_interactions::interaction::Instant::parse(at.as_str().unwrap()).is_some(), "{at}");
    assert_eq!(
        logged,
        json!({
            "id": 1, "webhook_id": webhook, "trigger": "interaction.created", "url": receiver.url(),
            "interaction_id": context["id"], "event_id": "e-1", "state": "delivered",
            "attempts": [{ "at": null, "status": 200, "error": null }],
        })
    );
    assert_eq!(server.send("DELETE", "/_sandbox/deliveries", "", "").status, 204);
    assert_eq!(log(&server), [] as [Value; 0]);
}

#[test]
fn what_an_integration_s_own_token_causes_is_not_delivered_back() {
    let server = Server::start();
    let (own, other) = (Receiver::start(), Receiver::start());
    subscribed(&server, &own, &json!({ "namespace": ADMIN_NAMESPACE }));
    subscribed(&server, &other, &json!({}));
    // The namespace of the record is another thing.
    server.create(ADA, &json!({ "name": "by the integration", "namespace": "crm" }));
    let record = interaction(&json!({ "name": "by Ada", "namespace": ADMIN_NAMESPACE })).to_string();
    server.send("POST", "/id/api/v1/profiles/me/interactions", &server.id_token(ADA), &record);
    until(|| own.deliveries().len() == 1 && other.deliveries().len() == 2);
    assert_eq!(own.deliveries()[0].json()["name"], "by Ada");
}

#[test]
fn a_condition_chooses_among_the_events() {
    let server = Server::start();
    let receiver = Receiver::start();
    let rule = json!({ "and": [
        { "===": [{ "var": "action" }, "feedback"] },
        { "===": [{ "var": "profile.last_name" }, "Hopper"] },
        { "in": ["review", { "var": "tags" }] },
    ] });
    subscribed(&server, &receiver, &json!({ "condition": rule }));
    for (profile, action, tags) in
        [(GRACE, "view", json!(["review"])), (ADA, "feedback", json!(["review"])), (GRACE, "feedback", json!([]))]
    {
        server.create(profile, &json!({ "action": action, "tags": tags }));
    }
    let wanted = server.create(GRACE, &json!({ "action": "feedback", "tags": ["review"] })).body["data"]["id"].clone();
    until(|| states(&server) == ["delivered"]);
    assert_eq!(log(&server)[0]["interaction_id"], wanted);
}

#[test]
fn what_is_not_written_sets_nothing_off() {
    let server = Server::start_with(|options| options.drop_copies = true);
    let receiver = Receiver::start();
    subscribed(&server, &receiver, &json!({}));
    let event = json!({ "meta": { "event_id": "e-1" } });
    assert_eq!(server.create(ADA, &event).status, 201);
    assert_eq!(server.create(ADA, &event).status, 200, "a dropped copy");
    assert_eq!(server.create(ADA, &json!({ "signal": 5 })).status, 422);
    let corrected = server.admin("PUT", "/api/v3/interactions/1", &json!({ "signal": 1 }));
    assert_eq!(corrected.status, 200);
    until(|| states(&server) == ["delivered"]);
    assert_eq!(receiver.deliveries().len(), 1);
}

#[test]
fn a_kept_copy_is_a_record_and_an_event_of_its_own() {
    let server = Server::start();
    let receiver = Receiver::start();
    subscribed(&server, &receiver, &json!({}));
    for _ in 0..2 {
        server.create(ADA, &json!({ "meta": { "event_id": "e-1" } }));
    }
    until(|| states(&server) == ["delivered", "delivered"]);
}

#[test]
fn a_receiver_that_fails_is_asked_again_until_it_has_it() {
    let server = Server::start();
    let receiver = Receiver::answering(|before| [500, 302, 401, 204][before.min(3)]);
    subscribed(&server, &receiver, &json!({}));
    server.create(ADA, &json!({}));
    until(|| states(&server) == ["delivered"]);
    let statuses: Vec<Value> =
        log(&server)[0]["attempts"].as_array().unwrap().iter().map(|attempt| attempt["status"].clone()).collect();
    assert_eq!(statuses, [500, 302, 401, 204]);
    let deliveries = receiver.deliveries();
    assert!(deliveries.iter().all(|one| one.is_signed() && one.bytes == deliveries[0].bytes), "the same each time");
}

#[test]
fn a_receiver_that_is_not_there_is_given_up_in_the_end() {
    let server = Server::start();
    let url = format!("http://{}/hook", nobody());
    assert_eq!(subscribe(&server, &url, &json!({})).status, 201);
    server.create(ADA, &json!({}));
    until(|| states(&server) == ["given up"]);
    let attempts = log(&server)[0]["attempts"].as_array().unwrap().clone();
    assert_eq!(attempts.len(), 8);
    for attempt in attempts {
        assert_eq!(attempt["status"], Value::Null);
        assert!(attempt["error"].as_str().unwrap().contains("refused"), "{attempt}");
    }
}

#[test]
fn a_receiver_that_comes_late_gets_what_waits_also_at_its_new_address() {
    let server = Server::start_with(|options| options.webhook_retry_ms = 20);
    let url = format!("http://{}/hook", nobody());
    let webhook = subscribe(&server, &url, &json!({})).body["data"]["id"].clone();
    server.create(ADA, &json!({}));
    until(|| !log(&server)[0]["attempts"].as_array().unwrap().is_empty());
    let receiver = Receiver::start();
    let moved = server.admin("PUT", &format!("{WEBHOOKS}/{webhook}"), &json!({ "url": receiver.url() }));
    assert_eq!(moved.status, 200);
    until(|| states(&server) == ["delivered"]);
    assert_eq!(receiver.deliveries().len(), 1);
}

#[test]
fn a_silent_receiver_holds_up_neither_the_answer_nor_another_receiver() {
    let server = Server::start();
    let (silent, quick) = (Receiver::answering(|_| SILENT), Receiver::start());
    subscribed(&server, &silent, &json!({ "queue": "high" }));
    subscribed(&server, &quick, &json!({ "queue": "low" }));
    for _ in 0..20 {
        assert_eq!(server.create(ADA, &json!({})).status, 201);
    }
    until(|| quick.deliveries().len() == 20);
    assert!(silent.deliveries().len() <= 4, "at most four at once");
}

#[test]
fn a_deleted_webhook_is_delivered_nothing_more() {
    let server = Server::start_with(|options| options.webhook_retry_ms = 60_000);
    let receiver = Receiver::answering(|_| 500);
    let webhook = subscribed(&server, &receiver, &json!({}));
    server.create(ADA, &json!({}));
    until(|| !log(&server)[0]["attempts"].as_array().unwrap().is_empty());
    assert_eq!(states(&server), ["waiting"]);
    assert_eq!(server.admin("DELETE", &format!("{WEBHOOKS}/{webhook}"), &Value::Null).status, 204);
    assert_eq!(states(&server), ["stopped"]);
    server.create(ADA, &json!({}));
    assert_eq!(log(&server).len(), 1, "and nothing of what comes later");
}

#[test]
fn what_waits_is_delivered_after_a_restart() {
    let mut server = Server::start_with(|options| options.webhook_retry_ms = 100);
    let address = nobody();
    assert_eq!(subscribe(&server, &format!("http://{address}/hook"), &json!({})).status, 201);
    let id = server.create(ADA, &json!({})).body["data"]["id"].clone();
    until(|| !log(&server)[0]["attempts"].as_array().unwrap().is_empty());
    server.stop();
    let database = server.folder.path().join("omneo.sqlite");
    let receiver = Receiver::at(address, |_| 200);
    let again = Server::start_with(|options| options.database = database);
    until(|| states(&again) == ["delivered"]);
    assert_eq!(receiver.deliveries()[0].json()["id"], id);
}
