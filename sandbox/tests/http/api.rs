//! The three surfaces over real HTTP, with a real SQLite file.

use crate::support::{ADA, GRACE, Server, interaction};
use omneo_sandbox::{READ_ONLY_TOKEN, SHOPIFY_SECRET};
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
fn a_second_copy_of_an_event_is_dropped_even_when_twenty_come_at_once() {
    let server = Server::start();
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
fn tokens_open_what_they_should_and_nothing_else() {
    let server = Server::start();
    let (interactions, own) = ("/api/v3/interactions", "/id/api/v1/profiles/me/interactions");
    let ada = server.id_token(ADA);
    let body = interaction(&json!({ "profile_id": ADA })).to_string();
    for (path, token) in [
        (interactions, ""),
        (interactions, "rubbish"),
        (interactions, &ada),
        (own, ""),
        (own, "a.b.c"),
        (own, READ_ONLY_TOKEN),
    ] {
        let refused = server.send("POST", path, token, &body);
        assert_eq!((refused.status, &refused.body), (401, &json!({ "message": "Unauthenticated." })), "{path} {token}");
    }
    assert_eq!(server.send("GET", interactions, READ_ONLY_TOKEN, "").status, 200);
    for method in ["POST", "PUT", "DELETE"] {
        let path = if method == "POST" { interactions.to_owned() } else { format!("{interactions}/1") };
        let refused = server.send(method, &path, READ_ONLY_TOKEN, &body);
        assert_eq!((refused.status, &refused.body["message"]), (403, &json!("Invalid ability provided.")), "{method}");
    }
    let anonymous =
        server.admin("POST", "/id/api/v1/auth/token", &json!({})).body["data"]["token"].as_str().unwrap().to_owned();
    assert_eq!(server.send("GET", own, &anonymous, "").status, 404);
    assert_eq!(server.send("POST", "/id/api/v1/auth/token", &ada, "{}").status, 401, "only an admin token mints");
}

#[test]
fn a_token_is_minted_by_identifier_and_by_shopify_s_signature() {
    let server = Server::start();
    let by_identifier = server.admin("POST", "/id/api/v1/auth/token", &json!({ "id": "7002", "id_handle": "shopify" }));
    let token = by_identifier.body["data"]["token"].as_str().unwrap();
    assert_eq!(server.send("GET", "/id/api/v1/profiles/me", token, "").body["data"]["id"], GRACE);
    assert!(by_identifier.body["data"]["exp"].as_u64().unwrap() > 1_700_000_000);
    // echo -n 7001 | openssl dgst -sha256 -hmac sandbox-shopify-secret
    assert_eq!(SHOPIFY_SECRET, "sandbox-shopify-secret");
    let signature = "7eddedec5745c64768aaa479564b1682eb16667f78cc0c04f488e9ff52865532";
    let signed = server.send(
        "POST",
        "/shopify/api/v1/auth/token",
        "",
        &json!({ "id": 7001, "signature": signature }).to_string(),
    );
    assert_eq!(signed.status, 200, "{signed:?}");
    assert_eq!(
        server.send("GET", "/id/api/v1/profiles/me", signed.body["token"].as_str().unwrap(), "").body["data"]["id"],
        ADA
    );
    for (id, signature) in [(7002, signature), (7001, ""), (7001, "zz")] {
        let forged = server.send(
            "POST",
            "/shopify/api/v1/auth/token",
            "",
            &json!({ "id": id, "signature": signature }).to_string(),
        );
        assert_eq!(forged.status, 401, "{id} {signature}");
    }
}

#[test]
fn lists_come_in_laravel_s_pages() {
    let server = Server::start();
    (0..5).for_each(|at| assert_eq!(server.create(ADA, &json!({ "name": format!("View {at}") })).status, 201));
    let path = format!("/api/v3/profiles/{ADA}/interactions");
    let page = server.admin("GET", &format!("{path}?page=2&per_page=2"), &Value::Null).body;
    let names: Vec<&Value> = page["data"].as_array().unwrap().iter().map(|record| &record["name"]).collect();
    assert_eq!(names, ["View 2", "View 1"], "newest first");
    let meta = &page["meta"];
    assert_eq!(
        (&meta["current_page"], &meta["from"], &meta["to"], &meta["last_page"], &meta["per_page"], &meta["total"]),
        (&json!(2), &json!(3), &json!(4), &json!(3), &json!(2), &json!(5))
    );
    let url = server.url(&path);
    assert_eq!(
        page["links"],
        json!({ "first": format!("{url}?page=1"), "last": format!("{url}?page=3"), "prev": format!("{url}?page=1"), "next": format!("{url}?page=3") })
    );
    assert_eq!((&meta["path"], meta["links"].as_array().unwrap().len()), (&json!(url), 5));
    let oldest = server.admin("GET", &format!("{path}?sort=id&limit=1"), &Value::Null).body;
    assert_eq!(oldest["data"][0]["name"], "View 0");
    let beyond = server.admin("GET", &format!("{path}?page=9"), &Value::Null).body;
    assert_eq!((&beyond["data"], &beyond["meta"]["from"]), (&json!([]), &Value::Null));
    for (query, field) in [("page=0", "page"), ("per_page=101", "per_page"), ("sort=name", "sort")] {
        let refused = server.admin("GET", &format!("{path}?{query}"), &Value::Null);
        assert_eq!(refused.status, 422, "{query}");
        assert!(refused.body["errors"][field][0].is_string(), "{refused:?}");
    }
}

#[test]
fn lists_are_filtered_by_any_field_and_operator() {
    let server = Server::start();
    for (channel, signal, product, latitude) in
        [("website", 0, 9, "-37.8"), ("support", -1, 10, "51.5"), ("support", 1, 100, "9")]
    {
        assert_eq!(
            server
                .create(
                    ADA,
                    &json!({ "channel": channel, "signal": signal, "product_id": product, "latitude": latitude })
                )
                .status,
            201
        );
    }
    let products = |filter: &str| -> Vec<i64> {
        let list = server.admin("GET", &format!("/api/v3/interactions?sort=id&{filter}"), &Value::Null);
        assert_eq!(list.status, 200, "{filter} {list:?}");
        list.body["data"].as_array().unwrap().iter().map(|record| record["product_id"].as_i64().unwrap()).collect()
    };
    assert_eq!(products("filter%5Bchannel%5D%5Beq%5D=support"), [10, 100]);
    assert_eq!(products("filter[channel][neq]=support"), [9]);
    assert_eq!(products("filter[channel]=website"), [9]);
    assert_eq!(products("filter[product_id][gt]=9"), [10, 100], "as numbers, not as text");
    assert_eq!(products("filter[product_id][lte]=10&filter[signal][lt]=0"), [10]);
    assert_eq!(products("filter[product_id][in]=9,100"), [9, 100]);
    assert_eq!(products("filter[latitude][gte]=9"), [10, 100]);
    assert_eq!(products("filter[name][like]=%25page"), [9, 10, 100]);
    assert_eq!(products("filter[name][eq]=%27%20OR%201=1%20--"), [0; 0]);
    for filter in ["filter[colour][eq]=red", "filter[name][regex]=x", "filter[id)--][eq]=1"] {
        assert_eq!(
            server.admin("GET", &format!("/api/v3/interactions?{filter}"), &Value::Null).status,
            422,
            "{filter}"
        );
    }
}

#[test]
fn times_are_answered_in_utc_as_omneo_does() {
    let server = Server::start();
    let created = server.create(ADA, &json!({ "interacted_at": "2026-11-23T09:30:00.250+11:00" })).body;
    assert_eq!(created["data"]["interacted_at"], "2026-11-22 22:30:00");
    assert_eq!(created["data"]["created_at"].as_str().unwrap().len(), 19);
}

#[test]
fn too_many_requests_are_told_when_to_return() {
    let server = Server::start_with(|options| options.rate_limit = Some(2));
    let get = || server.send("GET", "/api/v3/interactions", READ_ONLY_TOKEN, "");
    assert_eq!((get().status, get().status), (200, 200));
    let refused = get();
    assert_eq!((refused.status, &refused.body["message"]), (429, &json!("Too Many Attempts.")));
    let seconds: u64 = refused.headers["retry-after"].to_str().unwrap().parse().unwrap();
    assert!((1..=61).contains(&seconds));
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
    assert_eq!(server.admin("DELETE", "/api/v3/interactions", &Value::Null).status, 405);
}

#[test]
fn a_browser_is_let_in_with_the_two_headers_and_no_other() {
    let server = Server::start();
    let preflight = server.send_with(
        "OPTIONS",
        "/id/api/v1/profiles/me/interactions",
        &[
            ("Origin", "https://shop.example"),
            ("Access-Control-Request-Method", "POST"),
            ("Access-Control-Request-Headers", "authorization,content-type,x-tracker"),
        ],
        "",
    );
    let header = |name: &str| preflight.headers[name].to_str().unwrap().to_lowercase();
    assert_eq!(header("access-control-allow-origin"), "*");
    assert_eq!(header("access-control-allow-headers"), "authorization,content-type");
    assert_eq!(header("access-control-max-age"), "7200");
    let refused =
        server.send_with("POST", "/id/api/v1/profiles/me/interactions", &[("Origin", "https://shop.example")], "");
    assert_eq!(
        (refused.status, refused.headers["access-control-allow-origin"].to_str().unwrap()),
        (401, "*"),
        "errors are readable too"
    );
}

#[test]
fn requests_are_noted_without_what_is_secret() {
    let server = Server::start();
    server.create(ADA, &json!({ "name": "secret name" }));
    let noted = server.send("GET", "/_sandbox/requests", "", "").body;
    assert_eq!(
        noted["data"],
        json!([{ "method": "POST", "path": format!("/api/v3/profiles/{ADA}/interactions"), "status": 201 }])
    );
    assert_eq!(server.send("DELETE", "/_sandbox/requests", "", "").status, 204);
    assert_eq!(server.send("GET", "/_sandbox/requests", "", "").body["data"], json!([]));
}
