//! A real relay in front of a real sandbox for one test: their own ports, their own files, real HTTP.

use jsonwebtoken::{EncodingKey, Header};
use omneo_relay::Relay;
use omneo_relay::config::Config;
use omneo_sandbox::{ADMIN_TOKEN, Options, Sandbox};
use serde_json::{Value, json};
use std::time::{Duration, Instant, SystemTime};
use tempfile::TempDir;
use tokio::sync::oneshot;
use ureq::Agent;

pub const ADA: &str = "5f0d5a4e-6a52-4b0e-9a52-0c1f7e0a0001";
pub const GRACE: &str = "5f0d5a4e-6a52-4b0e-9a52-0c1f7e0a0002";
pub const OWN: &str = "/relay/v1/profiles/me/interactions";
pub const IDENTIFIED: &str = "/relay/v1/interactions";
pub const SERVER_KEY: &str = "demo-server-key";
pub const ADMIN_KEY: &str = "demo-admin-key";
const SECRET: &str = "a secret of the brand's own, of 32 bytes or more";

/// The relay and what is behind it.
pub struct World {
    pub relay: String,
    pub admin: String,
    pub sandbox: String,
    pub folder: TempDir,
    agent: Agent,
    end: Option<oneshot::Sender<()>>,
    thread: Option<std::thread::JoinHandle<()>>,
}

/// What a request was answered.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub headers: ureq::http::HeaderMap,
    pub body: Value,
}

impl World {
    pub fn start() -> World {
        World::with("", "")
    }

    /// With these lines of settings: of all, and of the tenant.
    pub fn with(all: &str, tenant: &str) -> World {
        let folder = tempfile::tempdir().unwrap();
        let sandbox = start_sandbox(folder.path());
        let config = folder.path().join("relay.toml");
        let database = folder.path().join("relay.sqlite");
        let text = format!(
            r#"listen = "127.0.0.1:0"
admin_listen = "127.0.0.1:0"
database = {database:?}
admin_key = "{ADMIN_KEY}"
{all}
[tenants.demo]
omneo = "{sandbox}"
omneo_token = "{ADMIN_TOKEN}"
omneo_id = true
rate = 1000
{tenant}
[[tenants.demo.jwt]]
issuer = "https://shop.example"
audience = "relay"
algorithm = "HS256"
key = "{SECRET}"
[tenants.demo.keys.back-office]
sha256 = ["4aaad75cfe474cab35c759f361fb66dceccdd857abb9b5a948e54a3b86fab74a"]
scopes = ["profiles", "identifiers"]
[tenants.demo.keys.profiles-only]
sha256 = ["{profiles_only}"]
scopes = ["profiles"]
"#,
            profiles_only = sha256("profiles-only-key"),
        );
        std::fs::write(&config, text).unwrap();
        let config_file = config;
        let agent = Agent::config_builder().http_status_as_error(false).max_redirects(0).max_idle_connections(0);
        let agent = agent.allow_non_standard_methods(true).build().into();
        let mut world =
            World { relay: String::new(), admin: String::new(), sandbox, folder, agent, end: None, thread: None };
        world.open(&config_file);
        world
    }

    /// Stops the relay as a service manager does, and waits until it has.
    pub fn stop(&mut self) {
        drop(self.end.take());
        if let Some(thread) = self.thread.take() {
            thread.join().unwrap();
        }
    }

    /// After [`World::stop`]: with what was kept, at another address.
    pub fn again(&mut self) {
        let config = self.folder.path().join("relay.toml");
        self.open(&config);
    }

    fn open(&mut self, config: &std::path::Path) {
        let config = Config::read(Some(config)).unwrap_or_else(|mistakes| panic!("{mistakes:?}"));
        let (end, ended) = oneshot::channel::<()>();
        let (tell, told) = std::sync::mpsc::channel();
        let thread = std::thread::spawn(move || {
            tokio::runtime::Runtime::new().unwrap().block_on(async {
                let relay = Relay::open(config).await.unwrap();
                tell.send((relay.address().unwrap(), relay.admin_address().unwrap())).unwrap();
                relay.serve(async { drop(ended.await) }).await.unwrap();
            });
        });
        let (relay, admin) = told.recv().unwrap();
        self.relay = format!("http://{relay}");
        self.admin = format!("http://{admin}");
        self.end = Some(end);
        self.thread = Some(thread);
    }

    pub fn post(&self, path: &str, token: &str, body: &Value) -> Answer {
        self.send(
            "POST",
            &format!("{}{path}", self.relay),
            &[("Authorization", &bearer(token))],
            body.to_string().as_bytes(),
        )
    }

    pub fn call(&self, method: &str, path: &str, token: &str) -> Answer {
        self.send(method, &format!("{}{path}", self.relay), &[("Authorization", &bearer(token))], b"")
    }

    pub fn operate(&self, method: &str, path: &str, body: &Value) -> Answer {
        let body = if body.is_null() { String::new() } else { body.to_string() };
        self.send(method, &format!("{}{path}", self.admin), &[("Authorization", &bearer(ADMIN_KEY))], body.as_bytes())
    }

    pub fn send(&self, method: &str, url: &str, headers: &[(&str, &str)], body: &[u8]) -> Answer {
        let mut request = ureq::http::Request::builder().method(method).uri(url);
        if !headers.iter().any(|(name, _)| name.eq_ignore_ascii_case("content-type")) {
            request = request.header("Content-Type", "application/json");
        }
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let (parts, mut body) = self.agent.run(request.body(body.to_vec()).unwrap()).unwrap().into_parts();
        let text = body.read_to_string().unwrap_or_default();
        let body = serde_json::from_str(&text).unwrap_or(Value::String(text));
        Answer { status: parts.status.as_u16(), headers: parts.headers, body }
    }

    /// What Omneo has on a profile, the first first.
    pub fn at_omneo(&self, profile: &str) -> Vec<Value> {
        let url = format!("{}/api/v3/profiles/{profile}/interactions?per_page=100&sort=id", self.sandbox);
        let answer = self.send("GET", &url, &[("Authorization", &bearer(ADMIN_TOKEN))], b"");
        answer.body["data"].as_array().unwrap().clone()
    }

    pub fn ids_at_omneo(&self, profile: &str) -> Vec<String> {
        self.at_omneo(profile).iter().map(|record| record["meta"]["event_id"].as_str().unwrap().to_owned()).collect()
    }

    /// What goes wrong at Omneo from now on.
    pub fn faults(&self, rules: &Value) {
        let url = format!("{}/_sandbox/faults", self.sandbox);
        let answer = self.send("POST", &url, &[], json!({ "rules": rules }).to_string().as_bytes());
        assert_eq!(answer.status, 200, "{answer:?}");
    }

    /// An Omneo ID token of that profile.
    pub fn id_token(&self, profile: &str) -> String {
        let url = format!("{}/id/api/v1/auth/token", self.sandbox);
        let body = json!({ "id": profile }).to_string();
        let minted = self.send("POST", &url, &[("Authorization", &bearer(ADMIN_TOKEN))], body.as_bytes());
        minted.body["data"]["token"].as_str().unwrap().to_owned()
    }

    pub fn totals(&self) -> Value {
        let answer = self.operate("GET", "/admin/status", &Value::Null);
        assert_eq!(answer.body["tenants"]["demo"]["balance"], 0, "{answer:?}");
        answer.body["tenants"]["demo"]["totals"].clone()
    }
}

impl Drop for World {
    fn drop(&mut self) {
        drop(self.end.take());
    }
}

fn start_sandbox(folder: &std::path::Path) -> String {
    let options = Options {
        port: 0,
        database: folder.join("omneo.sqlite"),
        fresh: false,
        www: folder.to_owned(),
        dist: folder.to_owned(),
        rate_limit: None,
        relay: None,
        customers: 0,
        story: false,
        drop_copies: false,
        webhook_retry_ms: 1,
    };
    let (tell, told) = std::sync::mpsc::channel();
    std::thread::spawn(move || {
        tokio::runtime::Runtime::new().unwrap().block_on(async {
            let sandbox = Sandbox::open(options).await.unwrap();
            tell.send(sandbox.address()).unwrap();
            sandbox.serve().await;
        });
    });
    format!("http://{}", told.recv().unwrap())
}

/// A token of the brand's own, with these claims in place of the usual.
pub fn jwt(claims: &Value) -> String {
    jwt_signed(claims, SECRET)
}

pub fn jwt_signed(claims: &Value, secret: &str) -> String {
    let mut all = json!({ "iss": "https://shop.example", "aud": "relay", "pid": ADA, "exp": seconds() + 600 });
    for (name, value) in claims.as_object().unwrap() {
        all[name] = value.clone();
    }
    jsonwebtoken::encode(&Header::default(), &all, &EncodingKey::from_secret(secret.as_bytes())).unwrap()
}

pub fn seconds() -> u64 {
    SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap().as_secs()
}

pub fn bearer(token: &str) -> String {
    format!("Bearer {token}")
}

pub fn sha256(text: &str) -> String {
    use sha2::Digest;
    hex::encode(sha2::Sha256::digest(text))
}

/// A view of a page, as the tracker sends it in a batch.
pub fn view(event_id: &str) -> Value {
    json!({
        "kind": "pageView", "action": "view", "channel": "website", "signal": 0, "name": "Viewed page: Dresses",
        "namespace": "web-engagement", "url": "https://shop.example/dresses", "meta": { "event_id": event_id },
    })
}

/// What a back-office system tells.
pub fn service(event_id: &str) -> Value {
    json!({
        "action": "service", "channel": "support", "signal": 1, "name": "Asked about a parcel", "namespace": "support",
        "meta": { "event_id": event_id },
    })
}

pub fn with(mut record: Value, name: &str, value: Value) -> Value {
    record[name] = value;
    record
}

/// Waits until it is so.
pub fn until(what: &str, is_so: impl Fn() -> bool) {
    let began = Instant::now();
    while !is_so() {
        assert!(began.elapsed() < Duration::from_secs(30), "it never was so: {what}");
        std::thread::sleep(Duration::from_millis(20));
    }
}
