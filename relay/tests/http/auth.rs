//! Who may hand in, and who not.

use crate::support::{
    ADA, GRACE, IDENTIFIED, OWN, SERVER_KEY, World, bearer, jwt, jwt_signed, seconds, service, until, view, with,
};
use serde_json::json;

#[test]
fn only_a_good_token_of_the_brand_s_opens_it() {
    let world = World::start();
    let batch = json!([view("a")]);
    let none = format!("{}.{}.", b64(r#"{"alg":"none","typ":"JWT"}"#), b64(&claims()));
    let forged = jwt_signed(&json!({}), "another secret, which is also of 32 bytes or more");
    for (what, token) in [
        ("none", String::new()),
        ("rubbish", "rubbish".into()),
        ("three parts", "a.b.c".into()),
        ("another key", forged),
        ("alg none", none),
        ("ended", jwt(&json!({ "exp": seconds() - 60 }))),
        ("without an end", jwt(&json!({ "exp": null }))),
        ("not yet", jwt(&json!({ "nbf": seconds() + 600 }))),
        ("another audience", jwt(&json!({ "aud": "another" }))),
        ("without audience", jwt(&json!({ "aud": null }))),
        ("another issuer", jwt(&json!({ "iss": "https://other.example" }))),
        ("nobody", jwt(&json!({ "pid": "null" }))),
        ("no profile", jwt(&json!({ "pid": "../../admin" }))),
        ("a server's key", SERVER_KEY.into()),
    ] {
        let answer = world.post(OWN, &token, &batch);
        assert_eq!(answer.status, 401, "{what}: {answer:?}");
        assert_eq!(answer.headers["www-authenticate"], "Bearer", "{what}");
    }
    assert_eq!(world.post(OWN, &jwt(&json!({})), &batch).body[0]["status"], 202);
    until("it has arrived", || world.ids_at_omneo(ADA) == ["a"]);
    assert!(world.at_omneo(GRACE).is_empty());
}

#[test]
fn omneo_s_own_tokens_open_it_and_omneo_is_asked_once() {
    let world = World::start();
    let token = world.id_token(GRACE);
    for id in ["a", "b", "c"] {
        assert_eq!(world.post(OWN, &token, &json!([view(id)])).body[0]["status"], 202);
    }
    let asked = world.send("GET", &format!("{}/_sandbox/requests", world.sandbox), &[], b"").body;
    let is_asking = |one: &&serde_json::Value| one["path"] == "/id/api/v1/profiles/me";
    assert_eq!(asked["data"].as_array().unwrap().iter().filter(is_asking).count(), 1);
    let (head, tail) = token.rsplit_once('.').unwrap();
    let broken = format!("{head}.{}", tail.chars().rev().collect::<String>());
    assert_eq!(world.post(OWN, &broken, &json!([view("d")])).status, 401);
    until("all have arrived", || world.ids_at_omneo(GRACE) == ["a", "b", "c"]);
}

#[test]
fn where_omneo_does_not_say_whether_a_token_is_good_it_is_asked_later() {
    let world = World::with("", "");
    let token = world.id_token(ADA);
    let gone = World::with("", "");
    let elsewhere = world.send("POST", &format!("{}{OWN}", gone.relay), &[("Authorization", &bearer(&token))], b"[]");
    assert_eq!(elsewhere.status, 401, "another Omneo does not know it");
}

#[test]
fn a_server_s_key_opens_what_its_scopes_say() {
    let world = World::start();
    let by_profile = format!("/relay/v1/profiles/{ADA}/interactions");
    assert_eq!(world.post(&by_profile, "profiles-only-key", &service("a")).status, 200);
    let identified = with(service("b"), "email", json!("ada@example.com"));
    assert_eq!(world.post(IDENTIFIED, "profiles-only-key", &identified).status, 403);
    assert_eq!(world.post(IDENTIFIED, "no key", &identified).status, 401);
    assert_eq!(world.post(&by_profile, &jwt(&json!({})), &service("c")).status, 401, "a customer is no server");
}

#[test]
fn the_wrong_host_is_nobody_s() {
    let world = World::with("", r#"hosts = ["shop.example"]"#);
    let ask = |host: &str, forwarded: Option<&str>| {
        let token = bearer(&jwt(&json!({})));
        let mut headers = vec![("Authorization", token.as_str()), ("Host", host)];
        headers.extend(forwarded.map(|host| ("X-Forwarded-Host", host)));
        world.send("POST", &format!("{}{OWN}", world.relay), &headers, b"[]").status
    };
    assert_eq!(ask("shop.example", None), 422, "an empty batch, of a known brand");
    assert_eq!(ask("Shop.Example:443", None), 422);
    assert_eq!(ask("other.example", None), 404);
    assert_eq!(ask("other.example", Some("shop.example")), 404, "no proxy is trusted");
}

#[test]
fn only_named_origins_may_call_from_their_pages() {
    let world = World::with("", r#"origins = ["https://shop.example"]"#);
    let allowed = |origin: &str| {
        let asked = [
            ("Origin", origin),
            ("Access-Control-Request-Method", "POST"),
            ("Access-Control-Request-Headers", "authorization,content-encoding,content-type"),
        ];
        let answer = world.send("OPTIONS", &format!("{}{OWN}", world.relay), &asked, b"");
        answer.headers.get("access-control-allow-origin").map(|value| value.to_str().unwrap().to_owned())
    };
    assert_eq!(allowed("https://shop.example").as_deref(), Some("https://shop.example"));
    assert_eq!(allowed("https://evil.example"), None);
    assert_eq!(allowed("null"), None);
}

fn claims() -> String {
    json!({ "iss": "https://shop.example", "aud": "relay", "pid": ADA, "exp": seconds() + 600 }).to_string()
}

fn b64(text: &str) -> String {
    use base64::Engine;
    base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(text)
}
