//! A real sandbox for one test: its own port, its own SQLite file, real HTTP.

use omneo_sandbox::{ADMIN_TOKEN, Options, Sandbox};
use serde_json::{Value, json};
use std::net::SocketAddr;
use std::thread::JoinHandle;
use std::time::{Duration, Instant};
use tempfile::TempDir;
use tokio::sync::oneshot;
use ureq::http::Response;
use ureq::{Agent, Body};

pub const ADA: &str = "5f0d5a4e-6a52-4b0e-9a52-0c1f7e0a0001";
pub const GRACE: &str = "5f0d5a4e-6a52-4b0e-9a52-0c1f7e0a0002";

pub struct Server {
    pub address: SocketAddr,
    agent: Agent,
    pub folder: TempDir,
    end: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

/// What a request was answered.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub headers: ureq::http::HeaderMap,
    pub body: Value,
}

impl Server {
    pub fn start() -> Server {
        Server::start_with(|_| {})
    }

    pub fn start_with(change: impl FnOnce(&mut Options)) -> Server {
        let folder = tempfile::tempdir().unwrap();
        let mut options = Options {
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
        change(&mut options);
        let (sender, receiver) = std::sync::mpsc::channel();
        let (end, ended) = oneshot::channel::<()>();
        let thread = std::thread::spawn(move || {
            tokio::runtime::Runtime::new().unwrap().block_on(async {
                let sandbox = Sandbox::open(options).await.unwrap();
                sender.send(sandbox.address()).unwrap();
                tokio::select! {
                    () = sandbox.serve() => {}
                    Ok(()) = ended => {}
                }
            });
        });
        // A connection each: a server may close one after any answer, and a client that reuses it must then try again.
        let config = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .allow_non_standard_methods(true)
            .max_idle_connections(0);
        let agent = config.build().into();
        Server { address: receiver.recv().unwrap(), agent, folder, end: Some(end), thread: Some(thread) }
    }

    /// Ends it, with all that it does; what it has stored stays while it is held.
    pub fn stop(&mut self) {
        self.end.take().unwrap().send(()).unwrap();
        self.thread.take().unwrap().join().unwrap();
    }

    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// Sends a request; `token` and `body` may be empty.
    pub fn send(&self, method: &str, path: &str, token: &str, body: &str) -> Answer {
        self.try_send(method, path, token, body).expect("an answer")
    }

    /// As [`Server::send`]; `None` where the connection closes without an answer.
    pub fn try_send(&self, method: &str, path: &str, token: &str, body: &str) -> Option<Answer> {
        let mut request = ureq::http::Request::builder()
            .method(method)
            .uri(self.url(path))
            .header("Content-Type", "application/json");
        if !token.is_empty() {
            request = request.header("Authorization", format!("Bearer {token}"));
        }
        self.agent.run(request.body(body.to_owned()).unwrap()).ok().map(answer)
    }

    pub fn send_with(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &str) -> Answer {
        self.send_bytes(method, path, headers, body.as_bytes())
    }

    pub fn send_bytes(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &[u8]) -> Answer {
        let mut request = ureq::http::Request::builder().method(method).uri(self.url(path));
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        answer(self.agent.run(request.body(body.to_vec()).unwrap()).unwrap())
    }

    pub fn admin(&self, method: &str, path: &str, body: &Value) -> Answer {
        self.send(method, path, ADMIN_TOKEN, &body.to_string())
    }

    /// What this server's ID tokens are signed with.
    pub fn secret(&self) -> Vec<u8> {
        let database = rusqlite::Connection::open(self.folder.path().join("omneo.sqlite")).unwrap();
        database.query_row("SELECT value FROM settings WHERE name = 'secret'", [], |row| row.get(0)).unwrap()
    }

    /// An ID token of that profile.
    pub fn id_token(&self, profile: &str) -> String {
        let minted = self.admin("POST", "/id/api/v1/auth/token", &json!({ "id": profile }));
        minted.body["data"]["token"].as_str().unwrap().to_owned()
    }

    /// Creates an interaction of that profile with these fields besides the required ones.
    pub fn create(&self, profile: &str, fields: &Value) -> Answer {
        self.admin("POST", &format!("/api/v3/profiles/{profile}/interactions"), &interaction(fields))
    }
}

/// Waits until it is so.
pub fn until(is_so: impl Fn() -> bool) {
    let began = Instant::now();
    while !is_so() {
        assert!(began.elapsed() < Duration::from_secs(30), "it never was so");
        std::thread::sleep(Duration::from_millis(10));
    }
}

fn answer(response: Response<Body>) -> Answer {
    let (parts, mut body) = response.into_parts();
    let text = body.read_to_string().unwrap_or_default();
    let body = serde_json::from_str(&text).unwrap_or(Value::String(text));
    Answer { status: parts.status.as_u16(), headers: parts.headers, body }
}

/// A valid interaction with these fields in addition or instead.
pub fn interaction(fields: &Value) -> Value {
    let mut interaction = json!({ "action": "view", "channel": "website", "signal": 0, "name": "Viewed page", "namespace": "web-engagement" });
    for (name, value) in fields.as_object().unwrap() {
        interaction[name] = value.clone();
    }
    interaction
}
