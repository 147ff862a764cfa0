//! What stands at a webhook's URL: it keeps what comes, and answers as a test says.

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, Method, StatusCode};
use hmac::{Hmac, KeyInit, Mac};
use omneo_sandbox::WEBHOOK_SECRET;
use serde_json::Value;
use sha2::Sha256;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, mpsc};
use tokio::net::TcpListener;

/// Answers no request at all.
pub const SILENT: u16 = 0;

pub struct Receiver {
    pub address: SocketAddr,
    deliveries: Arc<Mutex<Vec<Delivery>>>,
}

#[derive(Clone, Debug)]
pub struct Delivery {
    pub headers: HeaderMap,
    pub bytes: Bytes,
}

impl Delivery {
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.bytes).unwrap()
    }

    /// Whether it is signed with the sandbox's secret.
    pub fn is_signed(&self) -> bool {
        let mut mac = Hmac::<Sha256>::new_from_slice(WEBHOOK_SECRET.as_bytes()).unwrap();
        mac.update(&self.bytes);
        self.headers["x-omneo-hmac-sha256"] == hex::encode(mac.finalize().into_bytes())
    }
}

impl Receiver {
    /// One that answers 200.
    pub fn start() -> Receiver {
        Receiver::answering(|_| 200)
    }

    /// One whose answers these are, by how many came before.
    pub fn answering(answer: impl Fn(usize) -> u16 + Send + Sync + 'static) -> Receiver {
        Receiver::at("127.0.0.1:0".parse().unwrap(), answer)
    }

    /// One at that address.
    pub fn at(address: SocketAddr, answer: impl Fn(usize) -> u16 + Send + Sync + 'static) -> Receiver {
        let deliveries = Arc::new(Mutex::new(Vec::new()));
        let (kept, answer) = (deliveries.clone(), Arc::new(answer));
        let (sender, receiver) = mpsc::channel();
        std::thread::spawn(move || {
            tokio::runtime::Runtime::new().unwrap().block_on(async {
                let listener = TcpListener::bind(address).await.unwrap();
                sender.send(listener.local_addr().unwrap()).unwrap();
                let take = async move |State(()): State<()>, method: Method, headers: HeaderMap, bytes: Bytes| {
                    assert_eq!(method, "POST");
                    let before = keep(&kept, Delivery { headers, bytes });
                    match answer(before) {
                        SILENT => std::future::pending().await,
                        status => StatusCode::from_u16(status).unwrap(),
                    }
                };
                axum::serve(listener, Router::new().fallback(take)).await.unwrap();
            });
        });
        Receiver { address: receiver.recv().unwrap(), deliveries }
    }

    pub fn url(&self) -> String {
        format!("http://{}/hook", self.address)
    }

    pub fn deliveries(&self) -> Vec<Delivery> {
        self.deliveries.lock().unwrap().clone()
    }
}

fn keep(deliveries: &Mutex<Vec<Delivery>>, delivery: Delivery) -> usize {
    let mut deliveries = deliveries.lock().unwrap();
    deliveries.push(delivery);
    deliveries.len() - 1
}

/// An address at which nobody listens.
pub fn nobody() -> SocketAddr {
    std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap()
}
