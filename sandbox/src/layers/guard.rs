//! Whom the sandbox serves: this machine, for it is no server for the internet.
//!
//! Everybody knows its admin token and the demo's password. So a page from elsewhere, which the same browser has open, gets
//! nothing of what these open: not across origins, and not by a name of its own that leads here (DNS rebinding).

use crate::answers::Failure;
use crate::here::is_here;
use axum::extract::{ConnectInfo, Request};
use axum::http::{HeaderMap, HeaderName, Uri, header};
use axum::middleware::Next;
use axum::response::Response;
use std::net::SocketAddr;

/// Refuses who is not on this machine, or did not ask for this machine.
///
/// # Errors
/// 403
pub async fn this_machine(
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    request: Request,
    next: Next,
) -> Result<Response, Failure> {
    let host = request.uri().authority().cloned().or_else(|| text(request.headers(), header::HOST)?.parse().ok());
    if peer.ip().is_loopback() && host.is_some_and(|host| is_here(&host)) {
        Ok(next.run(request).await)
    } else {
        Err(Failure::Elsewhere)
    }
}

/// Refuses the pages of sites that are not on this machine.
///
/// # Errors
/// 403
pub async fn own_pages(request: Request, next: Next) -> Result<Response, Failure> {
    // Who is no page of another origin names none.
    let is_own = match request.headers().get(header::ORIGIN) {
        None => true,
        Some(_) => text(request.headers(), header::ORIGIN).is_some_and(is_origin_here),
    };
    if is_own { Ok(next.run(request).await) } else { Err(Failure::Elsewhere) }
}

fn is_origin_here(origin: &str) -> bool {
    origin.parse::<Uri>().is_ok_and(|origin| origin.scheme().is_some() && origin.authority().is_some_and(is_here))
}

fn text(headers: &HeaderMap, name: HeaderName) -> Option<&str> {
    headers.get(name)?.to_str().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::Router;
    use axum::body::Body;
    use axum::extract::connect_info::MockConnectInfo;
    use axum::middleware::from_fn;
    use axum::routing::get;
    use tower::ServiceExt;

    #[tokio::test]
    async fn whoever_is_not_on_this_machine_is_refused() {
        for (peer, host, wanted) in [
            ("127.0.0.1:9", "127.0.0.1:8787", 200),
            ("[::1]:9", "[::1]:8787", 200),
            ("127.0.0.1:9", "localhost", 200),
            ("127.0.0.1:9", "Shop.LocalHost:8787", 200),
            ("192.0.2.7:9", "127.0.0.1:8787", 403),
            ("127.0.0.1:9", "192.0.2.7:8787", 403),
            ("127.0.0.1:9", "rebound.example:8787", 403),
            ("127.0.0.1:9", "127.0.0.1.rebound.example", 403),
            ("127.0.0.1:9", "notlocalhost", 403),
            ("127.0.0.1:9", "", 403),
        ] {
            let peer: SocketAddr = peer.parse().unwrap();
            let guarded = Router::new().route("/", get(async || "here")).layer(from_fn(this_machine));
            let request = Request::get("/").header(header::HOST, host).body(Body::empty()).unwrap();
            let answer = guarded.layer(MockConnectInfo(peer)).oneshot(request).await.unwrap();
            assert_eq!(answer.status(), wanted, "{peer} {host}");
        }
    }

    #[test]
    fn an_origin_is_of_this_machine_or_not() {
        for (origin, wanted) in [
            ("http://127.0.0.1:5173", true),
            ("https://localhost", true),
            ("http://[::1]:3000", true),
            ("https://shop.example", false),
            ("http://localhost.shop.example", false),
            ("http://127.0.0.1@shop.example", false),
            ("null", false),
            ("localhost", false),
            ("", false),
        ] {
            assert_eq!(is_origin_here(origin), wanted, "{origin}");
        }
    }
}
