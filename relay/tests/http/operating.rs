//! What its operator sees.

use crate::support::{ADA, OWN, World, jwt, until, view};
use serde_json::json;

#[test]
fn the_second_listener_asks_for_the_key() {
    let world = World::start();
    let ask = |path: &str, headers: &[(&str, &str)]| {
        world.send("GET", &format!("{}{path}", world.admin), headers, b"").status
    };
    for path in ["/status/", "/admin/status", "/admin/dead"] {
        assert_eq!(ask(path, &[]), 401, "{path}");
        assert_eq!(ask(path, &[("Authorization", "Bearer wrong")]), 401, "{path}");
        assert_eq!(ask(path, &[("Authorization", "Bearer demo-admin-key")]), 200, "{path}");
        // `any:demo-admin-key`
        let basic = "Basic YW55OmRlbW8tYWRtaW4ta2V5";
        assert_eq!(ask(path, &[("Authorization", basic)]), 200, "{path}");
        assert_eq!(ask(path, &[("Authorization", basic), ("Sec-Fetch-Site", "cross-site")]), 403, "{path}");
    }
    for path in ["/livez", "/readyz", "/metrics"] {
        assert_eq!(ask(path, &[]), 200, "{path}");
    }
    assert_eq!(world.send("GET", &format!("{}/admin/status", world.relay), &[], b"").status, 404, "not on the first");
}

#[test]
fn the_status_page_shows_data_as_text() {
    let world = World::with("[limits]\nunconfirmed_seconds = 1", "");
    world.faults(&json!([{ "route": "records", "status": 422 }]));
    world.post(OWN, &jwt(&json!({})), &json!([view("<script>alert(1)</script>")]));
    until("it is dead", || world.totals()["dead"] == 1);
    let page = world.operate("GET", "/status/", &serde_json::Value::Null);
    let html = page.body.as_str().unwrap();
    assert!(html.contains("&lt;script&gt;") && !html.contains("<script"), "{html}");
    assert!(page.headers["content-security-policy"].to_str().unwrap().starts_with("default-src 'none'"));
}

#[test]
fn metrics_have_the_balance() {
    let world = World::start();
    let text = world.send("GET", &format!("{}/metrics", world.admin), &[], b"").body;
    let text = text.as_str().unwrap();
    for name in [
        "omneo_relay_balance",
        "omneo_relay_outbox_records",
        "omneo_relay_records_total",
        "omneo_relay_commit_seconds_bucket",
    ] {
        assert!(text.contains(name), "{name}: {text}");
    }
}

#[test]
fn a_backup_that_is_put_back_makes_no_second_copy() {
    let mut world = World::with("[limits]\nunconfirmed_seconds = 1", "");
    world.operate("POST", "/admin/pause", &json!({ "tenant": "demo", "paused": true }));
    world.post(OWN, &jwt(&json!({})), &json!([view("a"), view("b")]));
    let (file, backup) = (world.folder.path().join("relay.sqlite"), world.folder.path().join("backup.sqlite"));
    let into = format!("VACUUM INTO '{}'", backup.display());
    rusqlite::Connection::open(&file).unwrap().execute(&into, []).unwrap();
    world.operate("POST", "/admin/pause", &json!({ "tenant": "demo", "paused": false }));
    until("both are there", || world.ids_at_omneo(ADA) == ["a", "b"]);
    world.stop();
    // In another process the old file would be closed by now; here it need not be, so the backup is put in its place by name.
    let config = world.folder.path().join("relay.toml");
    let settings = std::fs::read_to_string(&config).unwrap().replace("relay.sqlite", "backup.sqlite");
    std::fs::write(&config, settings).unwrap();
    let program = env!("CARGO_BIN_EXE_omneo-relay");
    let said = std::process::Command::new(program).arg("--config").arg(config).arg("restored").output().unwrap();
    assert_eq!(String::from_utf8_lossy(&said.stdout), "2 records will be looked for before they are sent.\n");
    world.again();
    world.operate("POST", "/admin/pause", &json!({ "tenant": "demo", "paused": false }));
    until("they were looked for", || world.totals()["delivered"] == 2);
    assert_eq!(world.ids_at_omneo(ADA), ["a", "b"]);
}
