//! The way to a relay.

use crate::support::{ADA, Server, interaction};
use serde_json::json;

const OWN: &str = "/relay/v1/profiles/me/interactions";

/// What stands behind it here: another sandbox, which says where a request went.
fn with_relay() -> (Server, Server) {
    let behind = Server::start();
    let origin = format!("http://{}", behind.address);
    let server = Server::start_with(|options| {
        options.relay = Some(origin);
        let tag = r#"<script async src="/omneo/snippet.js" data-endpoint="/" data-token-url="/omneo/token"></script>"#;
        std::fs::write(options.www.join("index.html"), tag).unwrap();
    });
    (server, behind)
}

#[test]
fn what_is_for_the_relay_is_passed_on_whole() {
    let (server, behind) = with_relay();
    let token = server.id_token(ADA);
    assert_eq!(server.send("POST", &format!("{OWN}?a=b"), &token, "[]").status, 404, "a sandbox is no relay");
    let health = behind.send("GET", "/_sandbox/requests", "", "");
    let passed = health.body["data"].as_array().unwrap().last().cloned();
    assert_eq!(passed.map(|one| (one["method"].clone(), one["path"].clone())), Some((json!("POST"), json!(OWN))));
}

#[test]
fn without_a_relay_there_is_nothing() {
    let server = Server::start();
    assert_eq!(server.send("POST", OWN, "", &interaction(&json!({})).to_string()).status, 404);
}

#[test]
fn a_relay_that_is_gone_is_said_to_be() {
    let server = Server::start_with(|options| options.relay = Some("http://127.0.0.1:9".into()));
    assert_eq!(server.send("POST", OWN, "", "[]").status, 502);
}

#[test]
fn pages_show_the_route_that_their_records_take() {
    let tag = |server: &Server| server.send("GET", "/", "", "").body.to_string();
    assert!(tag(&with_relay().0).contains("data-route"));
    assert!(!tag(&Server::start()).contains("data-route"));
}
