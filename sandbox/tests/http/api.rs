//! The three surfaces over real HTTP, with a real SQLite file.

use crate::support::{ADA, GRACE, Server, interaction};
use serde_json::{Value, json};

#[test]
fn an_interaction_is_created_read_corrected_and_deleted_on_each_surface() {
    let server = Server::start();
    let ada = server.id_token(ADA);
    let admin = omneo_sandbox::ADMIN_TOKEN;
    for (path, token) in [
        ("/api/v3/interactions".to_owned(), admin),
        (format!("/api/v3/profiles/{ADA}/interactions"), admin),
        ("/id/api/v1/profiles/me/interactions".to_owned(), ada.as_str()),
    ] {
        let body = interaction(
            &json!({ "product_id": 1001, "latitude": "-37.8136", "longitude": 144.9631, "tags": ["sale"], "meta": { "a": [1] } }),
        );
        let mut given = body.clone();
        if path == "/api/v3/interactions" {
            given["email"] = json!("ada@example.com");
        }
        let created = server.send("POST", &path, token, &given.to_string());
        assert_eq!(created.status, 201, "{path} {created:?}");
        let data = &created.body["data"];
        assert_eq!(data["profile"]["id"], ADA);
        assert_eq!(data["latitude"], "-37.8136");
        assert_eq!(data["longitude"], "144.9631");
        assert_eq!(
            (&data["product_id"], &data["tags"], &data["meta"]),
            (&json!(1001), &json!(["sale"]), &json!({ "a": [1] }))
        );
        assert_eq!(
            (&data["description"], &data["identity"], &data["staff_id"]),
            (&Value::Null, &Value::Null, &Value::Null)
        );
        let one = format!("{path}/{}", data["id"]);
        assert_eq!(server.send("GET", &one, token, "").body, created.body);
        let corrected = server.send("PUT", &one, token, r#"{"name":"Looked at a page","product_id":null}"#);
        assert_eq!((corrected.status, &corrected.body["data"]["name"]), (200, &json!("Looked at a page")));
        assert_eq!(corrected.body["data"]["product_id"], Value::Null);
        assert_eq!(
            server.send("PUT", &one, token, r#"{"signal":3}"#).body["errors"]["signal"][0],
            "`signal` is 3; accepted: 1 (positive), 0 (neutral) or -1 (negative)"
        );
        assert_eq!(server.send("DELETE", &one, token, "").status, 204);
        assert_eq!(server.send("GET", &one, token, "").status, 404);
    }
}

#[test]
fn the_official_sdk_s_spelling_of_the_profile_route_reads_too() {
    let server = Server::start();
    let id = server.create(ADA, &json!({})).body["data"]["id"].clone();
    let read = server.admin("GET", &format!("/api/v3/profiles/{ADA}/interaction/{id}"), &Value::Null);
    assert_eq!(read.body["data"]["id"], id);
}

#[test]
fn the_global_route_finds_the_profile_by_whatever_identifies_it() {
    let server = Server::start();
    for identification in [
        json!({ "profile_id": ADA }),
        json!({ "email": "ADA@example.com" }),
        json!({ "mobile_phone": "+61400000001" }),
        json!({ "mobile": "+61400000001" }),
        json!({ "identifier": "7001" }),
        json!({ "identifier": { "id": "7001", "handle": "shopify" } }),
        json!({ "identifier": "7001", "location": null }),
    ] {
        let created = server.admin("POST", "/api/v3/interactions", &interaction(&identification));
        assert_eq!(
            (created.status, &created.body["data"]["profile"]["id"]),
            (201, &json!(ADA)),
            "{identification} {created:?}"
        );
    }
    for (identification, field) in [
        (json!({}), "profile_id"),
        (json!({ "profile_id": "nobody" }), "profile_id"),
        (json!({ "email": "nobody@example.com" }), "email"),
        (json!({ "identifier": { "id": "7001", "handle": "magento" } }), "identifier"),
        (json!({ "identifier": { "id": "7001", "handle": "x' OR '1'='1" } }), "identifier"),
        (json!({ "identifier": ["7001"] }), "identifier"),
    ] {
        let refused = server.admin("POST", "/api/v3/interactions", &interaction(&identification));
        assert_eq!(refused.status, 422, "{identification}");
        assert!(
            refused.body["errors"][field][0].as_str().unwrap().starts_with(&format!("`{field}` is ")),
            "{refused:?}"
        );
    }
}

#[test]
fn every_copy_of_an_event_is_kept_as_omneo_may() {
    let server = Server::start();
    let event = json!({ "meta": { "event_id": "11111111-1111-4111-8111-111111111111" } });
    let copies = [server.create(ADA, &event), server.create(ADA, &event), server.create(GRACE, &event)];
    assert!(copies.iter().all(|answer| answer.status == 201), "{copies:?}");
    assert_ne!(copies[0].body["data"]["id"], copies[1].body["data"]["id"]);
    let list = server.admin("GET", &format!("/api/v3/profiles/{ADA}/interactions"), &Value::Null);
    assert_eq!(list.body["meta"]["total"], 2);
}

#[test]
fn a_second_copy_of_an_event_is_dropped_on_demand_even_when_twenty_come_at_once() {
    let server = Server::start_with(|options| options.drop_copies = true);
    let event = json!({ "meta": { "event_id": "11111111-1111-4111-8111-111111111111" } });
    let statuses: Vec<(u16, Value)> = std::thread::scope(|scope| {
        let posts: Vec<_> = (0..20).map(|_| scope.spawn(|| server.create(ADA, &event))).collect();
        posts
            .into_iter()
            .map(|post| post.join().unwrap())
            .map(|answer| (answer.status, answer.body["data"]["id"].clone()))
            .collect()
    });
    assert_eq!(statuses.iter().filter(|(status, _)| *status == 201).count(), 1);
    assert_eq!(statuses.iter().filter(|(status, _)| *status == 200).count(), 19);
    assert!(statuses.windows(2).all(|pair| pair[0].1 == pair[1].1), "all name the same record");
    assert_eq!(server.create(GRACE, &event).status, 201, "another profile's event is another event");
    let list = server.admin("GET", &format!("/api/v3/profiles/{ADA}/interactions"), &Value::Null);
    assert_eq!(list.body["meta"]["total"], 1);
}

#[test]
fn a_customer_sees_and_changes_only_what_is_their_own() {
    let server = Server::start();
    let id = server.create(GRACE, &json!({})).body["data"]["id"].clone();
    let ada = server.id_token(ADA);
    for method in ["GET", "PUT", "DELETE"] {
        assert_eq!(
            server.send(method, &format!("/id/api/v1/profiles/me/interactions/{id}"), &ada, "{}").status,
            404,
            "{method}"
        );
        assert_eq!(
            server.admin(method, &format!("/api/v3/profiles/{ADA}/interactions/{id}"), &json!({})).status,
            404,
            "{method}"
        );
    }
    assert_eq!(server.send("GET", "/id/api/v1/profiles/me/interactions", &ada, "").body["data"], json!([]));
    assert_eq!(server.send("GET", "/id/api/v1/profiles/me", &ada, "").body["data"]["first_name"], "Ada");
}

#[test]
fn times_are_answered_in_utc_as_omneo_does() {
    let server = Server::start();
    let created = server.create(ADA, &json!({ "interacted_at": "2026-11-23T09:30:00.250+11:00" })).body;
    assert_eq!(created["data"]["interacted_at"], "2026-11-22 22:30:00");
    assert_eq!(created["data"]["created_at"].as_str().unwrap().len(), 19);
}

#[test]
fn what_is_not_there_is_answered_in_json() {
    let server = Server::start();
    for path in [
        "/api/v3/interactions/7",
        "/api/v3/interactions/seven",
        "/api/v3/profiles/nobody/interactions",
        "/api/v3/colours",
    ] {
        let missing = server.admin("GET", path, &Value::Null);
        assert_eq!((missing.status, &missing.body["message"]), (404, &json!("Not found.")), "{path}");
    }
    let undecodable = server.admin("GET", "/api/v3/interactions/%ff", &Value::Null);
    assert_eq!((undecodable.status, &undecodable.body["message"]), (404, &json!("Not found.")));
    let method = server.admin("DELETE", "/api/v3/interactions", &Value::Null);
    assert_eq!((method.status, &method.body["message"]), (405, &json!("The method is not supported for this route.")));
}

#[test]
fn a_record_comes_back_with_every_field_of_the_official_sdk_s_type() {
    let server = Server::start();
    let created = server.create(ADA, &json!({ "location_id": "7", "duration": 12.50, "organisation_id": 3 })).body;
    let shown = &created["data"];
    for field in [
        "identity",
        "latitude",
        "longitude",
        "description",
        "url",
        "product_id",
        "staff_id",
        "product_category_id",
        "product_variant_id",
        "interacted_type",
        "interacted_id",
        "interacted_at",
    ] {
        assert_eq!(shown.get(field), Some(&Value::Null), "{field}");
    }
    assert!(shown["id"].is_u64());
    assert_eq!((&shown["tags"], &shown["meta"]), (&json!([]), &json!({})));
    assert_eq!((&shown["location_id"], &shown["location"]), (&json!(7), &json!({ "id": 7, "name": "Collins Street" })));
    assert_eq!((&shown["duration"], &shown["organisation_id"]), (&json!("12.5"), &json!(3)));
    let list = server.admin("GET", "/api/v3/interactions", &Value::Null).body;
    assert_eq!(&list["data"][0], shown, "a list shows the same");
    let elsewhere = server.create(ADA, &json!({ "location_id": 99 })).body;
    assert_eq!(elsewhere["data"]["location"], Value::Null);
}

#[test]
fn whose_it_is_is_said_by_the_route_and_not_by_the_body() {
    let server = Server::start();
    let body = interaction(&json!({ "profile_id": GRACE, "email": "grace@example.com" })).to_string();
    let ada = server.id_token(ADA);
    let own = server.send("POST", "/id/api/v1/profiles/me/interactions", &ada, &body);
    assert_eq!((own.status, &own.body["data"]["profile"]["id"]), (201, &json!(ADA)));
    assert_eq!(
        server.admin("GET", &format!("/api/v3/profiles/{GRACE}/interactions"), &Value::Null).body["meta"]["total"],
        0
    );
}

#[test]
fn text_that_javascript_may_send_is_taken_on_every_surface() {
    let server = Server::start();
    // Half of an emoji, as `"😀".slice(0, 1)` leaves it and `JSON.stringify` writes it.
    let body = format!(
        r#"{{"action":"view","channel":"website","signal":0,"name":"half \ud83d","namespace":"n","profile_id":"{ADA}","meta":{{"n":0.10}}}}"#
    );
    for path in ["/api/v3/interactions".to_owned(), format!("/api/v3/profiles/{ADA}/interactions")] {
        let created = server.send("POST", &path, omneo_sandbox::ADMIN_TOKEN, &body);
        assert_eq!((created.status, &created.body["data"]["name"]), (201, &json!("half \u{fffd}")), "{path}");
    }
}

#[test]
fn half_an_emoji_is_taken_in_corrections_too() {
    let server = Server::start();
    let ada = server.id_token(ADA);
    let id = server.create(ADA, &json!({})).body["data"]["id"].clone();
    let one = format!("/id/api/v1/profiles/me/interactions/{id}");
    let corrected = server.send("PATCH", &one, &ada, r#"{"meta":{"\udE00":["\ud83d\ude00","\ud83d"]}}"#);
    assert_eq!(corrected.body["data"]["meta"], json!({ "\u{fffd}": ["😀", "\u{fffd}"] }));
}

#[test]
fn a_number_is_a_number_however_it_is_written() {
    let server = Server::start();
    let price = r#""latitude":-37.80,"duration":1.20e1,"meta":{"price":151.20,"many":1e2,"sum":0.30000000000000004}"#;
    let body = interaction(&json!({ "meta": {} })).to_string().replace(r#""meta":{}"#, price);
    let created =
        server.send("POST", &format!("/api/v3/profiles/{ADA}/interactions"), omneo_sandbox::ADMIN_TOKEN, &body);
    let data = &created.body["data"];
    assert_eq!((&data["latitude"], &data["duration"]), (&json!("-37.8"), &json!("12")));
    assert_eq!(data["meta"].to_string(), r#"{"price":151.2,"many":100,"sum":0.30000000000000004}"#);
}

#[test]
fn a_correction_changes_what_it_names_and_nothing_else() {
    let server = Server::start_with(|options| options.drop_copies = true);
    let event = "22222222-2222-4222-8222-222222222222";
    let long = "x".repeat(20_000);
    let first = json!({ "description": long, "tags": ["a"], "meta": { "event_id": event } });
    let created = server.create(ADA, &first).body["data"].clone();
    let one = format!("/api/v3/interactions/{}", created["id"]);
    let corrected = server.admin("PUT", &one, &json!({ "description": long, "tags": null, "meta": {} }));
    assert_eq!(corrected.status, 200, "what is replaced does not count towards the size");
    let data = &corrected.body["data"];
    assert_eq!((&data["tags"], &data["meta"], &data["name"]), (&json!([]), &json!({}), &created["name"]));
    let again = server.create(ADA, &first);
    assert_eq!((again.status, &again.body["data"]["id"]), (200, &created["id"]), "its event is known still");
    for (body, field) in [("[]", "interaction"), ("{", "body"), (r#"{"name":null}"#, "name"), (r#"{"id":9}"#, "id")] {
        let refused = server.send("PUT", &one, omneo_sandbox::ADMIN_TOKEN, body);
        assert_eq!(refused.status, 422, "{body}");
        assert!(refused.body["errors"][field][0].is_string(), "{body} {refused:?}");
    }
    assert_eq!(server.admin("GET", &one, &Value::Null).body["data"]["name"], created["name"]);
}

#[test]
fn corrections_at_once_do_not_undo_each_other() {
    let server = Server::start();
    let id = server.create(ADA, &json!({})).body["data"]["id"].clone();
    let one = format!("/api/v3/interactions/{id}");
    let fields =
        ["product_id", "location_id", "staff_id", "product_variant_id", "product_category_id", "organisation_id"];
    std::thread::scope(|scope| {
        for field in fields {
            let (server, one) = (&server, &one);
            scope.spawn(move || assert_eq!(server.admin("PUT", one, &json!({ field: 5 })).status, 200));
        }
    });
    let record = server.admin("GET", &one, &Value::Null).body["data"].clone();
    assert!(fields.iter().all(|field| record[field] == 5), "{record}");
}

#[test]
fn there_may_be_as_many_customers_as_a_test_needs() {
    let server = Server::start_with(|options| options.customers = 3);
    let named = json!({ "email": "customer-3@example.com" });
    let created = server.admin("POST", "/api/v3/interactions", &interaction(&named));
    assert_eq!(created.body["data"]["profile"]["id"], "00000000-0000-4000-8000-000000000003");
    let unknown = json!({ "email": "customer-4@example.com" });
    assert_eq!(server.admin("POST", "/api/v3/interactions", &interaction(&unknown)).status, 422);
    let sign_in = json!({ "email": "customer-3@example.com", "password": "" });
    assert_ne!(server.send("POST", "/shop/login", "", &sign_in.to_string()).status, 200, "no password opens it");
}
