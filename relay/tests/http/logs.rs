//! No line of the log says who anybody is, or what a record says: whatever comes, and however much is logged.

use crate::support::{
    ADA, ADMIN_KEY, GRACE, IDENTIFIED, OWN, SERVER_KEY, World, jwt, jwt_signed, service, until, view, with,
};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use serde_json::{Value, json};
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};

/// One request: how it comes, and what it holds of a person.
#[derive(Clone, Debug)]
struct Case {
    way: usize,
    words: Vec<String>,
    trouble: usize,
}

fn cases() -> impl Strategy<Value = Case> {
    (0..WAYS, vec("[a-z]{3}[0-9]{3}[a-z]{6}", 4), 0..TROUBLES.len()).prop_map(|(way, words, trouble)| Case {
        way,
        words,
        trouble,
    })
}

#[test]
fn no_line_has_an_address_a_token_or_a_name() {
    let mut world = World::with("trusted_proxies = [\"127.0.0.1/32\"]", "omneo_erase_token = \"sandbox-admin-token\"");
    world.stop();
    let log = world.folder.path().join("log");
    let mut program = start(&mut world, &log);
    let mut runner = TestRunner::deterministic();
    let mut planted: Vec<String> = [ADA, GRACE, SERVER_KEY, ADMIN_KEY, "ada@example.com"].map(String::from).into();
    for _ in 0..CASES {
        let case = cases().new_tree(&mut runner).unwrap().current();
        world.faults(&serde_json::from_str(TROUBLES[case.trouble]).unwrap());
        planted.extend(hand_in(&world, &case));
        planted.extend(case.words);
    }
    world.faults(&json!([]));
    let metrics = world.send("GET", &format!("{}/metrics", world.admin), &[], b"").body.to_string();
    assert!(metrics.contains("omneo_relay_"), "{metrics}");
    program.kill().unwrap();
    program.wait().unwrap();
    let log = std::fs::read_to_string(log).unwrap();
    assert!(log.lines().count() > CASES / 2, "it logs: {log}");
    for word in planted {
        assert!(!log.contains(&word), "{word} is in {:?}", log.lines().find(|line| line.contains(&word)));
        assert!(!metrics.contains(&word), "{word} is in the metrics");
    }
}

// The program itself, with all that it may log.
fn start(world: &mut World, log: &std::path::Path) -> Child {
    let mut program = Command::new(env!("CARGO_BIN_EXE_omneo-relay"))
        .arg("--config")
        .arg(world.folder.path().join("relay.toml"))
        .env("RUST_LOG", "trace")
        .stdout(Stdio::piped())
        .stderr(File::create(log).unwrap())
        .spawn()
        .unwrap();
    let lines: Vec<_> = BufReader::new(program.stdout.take().unwrap()).lines().take(2).map(Result::unwrap).collect();
    let address = |line: &str| line.split_whitespace().find(|word| word.starts_with("http://")).unwrap().to_owned();
    world.relay = address(&lines[0]).trim_end_matches('/').to_owned();
    world.admin = address(&lines[1]).trim_end_matches("/status/").to_owned();
    until("it serves", || world.send("GET", &format!("{}/readyz", world.admin), &[], b"").status == 200);
    program
}

/// Answers what else was planted.
fn hand_in(world: &World, case: &Case) -> Option<String> {
    let [name, address, id, other] = [0, 1, 2, 3].map(|at| case.words[at].as_str());
    let (mail, token) = (format!("{address}@example.com"), jwt(&json!({ "sub": other })));
    let record = with(service(id), "name", json!(format!("Asked by {name}")));
    let record = with(record, "meta", json!({ "event_id": id, "note": other, "email": mail }));
    let identified = |field: &str, value: Value| with(record.clone(), field, value);
    let url = |path: &str| format!("{}{path}", world.relay);
    let bearer = |token: &str| format!("Bearer {token}");
    match case.way {
        0 => drop(world.post(
            OWN,
            &token,
            &json!([with(view(id), "url", json!(format!("https://shop.example/{name}?to={mail}")))]),
        )),
        1 => drop(world.post(OWN, &token, &with(record, "signal", json!(name)))),
        2 => drop(world.post(
            IDENTIFIED,
            SERVER_KEY,
            &json!([identified("email", json!(mail)), identified("mobile", json!(name))]),
        )),
        3 => {
            drop(world.post(IDENTIFIED, SERVER_KEY, &identified("identifier", json!({ "id": name, "handle": other }))))
        }
        4 => {
            let forged =
                jwt_signed(&json!({ "sub": name, "pid": other }), "another secret, which is long enough as well");
            world.post(OWN, &forged, &json!([record]));
            return Some(forged);
        }
        5 => drop(world.post(&format!("/relay/v1/profiles/{name}/interactions?email={mail}"), SERVER_KEY, &record)),
        6 => drop(world.send(
            "POST",
            &url(OWN),
            &[("Authorization", &bearer(&token)), ("Content-Encoding", name)],
            mail.as_bytes(),
        )),
        7 => drop(world.send(
            "POST",
            &url(OWN),
            &[("Authorization", &bearer(&token))],
            format!("[{{\"{name}\": \"{mail}\"").as_bytes(),
        )),
        8 => drop(world.call("GET", &format!("{OWN}/{name}?q={mail}"), &token)),
        9 => drop(world.call("DELETE", "/relay/v1/profiles/me/waiting", &token)),
        10 => drop(world.operate(
            "POST",
            "/admin/erase",
            &json!({ "tenant": "demo", "profile": GRACE, "identifiers": [mail, name] }),
        )),
        11 => drop(world.send(
            "GET",
            &format!("{}/admin/dead?tenant={name}", world.admin),
            &[("Authorization", &bearer(other))],
            b"",
        )),
        12 => {
            let headers = [
                ("Authorization", bearer(other)),
                ("Origin", format!("https://{name}.example")),
                ("X-Forwarded-For", mail),
            ];
            let headers: Vec<_> = headers.iter().map(|(name, value)| (*name, value.as_str())).collect();
            world.send("POST", &url(OWN), &headers, b"[]");
        }
        _ => unreachable!("{} ways", WAYS),
    }
    Some(token)
}

const CASES: usize = 150;
const WAYS: usize = 13;
/// What Omneo does meanwhile.
const TROUBLES: [&str; 6] = [
    "[]",
    r#"[{ "route": "records", "status": 422, "times": 1 }]"#,
    r#"[{ "route": "records", "status": 401, "times": 1 }]"#,
    r#"[{ "route": "records", "status": 404, "times": 1 }]"#,
    r#"[{ "route": "records", "status": 500, "times": 1 }]"#,
    r#"[{ "route": "records", "drop": "before", "times": 1 }]"#,
];
