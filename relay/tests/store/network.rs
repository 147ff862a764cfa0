//! A PostgreSQL that goes away, falls silent, or is another by now.

use crate::postgres::{Cluster, database};
use crate::support::{NOW, TENANT, accept, arrival, profile, totals};
use omneo_relay::store::{Accepted, Postgres, Store, StoreError};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

#[tokio::test]
async fn a_connection_that_breaks_at_commit_leaves_it_unknown_and_before_that_unwritten() {
    let Some(cluster) = Cluster::shared() else { return };
    let proxy = Proxy::start(cluster.port).await;
    let direct = database(cluster).await;
    let through = direct.replace(&format!(":{}/", cluster.port), &format!(":{}/", proxy.port));
    let store = Postgres::open(&through, None).await.unwrap();
    accept(&store, &profile(1), &["a"]).await;
    proxy.cuts_commit.store(true, Ordering::Relaxed);
    let broken = store.accept(vec![arrival(&profile(1), "b")], NOW).await;
    assert!(matches!(broken, Err(StoreError::Unknown(_))), "{broken:?}");
    proxy.cuts_commit.store(false, Ordering::Relaxed);
    proxy.is_closed.store(true, Ordering::Relaxed);
    let gone = store.accept(vec![arrival(&profile(1), "c")], NOW).await;
    assert!(matches!(gone, Err(StoreError::NotWritten(_))), "{gone:?}");
    proxy.is_closed.store(false, Ordering::Relaxed);
    // It may have been written or not; the same record again is kept once.
    store.accept(vec![arrival(&profile(1), "b")], NOW).await.unwrap();
    assert_eq!(store.waiting(TENANT, &profile(1)).await.unwrap().len(), 2);
    totals(&store).await;
}

#[tokio::test]
async fn a_database_that_falls_silent_holds_nobody_for_long() {
    let Some(cluster) = Cluster::shared() else { return };
    let proxy = Proxy::start(cluster.port).await;
    let direct = database(cluster).await;
    let through = direct.replace(&format!(":{}/", cluster.port), &format!(":{}/", proxy.port));
    let store = Arc::new(Postgres::open(&through, None).await.unwrap());
    accept(&*store, &profile(1), &["a"]).await;
    proxy.is_silent.store(true, Ordering::Relaxed);
    let calls = (0..40).map(|_| {
        let store = store.clone();
        tokio::spawn(async move {
            let start = std::time::Instant::now();
            let gone = store.accept(vec![arrival(&profile(1), "b")], NOW).await;
            assert!(matches!(gone, Err(StoreError::NotWritten(_))), "{gone:?}");
            start.elapsed()
        })
    });
    for call in calls.collect::<Vec<_>>() {
        let took = call.await.unwrap();
        assert!(took < Duration::from_secs(11), "{took:?}");
    }
}

#[tokio::test]
async fn after_a_failover_nothing_acknowledged_is_missing() {
    let Some(primary) = Cluster::start(&[]) else { return };
    let standby = primary.standby();
    let address = database(&primary).await;
    primary.until("SELECT count(*) = 1 FROM pg_stat_replication WHERE state = 'streaming'").await;
    let refused = Postgres::open(&address, None).await.err().unwrap();
    assert!(refused.contains("synchronous_standby_names is ''; accepted: "), "{refused}");
    primary.wait_for_standby();
    // The first takes connections, and never says a word.
    let silent = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let ports = [silent.local_addr().unwrap().port(), primary.port, standby.port];
    let all = address
        .replace(&format!("127.0.0.1:{}", primary.port), &ports.map(|port| format!("127.0.0.1:{port}")).join(","));
    let store = Arc::new(Postgres::open(&all, None).await.unwrap());
    let acknowledged = Arc::new(std::sync::Mutex::new(Vec::new()));
    let ends = Arc::new(AtomicBool::new(false));
    let load = (0..4).map(|worker| {
        let (store, acknowledged, ends) = (store.clone(), acknowledged.clone(), ends.clone());
        tokio::spawn(async move {
            for number in 0.. {
                let id = format!("{worker}-{number}");
                if store.accept(vec![arrival(&profile(worker), &id)], NOW).await.is_ok() {
                    acknowledged.lock().unwrap().push((worker, id));
                }
                if ends.load(Ordering::Relaxed) {
                    break;
                }
            }
        })
    });
    let load: Vec<_> = load.collect();
    let many = |least: usize| {
        let acknowledged = acknowledged.clone();
        async move {
            while acknowledged.lock().unwrap().len() < least {
                tokio::time::sleep(Duration::from_millis(10)).await;
            }
        }
    };
    many(200).await;
    primary.kill();
    let before = acknowledged.lock().unwrap().len();
    standby.promote();
    many(before + 200).await;
    ends.store(true, Ordering::Relaxed);
    for worker in load {
        worker.await.unwrap();
    }
    let acknowledged = acknowledged.lock().unwrap().clone();
    for (worker, id) in &acknowledged {
        let again = store.accept(vec![arrival(&profile(*worker), id)], NOW).await.unwrap();
        assert_eq!(again, [Accepted::Known], "{id} was acknowledged");
    }
    totals(&*store).await;
}

/// Between the relay and PostgreSQL, to break the connection at will.
struct Proxy {
    port: u16,
    cuts_commit: Arc<AtomicBool>,
    is_closed: Arc<AtomicBool>,
    is_silent: Arc<AtomicBool>,
}

impl Proxy {
    async fn start(to: u16) -> Proxy {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let [cuts_commit, is_closed, is_silent] = std::array::from_fn(|_| Arc::new(AtomicBool::new(false)));
        let (cuts, closed, silent) = (cuts_commit.clone(), is_closed.clone(), is_silent.clone());
        tokio::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                if !closed.load(Ordering::Relaxed) {
                    tokio::spawn(pass(client, to, cuts.clone(), silent.clone()));
                }
            }
        });
        Proxy { port, cuts_commit, is_closed, is_silent }
    }
}

async fn pass(mut client: TcpStream, to: u16, cuts: Arc<AtomicBool>, silent: Arc<AtomicBool>) {
    let mut server = TcpStream::connect(("127.0.0.1", to)).await.unwrap();
    let mut buffer = vec![0; 64 << 10];
    loop {
        let mut answers = vec![0; 64 << 10];
        tokio::select! {
            read = client.read(&mut buffer) => {
                let Ok(length @ 1..) = read else { return };
                if silent.load(Ordering::Relaxed) {
                    continue;
                }
                let is_commit = buffer[..length].windows(6).any(|bytes| bytes == b"COMMIT");
                if server.write_all(&buffer[..length]).await.is_err() || is_commit && cuts.load(Ordering::Relaxed) {
                    return;
                }
            }
            read = server.read(&mut answers) => {
                let Ok(length @ 1..) = read else { return };
                if client.write_all(&answers[..length]).await.is_err() {
                    return;
                }
            }
        }
    }
}
