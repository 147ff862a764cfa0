//! Connections: how many, how long for a head, with TLS or without, and how they end.

use super::hang_up::HangUp;
use crate::config::{Limits, Tls};
use axum::Router;
use axum_server::accept::{Accept, DefaultAcceptor};
use axum_server::tls_rustls::{RustlsAcceptor, RustlsConfig};
use axum_server::{Handle, Server};
use hyper_util::rt::TokioTimer;
use std::future::Future;
use std::io;
use std::net::{SocketAddr, TcpListener};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use tokio::net::TcpStream;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tower::Service;

/// Serves until the handle says that it is enough.
///
/// # Errors
/// What the operating system says.
pub async fn serve(
    listener: TcpListener,
    router: Router,
    tls: Option<&Tls>,
    limits: &Limits,
    handle: Handle<SocketAddr>,
) -> io::Result<()> {
    listener.set_nonblocking(true)?;
    let free = Arc::new(Semaphore::new(limits.connections));
    let server = bounded(axum_server::from_tcp(listener)?, limits).handle(handle);
    let service = router.into_make_service_with_connect_info::<SocketAddr>();
    match tls {
        None => server.acceptor(Connections { inner: DefaultAcceptor::new(), free }).serve(service).await,
        Some(tls) => {
            let config = RustlsConfig::from_pem_file(&tls.certificate, &tls.key).await?;
            server.acceptor(Connections { inner: RustlsAcceptor::new(config), free }).serve(service).await
        }
    }
}

// A client that sends a header a second is left when its time is up: between two requests too.
fn bounded<A: axum_server::Address>(mut server: Server<A>, limits: &Limits) -> Server<A> {
    let http = server.http_builder();
    http.http1().timer(TokioTimer::new()).header_read_timeout(limits.header()).max_buf_size(MOST_HEADER_BYTES);
    http.http2().timer(TokioTimer::new()).keep_alive_interval(limits.request()).max_concurrent_streams(MOST_STREAMS);
    server.first_request_timeout(limits.header())
}

/// Accepts as many connections as it may; one more is closed at once.
#[derive(Clone)]
struct Connections<A> {
    inner: A,
    free: Arc<Semaphore>,
}

impl<A, S> Accept<TcpStream, S> for Connections<A>
where
    A: Accept<TcpStream, S>,
    A::Future: Send + 'static,
{
    type Stream = A::Stream;
    type Service = Counted<HangUp<A::Service>>;
    type Future = Pin<Box<dyn Future<Output = io::Result<(Self::Stream, Self::Service)>> + Send>>;

    fn accept(&self, stream: TcpStream, service: S) -> Self::Future {
        let place = self.free.clone().try_acquire_owned();
        let accepted = self.inner.accept(stream, service);
        Box::pin(async move {
            let place = place.map_err(|_| io::Error::other("too many connections"))?;
            let (stream, service) = accepted.await?;
            Ok((stream, Counted { inner: HangUp(service), _place: Arc::new(place) }))
        })
    }
}

/// The service of a connection, which gives its place back when it ends.
#[derive(Clone)]
struct Counted<S> {
    inner: S,
    _place: Arc<OwnedSemaphorePermit>,
}

impl<S: Service<Q>, Q> Service<Q> for Counted<S> {
    type Response = S::Response;
    type Error = S::Error;
    type Future = S::Future;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), S::Error>> {
        self.inner.poll_ready(context)
    }

    fn call(&mut self, request: Q) -> S::Future {
        self.inner.call(request)
    }
}

const MOST_HEADER_BYTES: usize = 64 << 10;
const MOST_STREAMS: u32 = 64;
