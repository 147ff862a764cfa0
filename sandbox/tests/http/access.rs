//! Who may do what: tokens, scopes, limits, and a browser's preflight.

use crate::support::{ADA, GRACE, Server, interaction};
use omneo_sandbox::{READ_ONLY_TOKEN, SHOPIFY_SECRET};
use serde_json::{Value, json};

#[test]
fn tokens_open_what_they_should_and_nothing_else() {
    let server = Server::start();
    let (interactions, own) = ("/api/v3/interactions", "/id/api/v1/profiles/me/interactions");
    let ada = server.id_token(ADA);
    let body = interaction(&json!({ "profile_id": ADA })).to_string();
    for (path, token) in [
        (interactions, ""),
        (interactions, "rubbish"),
        (interactions, "sandbox-admin-toke"),
        (interactions, "sandbox-admin-tokens"),
        (interactions, "Sandbox-admin-token"),
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
    let mut request = noted["data"][0].clone();
    let at = request["at"].take();
    assert!(omneo_interactions::interaction::Instant::parse(at.as_str().unwrap()).is_some(), "{at}");
    let path = format!("/api/v3/profiles/{ADA}/interactions");
    assert_eq!(request, json!({ "method": "POST", "path": path, "status": 201, "at": null }));
    assert_eq!(noted["data"].as_array().unwrap().len(), 1, "what is no part of Omneo's surfaces is not noted");
    server.send("OPTIONS", &path, "", "");
    assert_eq!(server.send("GET", "/_sandbox/requests", "", "").body["data"][1]["method"], "OPTIONS");
    assert_eq!(server.send("DELETE", "/_sandbox/requests", "", "").status, 204);
    assert_eq!(server.send("GET", "/_sandbox/requests", "", "").body["data"], json!([]));
}

#[test]
fn a_token_that_has_ended_or_is_signed_otherwise_opens_nothing() {
    let server = Server::start();
    let secret = server.secret();
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap().as_secs();
    let own = |key: &[u8], algorithm: jsonwebtoken::Algorithm, claims: Value| {
        let key = jsonwebtoken::EncodingKey::from_secret(key);
        let token = jsonwebtoken::encode(&jsonwebtoken::Header::new(algorithm), &claims, &key).unwrap();
        server.send("GET", "/id/api/v1/profiles/me/interactions", &token, "").status
    };
    use jsonwebtoken::Algorithm::{HS256, HS384};
    assert_eq!(own(&secret, HS256, json!({ "pid": ADA, "exp": now + 60 })), 200);
    assert_eq!(own(&secret, HS256, json!({ "pid": ADA, "exp": now - 1 })), 401, "ended");
    assert_eq!(own(&secret, HS256, json!({ "pid": ADA })), 401, "without an end");
    assert_eq!(own(&secret, HS256, json!({ "exp": now + 60 })), 401, "nobody's");
    assert_eq!(own(&secret, HS384, json!({ "pid": ADA, "exp": now + 60 })), 401, "another algorithm");
    assert_eq!(own(b"another secret", HS256, json!({ "pid": ADA, "exp": now + 60 })), 401, "another's signature");
    assert_eq!(own(&secret, HS256, json!({ "pid": "nobody", "exp": now + 60 })), 404);
}

#[test]
fn a_request_for_a_token_that_cannot_be_read_gets_none() {
    let server = Server::start();
    for (body, field) in [
        ("", "body"),
        ("id=7001", "body"),
        ("[]", "body"),
        (r#"{"id":{}}"#, "id"),
        (r#"{"id":""}"#, "id"),
        (r#"{"id":"nobody"}"#, "id"),
        (r#"{"id":7001}"#, "id"),
        (r#"{"id":7001,"id_handle":"magento"}"#, "id"),
        (r#"{"id":7001,"id_handle":"' OR 1 --"}"#, "id"),
        (r#"{"id":7001,"id_handle":5}"#, "id_handle"),
    ] {
        let refused = server.send("POST", "/id/api/v1/auth/token", omneo_sandbox::ADMIN_TOKEN, body);
        assert_eq!(refused.status, 422, "{body}");
        let text = refused.body["errors"][field][0].as_str().unwrap_or_default();
        assert!(text.starts_with(&format!("`{field}` is ")), "{body} {refused:?}");
    }
    let unsigned = server.send("POST", "/shopify/api/v1/auth/token", "", "{}");
    assert_eq!(
        (unsigned.status, &unsigned.body["errors"]["id"][0]),
        (422, &json!("`id` is missing; accepted: the id of a Shopify customer"))
    );
    let plain = server.send_with(
        "POST",
        "/id/api/v1/auth/token",
        &[("Authorization", &format!("Bearer {}", omneo_sandbox::ADMIN_TOKEN))],
        &json!({ "id": GRACE }).to_string(),
    );
    assert_eq!(plain.status, 200, "the type of the body is not asked for");
}
