//! The storefront's own back end and its pages.

use crate::support::{ADA, Server};
use omneo_sandbox::{Options, Sandbox};
use serde_json::{Value, json};

const JSON: (&str, &str) = ("Content-Type", "application/json");

fn signed_in(server: &Server) -> String {
    let answer = server.send_with("POST", "/shop/login", &[JSON], r#"{"email":"ada@example.com","password":"demo"}"#);
    assert_eq!((answer.status, &answer.body["profile"]["id"]), (200, &json!(ADA)));
    let cookie = answer.headers["set-cookie"].to_str().unwrap();
    assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax"));
    cookie.split(';').next().unwrap().to_owned()
}

#[test]
fn a_customer_signs_in_gets_a_token_and_signs_out() {
    let server = Server::start();
    assert_eq!(server.send("GET", "/omneo/token", "", "").status, 401);
    assert_eq!(server.send("GET", "/shop/session", "", "").status, 204);
    let cookie = signed_in(&server);
    let database = rusqlite::Connection::open(server.folder.path().join("omneo.sqlite")).unwrap();
    let password: Vec<u8> =
        database.query_row("SELECT password FROM profiles WHERE id = ?1", [ADA], |row| row.get(0)).unwrap();
    assert!(password.len() == 32 && password != b"demo", "a hash is kept");
    let session: String = database.query_row("SELECT id FROM sessions", [], |row| row.get(0)).unwrap();
    assert!(session.len() == 64 && !cookie.contains(&session), "of the session too");
    let own = [("Cookie", cookie.as_str())];
    assert_eq!(server.send_with("GET", "/shop/session", &own, "").body["profile"]["first_name"], "Ada");
    let token = server.send_with("GET", "/omneo/token", &own, "");
    assert_eq!(token.headers["cache-control"], "no-store");
    let token = token.body["token"].as_str().unwrap().to_owned();
    assert_eq!(server.send("GET", "/id/api/v1/profiles/me", &token, "").body["data"]["id"], ADA);
    let left = server.send_with("POST", "/shop/logout", &own, "");
    assert_eq!(left.status, 204);
    let cookie = left.headers["set-cookie"].to_str().unwrap();
    assert!(cookie.contains("HttpOnly; SameSite=Lax; Max-Age=0"), "{cookie}");
    assert_eq!(server.send_with("GET", "/omneo/token", &own, "").status, 401);
}

#[test]
fn wrong_credentials_are_refused_without_saying_which() {
    let server = Server::start();
    for body in [
        r#"{"email":"ada@example.com","password":"wrong"}"#,
        r#"{"email":"nobody@example.com","password":"demo"}"#,
        "{}",
        "[",
        "",
    ] {
        let refused = server.send_with("POST", "/shop/login", &[JSON], body);
        assert_eq!(
            (refused.status, &refused.body["errors"]["email"][0]),
            (422, &json!("These credentials do not match our records.")),
            "{body}"
        );
    }
}

#[test]
fn the_newsletter_takes_a_form_and_a_script_s_post() {
    let server = Server::start();
    let form = ("Content-Type", "application/x-www-form-urlencoded");
    let native = server.send_with("POST", "/shop/newsletter", &[form], "email=ada%40example.com");
    assert_eq!((native.status, native.headers["location"].to_str().unwrap()), (303, "/newsletter/thanks.html"));
    assert_eq!(server.send_with("POST", "/shop/newsletter", &[JSON], r#"{"email":"ada@example.com"}"#).status, 200);
    assert_eq!(server.send_with("POST", "/shop/newsletter", &[form], "email=ada").status, 422);
}

#[test]
fn pages_carry_a_strict_policy_and_stay_within_their_folder() {
    let server = Server::start();
    let www = server.folder.path();
    std::fs::create_dir_all(www.join("lookbook")).unwrap();
    for (file, text) in [
        ("index.html", "home"),
        ("lookbook/index.html", "lookbook"),
        ("404.html", "missing"),
        ("module.wasm", "\0asm"),
        ("about.html", "about"),
        ("lookbook/view.js", "script"),
    ] {
        std::fs::write(www.join(file), text).unwrap();
    }
    let get = |path: &str| server.send("GET", path, "", "");
    let home = get("/");
    assert_eq!((home.status, &home.body), (200, &json!("home")));
    let policy = home.headers["content-security-policy"].to_str().unwrap();
    assert!(
        policy.contains("script-src 'self' 'wasm-unsafe-eval'")
            && !policy.contains("unsafe-inline")
            && !policy.contains("'unsafe-eval'")
    );
    assert_eq!(get("/omneo/module.wasm").headers["content-type"], "application/wasm");
    assert_eq!(get("/lookbook/spring").body, "lookbook");
    assert_eq!(get("/lookbook/view.js").body, "script", "a file there is that file");
    assert_eq!((get("/about").body, get("/about?from=home").body), (json!("about"), json!("about")));
    assert_eq!((get("/lookbook").status, get("/lookbook").headers["location"].to_str().unwrap()), (307, "/lookbook/"));
    assert_eq!((get("/nothing").status, get("/nothing").body), (404, json!("missing")));
    for path in ["/../Cargo.toml", "/..%2f..%2fetc%2fpasswd", "/omneo/..%2f..%2fetc/passwd"] {
        assert_ne!(get(path).status, 200, "{path}");
    }
}

#[test]
fn the_catalogue_names_no_customer() {
    let server = Server::start();
    let catalogue = server.send("GET", "/shop/catalogue", "", "").body;
    assert_eq!(catalogue["products"][0]["id"], 1001);
    assert_eq!(catalogue["customers"], Value::Null);
}

#[test]
fn what_is_kept_is_there_after_a_restart_and_gone_after_a_fresh_one() {
    let server = Server::start();
    let database = server.folder.path().join("omneo.sqlite");
    assert_eq!(server.create(ADA, &json!({})).status, 201);
    let again = |fresh: bool| {
        let database = database.clone();
        let server = Server::start_with(move |options| (options.database, options.fresh) = (database, fresh));
        server.admin("GET", "/api/v3/interactions", &Value::Null).body["meta"]["total"].clone()
    };
    assert_eq!((again(false), again(true)), (json!(1), json!(0)));
}

#[test]
fn it_says_what_to_try_where_there_is_a_storefront() {
    let folder = tempfile::tempdir().unwrap();
    let options = || Options {
        port: 0,
        database: folder.path().join("omneo.sqlite"),
        fresh: false,
        www: folder.path().to_owned(),
        dist: folder.path().to_owned(),
        rate_limit: None,
        relay: None,
        customers: 0,
        story: false,
        drop_copies: false,
        webhook_retry_ms: 1,
    };
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let welcome = || runtime.block_on(Sandbox::open(options())).unwrap().welcome();
    let without = welcome();
    assert!(without.contains("Without the demo storefront") && !without.contains("Try this"), "{without}");
    std::fs::write(folder.path().join("index.html"), "").unwrap();
    assert!(welcome().contains("Try this"));
    assert!(welcome().contains("This is no server for the internet"));
}
