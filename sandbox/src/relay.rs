//! The relay of a brand, to which `/relay/` leads.

use axum::body::Body;
use axum::extract::Request;
use axum::http::uri::{Authority, PathAndQuery, Scheme};
use axum::http::{HeaderName, HeaderValue, Uri, header};
use axum::response::{IntoResponse, Response};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;

/// Where it listens, and the connections to it.
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

    /// What it answers; `None` where it does not.
    pub async fn ask(&self, mut request: Request) -> Option<Response> {
        *request.uri_mut() = self.address(request.uri())?;
        let headers = request.headers_mut();
        forget_connection(headers);
        headers.entry(header::HOST).or_insert_with(|| HeaderValue::from_static("localhost"));
        let mut answer = self.client.request(request).await.ok()?;
        forget_connection(answer.headers_mut());
        Some(answer.into_response())
    }

    fn address(&self, asked: &Uri) -> Option<Uri> {
        let path = asked.path_and_query().cloned().unwrap_or_else(|| PathAndQuery::from_static("/"));
        Uri::builder().scheme(Scheme::HTTP).authority(self.authority.clone()).path_and_query(path).build().ok()
    }
}

// What says something of one connection, and not of what goes over it (RFC 9110, section 7.6.1).
fn forget_connection(headers: &mut axum::http::HeaderMap) {
    const OWN: [HeaderName; 5] =
        [header::CONNECTION, header::TE, header::TRAILER, header::TRANSFER_ENCODING, header::UPGRADE];
    OWN.iter().for_each(|name| drop(headers.remove(name)));
}
