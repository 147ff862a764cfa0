//! Serving, with the bounds that axum's own `serve` leaves open.

use axum::Router;
use axum::extract::Extension;
use axum::extract::connect_info::ConnectInfo;
use axum::serve::Listener;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};

/// Serves until the program ends; each connection is a task of its own.
pub async fn serve(mut listener: TcpListener, router: Router) {
    loop {
        let (stream, peer) = Listener::accept(&mut listener).await;
        tokio::spawn(converse(stream, router.clone().layer(Extension(ConnectInfo(peer)))));
    }
}

// A client that says no more may have gone, but what it said counts: a receiver in the field has read it, and does it.
async fn converse(stream: TcpStream, router: Router) {
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(LONGEST_HEADERS).max_buf_size(MOST_HEADER_BYTES).half_close(true);
    // What breaks off concerns nobody but the client.
    let _ = http.serve_connection(TokioIo::new(stream), TowerToHyperService::new(router)).await;
}

const LONGEST_HEADERS: Duration = Duration::from_secs(30);
const MOST_HEADER_BYTES: usize = 64 << 10;
