//! Brings what waits in the outbox to the webhooks' receivers.
//!
//! It is no part of any request: a record is answered when it is written, and its deliveries are rows beside it. So they outlive
//! the program too.

use crate::answers::Failure;
use crate::app::App;
use crate::store::Delivery;
use crate::store::delivery::{Next, Outcome};
use crate::tenant::WEBHOOK_SECRET;
use crate::work::blocking;
use axum::body::Body;
use axum::http::{Request, header};
use hmac::{Hmac, KeyInit, Mac};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;
use sha2::Sha256;
use std::collections::HashSet;
use std::error::Error;
use std::sync::Arc;
use std::time::Duration;
use tokio::task::JoinSet;
use tokio::time::{sleep, timeout};

/// Delivers until the program ends; each attempt is a task of its own, so that a slow receiver holds up nobody else.
pub async fn deliver(app: Arc<App>) {
    let receivers = Receivers::new(LONGEST_ANSWER);
    let (mut attempts, mut under_way) = (JoinSet::new(), HashSet::new());
    loop {
        let (due, wait) = look(app.clone()).await.unwrap_or_else(|failure| {
            eprintln!("omneo-sandbox: webhooks wait: {failure:?}");
            (Vec::new(), AFTER_A_FAILURE)
        });
        for delivery in due.into_iter().filter(|delivery| under_way.insert(delivery.id)) {
            attempts.spawn(attempt(app.clone(), receivers.clone(), delivery));
        }
        tokio::select! {
            () = app.outbox.notified() => {}
            Some(ended) = attempts.join_next() => drop(ended.map(|id| under_way.remove(&id))),
            () = sleep(wait) => {}
        }
    }
}

/// What is due, and how long until something else is.
async fn look(app: Arc<App>) -> Result<(Vec<Delivery>, Duration), Failure> {
    blocking(move || {
        let connection = app.store.connection();
        let next = Delivery::next(&connection)?.map_or(LONGEST_WAIT, Duration::from_millis);
        Ok((Delivery::due(&connection)?, next.min(LONGEST_WAIT)))
    })
    .await
}

/// One attempt; returns the delivery's id.
async fn attempt(app: Arc<App>, receivers: Receivers, delivery: Delivery) -> i64 {
    let id = delivery.id;
    let outcome = receivers.post(&delivery.url, delivery.body.clone()).await;
    let noted = blocking(move || {
        let next = next(&outcome, delivery.tried + 1, app.webhook_retry_ms);
        Ok(delivery.note(&app.store.connection(), &outcome, next)?)
    });
    if let Err(failure) = noted.await {
        eprintln!("omneo-sandbox: a webhook's delivery is not noted, and is made again: {failure:?}");
        sleep(AFTER_A_FAILURE).await;
    }
    id
}

/// Only a 2xx is a receiver's word that it has it. The wait doubles each time.
fn next(outcome: &Outcome, tried: u32, retry_ms: u64) -> Next {
    if outcome.as_ref().is_ok_and(|status| (200..300).contains(status)) {
        Next::Delivered
    } else if tried >= MOST_ATTEMPTS {
        Next::GivenUp
    } else {
        let wait = retry_ms.saturating_mul(1 << (tried - 1));
        Next::Again(i64::try_from(wait).unwrap_or(i64::MAX))
    }
}

/// The way to them.
#[derive(Clone)]
struct Receivers {
    client: Client<HttpConnector, Body>,
    longest: Duration,
}

impl Receivers {
    fn new(longest: Duration) -> Receivers {
        // A connection each: a receiver may close one after any answer.
        let client = Client::builder(TokioExecutor::new()).pool_max_idle_per_host(0).build_http();
        Receivers { client, longest }
    }

    async fn post(&self, url: &str, body: String) -> Outcome {
        let request = Request::post(url)
            .header(header::CONTENT_TYPE, "application/json")
            .header("X-Omneo-Hmac-SHA256", signature(body.as_bytes()))
            .body(Body::from(body))
            .map_err(|error| error.to_string())?;
        match timeout(self.longest, self.client.request(request)).await {
            Ok(Ok(answer)) => Ok(answer.status().as_u16()),
            Ok(Err(error)) => Err(cause(&error)),
            Err(_) => Err(format!("no answer within {} s", self.longest.as_secs_f32())),
        }
    }
}

/// What a receiver compares: hex HMAC-SHA256 of the body as it travels.
fn signature(body: &[u8]) -> String {
    let mut mac = Hmac::<Sha256>::new_from_slice(WEBHOOK_SECRET.as_bytes()).expect("any length of key will do");
    mac.update(body);
    hex::encode(mac.finalize().into_bytes())
}

// The last of the chain says what people know, such as "Connection refused".
fn cause(error: &dyn Error) -> String {
    error.source().map_or_else(|| error.to_string(), cause)
}

const LONGEST_ANSWER: Duration = Duration::from_secs(10);
const LONGEST_WAIT: Duration = Duration::from_secs(60);
const AFTER_A_FAILURE: Duration = Duration::from_secs(1);
const MOST_ATTEMPTS: u32 = 8;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_taken_is_tried_again_ever_later_and_then_no_more() {
        let waits: Vec<Next> = (1..=MOST_ATTEMPTS).map(|tried| next(&Ok(500), tried, 1_000)).collect();
        let again = |seconds: i64| Next::Again(seconds * 1_000);
        assert_eq!(waits, [again(1), again(2), again(4), again(8), again(16), again(32), again(64), Next::GivenUp]);
        for outcome in [Ok(199), Ok(302), Ok(401), Err("refused".to_owned())] {
            assert_eq!(next(&outcome, 1, 1_000), again(1), "{outcome:?}");
        }
        assert_eq!([next(&Ok(200), 8, 1), next(&Ok(204), 1, 1)], [Next::Delivered; 2]);
    }

    // echo -n '{}' | openssl dgst -sha256 -hmac sandbox-webhook-secret
    #[test]
    fn a_body_is_signed_as_openssl_signs_it() {
        assert_eq!(signature(b"{}"), "c7f98ea98c28a811e003a633f661d4d122abb58e7688b10b4df086e6de1f2202");
    }

    #[tokio::test]
    async fn a_receiver_that_never_answers_is_left() {
        let silent = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}/", silent.local_addr().unwrap());
        let outcome = Receivers::new(Duration::from_millis(50)).post(&url, "{}".into()).await;
        assert_eq!(outcome, Err("no answer within 0.05 s".into()));
    }
}
