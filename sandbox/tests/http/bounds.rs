//! Requests that would cost too much: too large, too deep, without an end.

use crate::support::{ADA, Server};
use omneo_sandbox::ADMIN_TOKEN;
use serde_json::json;
use std::io::{Read, Write};
use std::net::TcpStream;

/// Every route that reads a body, and whether it is given an admin token.
fn readers() -> [(&'static str, &'static str, bool); 8] {
    [
        ("POST", "/api/v3/interactions", true),
        ("POST", "/api/v3/profiles/5f0d5a4e-6a52-4b0e-9a52-0c1f7e0a0001/interactions", true),
        ("POST", "/id/api/v1/auth/token", true),
        ("POST", "/id/api/v1/profiles/me/interactions", false),
        ("POST", "/shopify/api/v1/auth/token", false),
        ("POST", "/shop/login", false),
        ("POST", "/shop/newsletter", false),
        ("POST", "/_sandbox/faults", false),
    ]
}

#[test]
fn a_body_that_nests_a_hundred_thousand_deep_is_refused_on_every_route() {
    let server = Server::start();
    let token = server.id_token(ADA);
    for (open, close) in [("[", "]"), (r#"{"a":"#, "}")] {
        let deep = format!("{}1{}", open.repeat(100_000), close.repeat(100_000));
        let within = format!(r#"{{"meta":{deep}}}"#);
        for body in [&deep, &within] {
            for (method, path, is_admin) in readers() {
                let answer = server.send(method, path, if is_admin { ADMIN_TOKEN } else { &token }, body);
                assert_eq!(answer.status, 422, "{method} {path} {answer:?}");
            }
        }
    }
    assert_eq!(server.create(ADA, &json!({})).status, 201, "the server lives");
}

#[test]
fn a_body_that_is_too_large_is_refused_on_every_route() {
    let server = Server::start();
    let large = json!("x".repeat(3 << 20)).to_string();
    for (method, path, _) in readers() {
        let answer = server.send(method, path, ADMIN_TOKEN, &large);
        assert_eq!((answer.status, &answer.body["message"]), (413, &json!("The POST data is too large.")), "{path}");
    }
}

#[test]
fn headers_that_are_too_large_are_refused() {
    let server = Server::start();
    let mut client = TcpStream::connect(server.address).unwrap();
    let large = "x".repeat(1 << 20);
    // The server may close before it has read all.
    let _ = write!(client, "GET / HTTP/1.1\r\nHost: {}\r\nX-Large: {large}\r\n\r\n", server.address);
    let mut answer = Vec::new();
    let _ = client.read_to_end(&mut answer);
    assert!(!answer.starts_with(b"HTTP/1.1 2"), "{}", String::from_utf8_lossy(&answer));
    assert_eq!(server.send("GET", "/omneo/token", "", "").status, 401, "the server lives");
}
