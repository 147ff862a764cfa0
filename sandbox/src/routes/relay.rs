//! The way to the relay of a brand, as a web server in front of a shop passes it on: pages reach it at their own origin.

use crate::answers::Failure;
use crate::app::App;
use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::uri::{Authority, PathAndQuery, Scheme};
use axum::http::{HeaderName, HeaderValue, Uri, header};
use axum::response::{IntoResponse, Response};
use axum::routing::any;
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;
use std::sync::Arc;

/// Where a relay listens, and the connections to it.
pub struct Relay {
    authority: Authority,
    client: Client<HttpConnector, Body>,
}

impl Relay {
    /// Reads `http://127.0.0.1:8790`.
    ///
    /// # Errors
    /// One sentence that names the option.
    pub fn read(origin: &str) -> Result<Relay, String> {
        let uri: Option<Uri> = origin.parse().ok();
        let plain = uri.filter(|uri| uri.scheme() == Some(&Scheme::HTTP) && uri.path() == "/" && uri.query().is_none());
        let authority = plain.and_then(|uri| uri.authority().cloned());
        let authority = authority
            .ok_or_else(|| format!("`--relay` is {origin:?}; accepted: an origin such as http://127.0.0.1:8790"))?;
        Ok(Relay { authority, client: Client::builder(TokioExecutor::new()).build_http() })
    }

    fn address(&self, asked: &Uri) -> Option<Uri> {
        let path = asked.path_and_query().cloned().unwrap_or_else(|| PathAndQuery::from_static("/"));
        Uri::builder().scheme(Scheme::HTTP).authority(self.authority.clone()).path_and_query(path).build().ok()
    }
}

/// All that a relay answers.
pub fn routes() -> Router<Arc<App>> {
    Router::new().route("/relay/{*path}", any(pass_on))
}

async fn pass_on(State(app): State<Arc<App>>, mut request: Request) -> Result<Response, Failure> {
    let relay = app.relay.as_ref().ok_or(Failure::NotFound)?;
    let address = relay.address(request.uri()).ok_or(Failure::NotFound)?;
    let host = request.headers().get(header::HOST).cloned();
    *request.uri_mut() = address;
    let headers = request.headers_mut();
    OF_THE_CONNECTION.iter().for_each(|name| drop(headers.remove(name)));
    headers.insert(header::HOST, host.unwrap_or_else(|| HeaderValue::from_static("localhost")));
    match relay.client.request(request).await {
        Ok(mut answer) => {
            OF_THE_CONNECTION.iter().for_each(|name| drop(answer.headers_mut().remove(name)));
            Ok(answer.into_response())
        }
        Err(_) => Err(Failure::NoRelay),
    }
}

/// What says something of one connection, and not of the request (RFC 9110, section 7.6.1).
const OF_THE_CONNECTION: [HeaderName; 5] =
    [header::CONNECTION, header::TE, header::TRAILER, header::TRANSFER_ENCODING, header::UPGRADE];
