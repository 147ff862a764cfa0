//! Requests that cost too much, or are not what they say.

use crate::support::{ADA, OWN, World, bearer, jwt, until, view};
use flate2::Compression;
use flate2::write::GzEncoder;
use serde_json::{Value, json};
use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

fn gzip(body: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(body).unwrap();
    encoder.finish().unwrap()
}

fn send(world: &World, headers: &[(&str, &str)], body: &[u8]) -> (u16, Value) {
    let token = bearer(&jwt(&json!({})));
    let mut all = vec![("Authorization", token.as_str())];
    all.extend(headers);
    let answer = world.send("POST", &format!("{}{OWN}", world.relay), &all, body);
    (answer.status, answer.body)
}

#[test]
fn a_batch_may_be_compressed() {
    let world = World::start();
    let body = gzip(json!([view("a")]).to_string().as_bytes());
    assert_eq!(send(&world, &[("Content-Encoding", "gzip")], &body).0, 200);
    until("it has arrived", || world.ids_at_omneo(ADA) == ["a"]);
}

#[test]
fn what_is_too_large_or_no_json_is_refused_by_name() {
    let world = World::start();
    let plain = [("Content-Type", "application/json")];
    let nested = "[".repeat(10_000) + &"]".repeat(10_000);
    let large = json!("x".repeat(1 << 21)).to_string();
    for (what, headers, body, status) in [
        ("larger than it may be", &plain[..], large.into_bytes(), 413),
        ("a bomb", &[("Content-Encoding", "gzip")], gzip(&vec![b' '; 256 << 20]), 413),
        ("no gzip", &[("Content-Encoding", "gzip")], b"[]".to_vec(), 400),
        ("another encoding", &[("Content-Encoding", "br")], b"[]".to_vec(), 415),
        ("another type", &[("Content-Type", "text/plain")], b"[]".to_vec(), 415),
        ("no JSON", &plain, b"[".to_vec(), 400),
        ("nested arrays", &plain, nested.into_bytes(), 400),
        ("an empty batch", &plain, b"[]".to_vec(), 422),
        ("a text", &plain, b"\"x\"".to_vec(), 422),
    ] {
        let (answered, body) = send(&world, headers, &body);
        assert_eq!(answered, status, "{what}: {body}");
        assert!(body["message"].is_string(), "{what}");
    }
    assert_eq!(send(&world, &plain, json!([view("a")]).to_string().as_bytes()).0, 200, "the relay lives");
}

#[test]
fn one_customer_may_hand_in_so_many_and_nobody_else_is_held_up() {
    let world = World::with("[limits]\ncustomer_burst = 100\ncustomer_rate = 1", "");
    let batch = |from: usize| (from..from + 100).map(|at| view(&format!("id-{at}"))).collect::<Vec<_>>();
    let ada = jwt(&json!({}));
    assert_eq!(world.post(OWN, &ada, &json!(batch(0))).status, 200);
    let refused = world.post(OWN, &ada, &json!(batch(100)));
    assert_eq!(refused.status, 429);
    assert!(refused.headers["retry-after"].to_str().unwrap().parse::<u64>().unwrap() >= 1);
    let grace = jwt(&json!({ "pid": crate::support::GRACE }));
    assert_eq!(world.post(OWN, &grace, &json!(batch(0))).status, 200);
}

#[test]
fn without_room_it_says_so_and_stays() {
    let world = World::with("[limits]\nfree_disk_bytes = 9_000_000_000_000_000", "");
    let ready = || world.send("GET", &format!("{}/readyz", world.admin), &[], b"").status;
    until("it has looked", || ready() == 503);
    let refused = world.post(OWN, &jwt(&json!({})), &json!([view("a")]));
    assert_eq!(refused.status, 503);
    assert!(refused.headers.contains_key("retry-after"));
    assert_eq!(world.send("GET", &format!("{}/livez", world.admin), &[], b"").status, 200);
}

#[test]
fn a_client_that_sends_a_header_now_and_then_is_left() {
    let world = World::with("[limits]\nheader_seconds = 1", "");
    let mut client = TcpStream::connect(world.relay.strip_prefix("http://").unwrap()).unwrap();
    client.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
    let start = Instant::now();
    let _ = client.write_all(b"POST / HTTP/1.1\r\nHost: x\r\n");
    while client.write_all(b"X: x\r\n").is_ok() && start.elapsed() < Duration::from_secs(15) {
        std::thread::sleep(Duration::from_millis(50));
    }
    let mut said = Vec::new();
    let _ = client.read_to_end(&mut said);
    assert!(start.elapsed() < Duration::from_secs(15), "it is still there");
    assert!(!said.starts_with(b"HTTP/1.1 2"));
}

#[test]
fn a_body_that_never_comes_is_given_up() {
    let world = World::with("[limits]\nbody_seconds = 1", "");
    let mut client = TcpStream::connect(world.relay.strip_prefix("http://").unwrap()).unwrap();
    client.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
    let token = jwt(&json!({}));
    let head = format!(
        "POST {OWN} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {token}\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n["
    );
    client.write_all(head.as_bytes()).unwrap();
    let mut said = [0; 12];
    client.read_exact(&mut said).unwrap();
    assert_eq!(&said, b"HTTP/1.1 408");
}

#[test]
fn one_connection_too_many_is_closed() {
    let world = World::with("[limits]\nconnections = 2", "");
    let address = world.relay.strip_prefix("http://").unwrap().to_owned();
    let ask = || {
        let mut client = TcpStream::connect(&address).unwrap();
        client.set_read_timeout(Some(Duration::from_secs(10))).unwrap();
        let _ = client.write_all(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n");
        let mut said = [0; 12];
        let is_answered = client.read_exact(&mut said).is_ok();
        (client, is_answered)
    };
    let held = [ask(), ask()];
    assert!(held.iter().all(|(_, is_answered)| *is_answered));
    assert!(!ask().1, "the third is closed");
    drop(held);
    until("there is room again", || ask().1);
}

// A connection that is closed over what a client still sends resets it, and the answer is lost with it: to a proxy that is a 502.
#[test]
fn a_client_that_still_sends_hears_why_it_is_refused() {
    let world = World::start();
    let token = jwt(&json!({}));
    let body = vec![b' '; 3 << 20];
    for (path, token, status) in [(OWN, token.as_str(), "413"), (OWN, "nobody", "401"), ("/elsewhere", "", "404")] {
        let mut client = TcpStream::connect(world.relay.strip_prefix("http://").unwrap()).unwrap();
        client.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
        let length = body.len();
        let head = format!(
            "POST {path} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {token}\r\nContent-Type: application/json\r\nContent-Length: {length}\r\n\r\n"
        );
        client.write_all(head.as_bytes()).unwrap();
        client.write_all(&body).unwrap_or_else(|error| panic!("{status}: {error}"));
        let mut said = [0; 12];
        client.read_exact(&mut said).unwrap_or_else(|error| panic!("{status}: {error}"));
        assert_eq!(String::from_utf8_lossy(&said), format!("HTTP/1.1 {status}"));
    }
}

#[test]
fn what_has_no_end_is_not_read_to_its_end() {
    let world = World::start();
    let mut client = TcpStream::connect(world.relay.strip_prefix("http://").unwrap()).unwrap();
    let head = "POST /elsewhere HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999\r\n\r\n";
    client.write_all(head.as_bytes()).unwrap();
    let sent = (0..1 << 10).take_while(|_| client.write_all(&[b' '; 1 << 16]).is_ok()).count();
    assert!(sent < 1 << 10, "64 MiB were read");
}
