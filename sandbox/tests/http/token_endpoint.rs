//! The token endpoint of the docs, on a site of its own in front of the sandbox.

use crate::support::{ADA, Server};
use axum::extract::Request;
use axum::middleware::{self, Next};
use axum::response::Response;
use omneo_sandbox::ADMIN_TOKEN;
use std::sync::mpsc;

#[path = "../../../examples/token-endpoint/axum.rs"]
mod example;

use example::{Customer, Omneo, router};

#[test]
fn nobody_signed_in_is_a_401() {
    let server = Server::start();
    let site = Site::start(&server.url(""), ADMIN_TOKEN);
    let answer = site.ask("");
    assert_eq!((answer.status, answer.cache.as_str()), (401, "no-store"));
}

#[test]
fn a_customer_gets_a_token_that_omneo_takes() {
    let server = Server::start();
    let site = Site::start(&server.url(""), ADMIN_TOKEN);
    let answer = site.ask(ADA);
    assert_eq!((answer.status, answer.cache.as_str()), (200, "no-store"));
    let minted: serde_json::Value = serde_json::from_str(&answer.text).unwrap();
    let token = minted["token"].as_str().unwrap();
    assert_eq!(server.send("GET", "/id/api/v1/profiles/me/interactions", token, "").status, 200);
    assert_eq!(minted.as_object().unwrap().len(), 2, "token and exp, no more");
    assert!(!answer.text.contains(ADMIN_TOKEN));
}

#[test]
fn what_omneo_refuses_or_does_not_answer_is_a_502_that_tells_nothing() {
    let server = Server::start();
    let nobody = "http://127.0.0.1:1";
    let site = server.url("");
    for (api, admin_token, customer) in
        [(site.as_str(), "not-the-token", ADA), (site.as_str(), ADMIN_TOKEN, "nobody"), (nobody, ADMIN_TOKEN, ADA)]
    {
        let answer = Site::start(api, admin_token).ask(customer);
        assert_eq!((answer.status, answer.cache.as_str(), answer.text.as_str()), (502, "no-store", ""));
    }
}

/// A site whose session believes the header `profile`.
struct Site {
    address: String,
}

struct Answer {
    status: u16,
    cache: String,
    text: String,
}

impl Site {
    fn start(api: &str, admin_token: &str) -> Site {
        let omneo = Omneo { api: api.to_owned(), admin_token: admin_token.to_owned() };
        let (sender, receiver) = mpsc::channel();
        std::thread::spawn(move || {
            tokio::runtime::Runtime::new().unwrap().block_on(async {
                let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
                sender.send(listener.local_addr().unwrap()).unwrap();
                axum::serve(listener, router(omneo).layer(middleware::from_fn(session))).await.unwrap();
            });
        });
        Site { address: format!("http://{}/omneo/token", receiver.recv().unwrap()) }
    }

    /// Asks as this customer, or as nobody.
    fn ask(&self, profile: &str) -> Answer {
        let mut request = ureq::get(&self.address).config().http_status_as_error(false).build();
        if !profile.is_empty() {
            request = request.header("profile", profile);
        }
        let mut answer = request.call().unwrap();
        Answer {
            status: answer.status().as_u16(),
            cache: answer.headers()["cache-control"].to_str().unwrap().to_owned(),
            text: answer.body_mut().read_to_string().unwrap(),
        }
    }
}

async fn session(mut request: Request, next: Next) -> Response {
    if let Some(profile) = request.headers().get("profile") {
        let profile = profile.to_str().unwrap().to_owned();
        request.extensions_mut().insert(Customer { profile });
    }
    next.run(request).await
}
