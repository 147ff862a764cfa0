//! What is taken in, and how it is answered.

use crate::support::{ADA, GRACE, IDENTIFIED, OWN, SERVER_KEY, World, jwt, service, until, view, with};
use serde_json::{Value, json};

fn statuses(body: &Value) -> Vec<u64> {
    body.as_array().unwrap().iter().map(|one| one["status"].as_u64().unwrap()).collect()
}

#[test]
fn each_record_of_a_batch_has_its_own_answer_in_order() {
    let world = World::start();
    let batch = json!([view("a"), with(view("b"), "signal", json!(2)), view("a"), 7, view("c")]);
    let answer = world.post(OWN, &jwt(&json!({})), &batch);
    assert_eq!(answer.status, 200, "{answer:?}");
    assert_eq!(statuses(&answer.body), [202, 422, 200, 422, 202]);
    let signal = "`signal` is 2; accepted: 1 (positive), 0 (neutral) or -1 (negative)";
    assert_eq!(answer.body[1]["errors"], json!({ "signal": [signal] }));
    until("both are on the profile", || world.ids_at_omneo(ADA) == ["a", "c"]);
    assert!(world.at_omneo(ADA)[0]["kind"].is_null(), "`kind` is for the relay only");
    let totals = world.totals();
    assert_eq!((&totals["accepted"], &totals["delivered"], &totals["waiting"]), (&json!(2), &json!(2), &json!(0)));
}

#[test]
fn the_same_record_again_is_known_also_after_a_restart() {
    let mut world = World::start();
    let token = jwt(&json!({}));
    world.post(OWN, &token, &json!([view("a")]));
    until("it has arrived", || world.ids_at_omneo(ADA) == ["a"]);
    assert_eq!(statuses(&world.post(OWN, &token, &json!([view("a")])).body), [200]);
    world.stop();
    world.again();
    assert_eq!(statuses(&world.post(OWN, &token, &json!([view("a")])).body), [200]);
    let of_grace = jwt(&json!({ "pid": GRACE }));
    assert_eq!(
        statuses(&world.post(OWN, &of_grace, &json!([view("a")])).body),
        [202],
        "another customer's id is another"
    );
}

#[test]
fn an_id_is_asked_for() {
    let world = World::start();
    for id in [json!(null), json!(""), json!(7), json!("x".repeat(256)), json!("a\nb")] {
        let answer = world.post(OWN, &jwt(&json!({})), &json!([with(view("a"), "meta", json!({ "event_id": id }))]));
        assert_eq!(answer.body[0]["status"], 422, "{id}");
        assert!(answer.body[0]["errors"]["meta.event_id"].is_array(), "{answer:?}");
    }
}

#[test]
fn a_page_that_was_tampered_with_gets_no_more_past_the_relay_than_past_the_tracker() {
    let world = World::start();
    let personal = json!({
        "event_id": "e", "form": "newsletter", "note": "write to ada@example.com",
        "fields": { "password": "hunter2", "size": "M" },
    });
    for (record, rule) in [
        (with(service("e"), "kind", json!("record")), "not-listed"),
        (with(service("e"), "kind", json!("login")), "other-kind"),
        (with(service("e"), "kind", json!("pageView")), "other-kind"),
        (with(service("e"), "kind", json!("formSubmission")), "other-kind"),
        (with(view("e"), "kind", json!("purchase")), "invalid"),
        (with(with(view("e"), "name", json!("Order completed")), "kind", json!("pageView")), "own-model"),
        (with(view("e"), "profile_id", json!(GRACE)), "invalid"),
        (with(view("e"), "email", json!("grace@example.com")), "invalid"),
    ] {
        let answer = world.post(OWN, &jwt(&json!({})), &json!([record]));
        assert_eq!((&answer.body[0]["status"], &answer.body[0]["rule"]), (&json!(422), &json!(rule)), "{record}");
    }
    let form = json!({
        "kind": "formSubmission", "action": "disclose", "channel": "website", "signal": 0,
        "name": "Submitted form: newsletter", "namespace": "web-engagement", "meta": personal,
        "url": "https://shop.example/newsletter?email=ada@example.com",
    });
    assert_eq!(world.post(OWN, &jwt(&json!({})), &json!([form])).body[0]["status"], 202);
    until("it has arrived", || world.ids_at_omneo(ADA) == ["e"]);
    let kept = &world.at_omneo(ADA)[0];
    assert_eq!(kept["meta"]["fields"], Value::Null, "no rule names a field");
    assert_eq!(kept["meta"]["note"], "write to (mail)");
    assert_eq!(kept["url"], "https://shop.example/newsletter");
}

#[test]
fn a_server_that_knows_an_address_only_hands_in_by_it() {
    let world = World::start();
    let records = json!([
        with(service("a"), "email", json!("Ada@Example.com")),
        with(service("b"), "identifier", json!({ "id": "1001", "handle": "shopify" })),
        with(service("c"), "mobile", json!(12)),
        service("d"),
        with(with(service("e"), "email", json!("ada@example.com")), "mobile", json!("+61400000001")),
    ]);
    let answer = world.post(IDENTIFIED, SERVER_KEY, &records);
    assert_eq!(statuses(&answer.body), [202, 202, 422, 422, 422], "{answer:?}");
    let one = world.post(IDENTIFIED, SERVER_KEY, &with(service("f"), "mobile", json!("+61400000001")));
    assert_eq!(one.body, json!({ "event_id": "f", "status": 202 }), "one record has one answer");
    until("what Omneo knows has arrived", || {
        world.ids_at_omneo(ADA).iter().filter(|id| *id == "a" || *id == "f").count() == 2
    });
}

#[test]
fn a_server_that_knows_the_profile_hands_in_by_it() {
    let world = World::start();
    let path = format!("/relay/v1/profiles/{GRACE}/interactions");
    assert_eq!(world.post(&path, SERVER_KEY, &service("a")).body["status"], 202);
    until("it has arrived", || world.ids_at_omneo(GRACE) == ["a"]);
    assert_eq!(world.post("/relay/v1/profiles/nobody/interactions", SERVER_KEY, &service("a")).status, 404);
}

#[test]
fn a_server_s_policy_counts_for_servers() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("policy.json");
    let policy = json!({ "extends": "nothing", "rules": [{ "rule": "support", "because": "You asked.", "namespace": ["support"] }] });
    std::fs::write(&file, policy.to_string()).unwrap();
    let world = World::with("", &format!("server_policy = {file:?}"));
    let path = format!("/relay/v1/profiles/{GRACE}/interactions");
    let records = json!([service("a"), with(service("b"), "namespace", json!("other"))]);
    assert_eq!(statuses(&world.post(&path, SERVER_KEY, &records).body), [202, 422]);
}

#[test]
fn a_batch_beyond_the_limit_is_taken_up_to_it() {
    let world = World::start();
    let batch: Vec<Value> = (0..120).map(|at| view(&format!("id-{at}"))).collect();
    let answer = world.post(OWN, &jwt(&json!({})), &json!(batch));
    let answers = answer.body.as_array().unwrap();
    assert_eq!((answers.len(), &answers[99]["event_id"]), (100, &json!("id-99")));
}

#[test]
fn when_it_happened_stays_though_it_is_sent_later() {
    let world = World::start();
    let batch = json!([with(view("a"), "interacted_at", json!("2026-11-01T10:00:00Z")), view("b")]);
    world.post(OWN, &jwt(&json!({})), &batch);
    until("both have arrived", || world.ids_at_omneo(ADA).len() == 2);
    let kept = world.at_omneo(ADA);
    assert_eq!(kept[0]["interacted_at"], "2026-11-01 10:00:00");
    assert!(kept[1]["interacted_at"].is_string());
}
