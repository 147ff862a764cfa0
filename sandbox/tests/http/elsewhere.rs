//! Pages of other sites, which the same browser has open: what they may read, and what not.

use crate::support::{ADA, Server, interaction};
use omneo_sandbox::ADMIN_TOKEN;
use serde_json::json;

const ELSEWHERE: [&str; 4] = ["https://shop.example", "http://localhost.shop.example", "http://192.0.2.7:8787", "null"];

/// What the session's cookie opens, or what everybody knows.
fn guarded() -> [(&'static str, String); 27] {
    let profile = format!("/api/v3/profiles/{ADA}");
    [
        ("GET", "/api/v3/interactions".into()),
        ("POST", "/api/v3/interactions".into()),
        ("GET", "/api/v3/interactions/1".into()),
        ("GET", profile.clone()),
        ("GET", format!("{profile}/interactions")),
        ("POST", format!("{profile}/interactions")),
        ("GET", format!("{profile}/interaction/1")),
        ("POST", "/id/api/v1/auth/token".into()),
        ("POST", "/shopify/api/v1/auth/token".into()),
        ("GET", "/api/v3/webhooks".into()),
        ("POST", "/api/v3/webhooks".into()),
        ("PUT", "/api/v3/webhooks/1".into()),
        ("DELETE", "/api/v3/webhooks/1".into()),
        ("GET", "/_sandbox/deliveries".into()),
        ("DELETE", "/_sandbox/deliveries".into()),
        ("GET", "/shop/points".into()),
        ("POST", "/shop/login".into()),
        ("POST", "/shop/logout".into()),
        ("GET", "/shop/session".into()),
        ("POST", "/shop/newsletter".into()),
        ("GET", "/shop/events".into()),
        ("GET", "/omneo/token".into()),
        ("GET", "/_sandbox/requests".into()),
        ("GET", "/_sandbox/ledger".into()),
        ("DELETE", "/_sandbox/ledger".into()),
        ("GET", "/_sandbox/faults".into()),
        ("POST", "/_sandbox/faults".into()),
    ]
}

#[test]
fn a_page_from_elsewhere_gets_nothing_that_a_cookie_or_a_known_secret_opens() {
    let server = Server::start();
    assert_eq!(server.create(ADA, &json!({})).status, 201);
    let login = r#"{"email":"ada@example.com","password":"demo"}"#;
    let cookie = server.send("POST", "/shop/login", "", login).headers["set-cookie"].to_str().unwrap().to_owned();
    let bearer = format!("Bearer {ADMIN_TOKEN}");
    for origin in ELSEWHERE {
        for (method, path) in guarded() {
            let headers = [("Origin", origin), ("Authorization", &bearer), ("Cookie", &cookie)];
            let answer = server.send_with(method, &path, &headers, "{}");
            assert_eq!(answer.status, 403, "{origin} {method} {path}");
            assert_eq!(answer.headers.get("access-control-allow-origin"), None, "{origin} {method} {path}");
            let asked = [("Origin", origin), ("Access-Control-Request-Method", method)];
            let preflight = server.send_with("OPTIONS", &path, &asked, "");
            assert_eq!(preflight.headers.get("access-control-allow-origin"), None, "{origin} {method} {path}");
        }
    }
}

#[test]
fn a_page_of_another_port_of_this_machine_may_use_omneo_s_surfaces_but_not_the_session() {
    let server = Server::start();
    let token = server.id_token(ADA);
    let record = interaction(&json!({})).to_string();
    for origin in ["http://127.0.0.1:5173", "https://localhost:3000", "http://[::1]:3000"] {
        for (path, token) in [
            ("/id/api/v1/profiles/me/interactions".to_owned(), token.as_str()),
            (format!("/api/v3/profiles/{ADA}/interactions"), ADMIN_TOKEN),
        ] {
            let bearer = format!("Bearer {token}");
            let answer = server.send_with("POST", &path, &[("Origin", origin), ("Authorization", &bearer)], &record);
            assert_eq!(answer.status, 201, "{origin} {path}");
            assert_eq!(answer.headers["access-control-allow-origin"], "*", "{origin} {path}");
            assert_eq!(answer.headers.get("access-control-allow-credentials"), None);
        }
        for path in ["/omneo/token", "/shop/session", "/shop/events", "/_sandbox/ledger"] {
            let answer = server.send_with("GET", path, &[("Origin", origin)], "");
            assert_eq!(answer.headers.get("access-control-allow-origin"), None, "{origin} {path}");
        }
    }
}

#[test]
fn a_name_of_elsewhere_that_leads_here_opens_nothing() {
    let server = Server::start();
    let bearer = format!("Bearer {ADMIN_TOKEN}");
    for host in ["rebound.example:8787", "192.0.2.7", "127.0.0.1.rebound.example"] {
        for path in ["/", "/api/v3/interactions", "/omneo/token", "/_sandbox/ledger", "/_sandbox/faults"] {
            let answer = server.send_with("GET", path, &[("Host", host), ("Authorization", &bearer)], "");
            assert_eq!(answer.status, 403, "{host} {path} {answer:?}");
        }
    }
    let here = [("Host", "localhost:8787"), ("Authorization", bearer.as_str())];
    assert_eq!(server.send_with("GET", "/api/v3/interactions", &here, "").status, 200);
}
