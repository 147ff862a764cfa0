//! One connection, and what there is to do for all of them.

use crate::WARM_UP;
use crate::options::Options;
use crate::records::Records;
use crate::tally::Tally;
use bytes::Bytes;
use http_body_util::{BodyExt, Full};
use hyper::client::conn::http1::{SendRequest, handshake};
use hyper::{Request, header};
use hyper_util::rt::TokioIo;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;
use tokio::net::TcpStream;
use tokio::time::{Instant, sleep_until};

/// The requests that are still to be made; whoever is free takes the next.
pub struct Work {
    /// Since when requests count.
    pub begun: Instant,
    next: AtomicU64,
    numbers: Option<Vec<u64>>,
    most: u64,
    interval: Option<Duration>,
    first: Instant,
    end: Instant,
}

impl Work {
    pub fn new(options: &Options, numbers: Option<Vec<u64>>) -> Work {
        let first = Instant::now();
        // To send again is to send all, however long it takes.
        let is_counted = numbers.is_some() || options.records.is_some();
        let seconds = if is_counted { 86_400.0 } else { options.seconds + WARM_UP.as_secs_f64() };
        let all = numbers.as_ref().map_or(u64::MAX, |numbers| numbers.len() as u64);
        Work {
            begun: if is_counted { first } else { first + WARM_UP },
            next: AtomicU64::new(0),
            numbers,
            most: options.records.map_or(all, |records| records.div_ceil(options.batch).min(all)),
            interval: options.rate.map(|rate| Duration::from_secs_f64(options.batch as f64 / rate)),
            first,
            end: first + Duration::from_secs_f64(seconds),
        }
    }

    // The number of the next request, and when it is due.
    async fn next(&self) -> Option<(u64, Instant)> {
        let at = self.next.fetch_add(1, Ordering::Relaxed);
        if at >= self.most {
            return None;
        }
        let due = self.interval.map_or_else(Instant::now, |interval| self.first + interval.mul_f64(at as f64));
        if due >= self.end {
            return None;
        }
        if self.interval.is_some() {
            sleep_until(due).await;
        }
        let number = self.numbers.as_ref().map_or(at, |numbers| numbers[at as usize]);
        Some((number, due))
    }
}

/// A connection.
pub struct Client {
    address: SocketAddr,
    work: Arc<Work>,
    records: Arc<Records>,
    tally: Tally,
}

impl Client {
    pub fn new(address: SocketAddr, work: Arc<Work>, records: Arc<Records>) -> Client {
        Client { address, work, records, tally: Tally::default() }
    }

    /// Works until there is nothing to do, or nobody to talk to.
    pub async fn run(mut self) -> Tally {
        if self.converse().await.is_err() {
            self.tally.broken += 1;
        }
        self.tally
    }

    async fn converse(&mut self) -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
        let stream = TcpStream::connect(self.address).await?;
        stream.set_nodelay(true)?;
        let (mut sender, connection) = handshake(TokioIo::new(stream)).await?;
        tokio::spawn(connection);
        while let Some((number, due)) = self.work.next().await {
            let (status, body) = self.ask(&mut sender, number).await?;
            let took = (due >= self.work.begun).then(|| due.elapsed());
            self.tally.answered(number, status, &body, took, self.records.batch());
        }
        Ok(())
    }

    async fn ask(
        &self,
        sender: &mut SendRequest<Full<Bytes>>,
        number: u64,
    ) -> Result<(u16, Bytes), Box<dyn std::error::Error + Send + Sync>> {
        let request = Request::post("/relay/v1/profiles/me/interactions")
            .header(header::HOST, "127.0.0.1")
            .header(header::CONTENT_TYPE, "application/json")
            .header(header::AUTHORIZATION, self.records.token(number))
            .body(Full::new(self.records.body(number)))?;
        sender.ready().await?;
        let answer = sender.send_request(request).await?;
        let status = answer.status().as_u16();
        Ok((status, answer.into_body().collect().await?.to_bytes()))
    }
}
