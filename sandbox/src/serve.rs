//! Serving, with the bounds that axum's own `serve` leaves open.

use axum::Router;
use axum::extract::Extension;
use axum::extract::connect_info::ConnectInfo;
use axum::serve::Listener;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpListener;

/// Serves until the program ends; each connection is a task of its own.
pub async fn serve(mut listener: TcpListener, router: Router) {
    loop {
        let (stream, peer) = Listener::accept(&mut listener).await;
        tokio::spawn(converse(stream, router.clone().layer(Extension(ConnectInfo(peer))), LONGEST_HEADERS));
    }
}

// A client that says no more may have gone, but what it said counts: a receiver in the field has read it, and does it.
async fn converse(
    stream: impl AsyncRead + AsyncWrite + Unpin + Send + 'static,
    router: Router,
    longest_headers: Duration,
) {
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(longest_headers).max_buf_size(MOST_HEADER_BYTES).half_close(true);
    // What breaks off concerns nobody but the client.
    let _ = http.serve_connection(TokioIo::new(stream), TowerToHyperService::new(router)).await;
}

const LONGEST_HEADERS: Duration = Duration::from_secs(30);
const MOST_HEADER_BYTES: usize = 64 << 10;

#[cfg(test)]
mod tests {
    use super::*;
    use axum::routing::get;
    use tokio::io::{AsyncReadExt, AsyncWriteExt};

    #[tokio::test]
    async fn a_client_whose_headers_never_end_is_left() {
        let (mut client, server) = tokio::io::duplex(1 << 10);
        let router = Router::new().route("/", get(async || "here"));
        tokio::spawn(converse(server, router, Duration::from_millis(50)));
        client.write_all(b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n").await.unwrap();
        while client.write_all(b"X: x\r\n").await.is_ok() {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
        let mut said = String::new();
        client.read_to_string(&mut said).await.unwrap();
        assert!(!said.contains("200 OK"), "{said}");
    }
}
