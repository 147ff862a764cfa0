//! Several nodes, a database that goes away, and one that is not safe.

use crate::postgres::{Cluster, connect, database};
use crate::support::{MINUTE, NOW, TENANT, accept, arrival, claim, dead, delivered, postgres, profile, step, totals};
use omneo_relay::store::{Accepted, Postgres, Store, StoreError};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

#[tokio::test]
async fn two_nodes_share_one_database() {
    let Some(cluster) = Cluster::shared() else { return };
    let address = database(cluster).await;
    let open = async || Postgres::open(&address, None).await.unwrap();
    // Both make the tables at once, and one of them does.
    let (one, other) = tokio::join!(open(), open());
    accept(&one, &profile(1), &["a"]).await;
    assert_eq!(accept(&other, &profile(1), &["a"]).await, [Accepted::Known]);
    let frozen = claim(&one, NOW).await.unwrap();
    assert!(claim(&other, NOW).await.is_none());
    let woken = NOW + MINUTE + 1;
    let taken = claim(&other, woken).await.unwrap();
    assert!(other.sent(&taken, woken).await.unwrap());
    assert!(!one.sent(&frozen, woken).await.unwrap(), "whoever slept through its claim sends nothing");
    assert!(other.finish(&taken, delivered(1), woken, woken).await.unwrap());
    assert_eq!(totals(&one).await.delivered, 1);
}

#[tokio::test]
async fn many_batches_at_once_wait_for_nobody_for_ever() {
    let Some(cluster) = Cluster::shared() else { return };
    let store = Arc::new(postgres(cluster).await);
    let batches = (0..40).map(|batch| {
        let store = store.clone();
        tokio::spawn(async move {
            let one = |at: u32| arrival(&profile((batch * 7 + at * 3) % 10), &format!("{}", (batch + at) % 50));
            store.accept((0..10).map(one).collect(), NOW).await.unwrap().len()
        })
    });
    for batch in batches.collect::<Vec<_>>() {
        assert_eq!(batch.await.unwrap(), 10);
    }
    totals(&*store).await;
}

#[tokio::test]
async fn a_claim_takes_one_customer_however_postgresql_goes_about_it() {
    let Some(cluster) = Cluster::shared() else { return };
    let mut address = format!("{}?options=", database(cluster).await);
    for way in ["hashjoin", "mergejoin", "hashagg", "sort", "material", "memoize"] {
        address.push_str(&format!("-c%20enable_{way}%3Doff%20"));
    }
    let store = Postgres::open(&address, None).await.unwrap();
    for customer in 0..5 {
        accept(&store, &profile(customer), &["a"]).await;
    }
    for _ in 0..5 {
        assert!(claim(&store, NOW).await.is_some());
    }
    assert!(claim(&store, NOW).await.is_none());
}

#[tokio::test]
async fn who_dies_while_others_are_put_back_is_not_put_back_without_a_turn() {
    let Some(cluster) = Cluster::shared() else { return };
    let address = database(cluster).await;
    let store = Arc::new(Postgres::open(&address, None).await.unwrap());
    accept(&*store, &profile(1), &["a", "b"]).await;
    step(&*store, NOW, dead()).await;
    // Somebody is at this customer's, and so the replay waits.
    let (mut beside, watcher) = (connect(&address).await, connect(&address).await);
    let lock = beside.transaction().await.unwrap();
    lock.execute("SELECT 1 FROM customers FOR UPDATE", &[]).await.unwrap();
    let replay = tokio::spawn({
        let store = store.clone();
        async move { store.replay(TENANT, None, NOW).await.unwrap() }
    });
    let waits = "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'";
    while watcher.query_opt(waits, &[]).await.unwrap().is_none() {
        tokio::task::yield_now().await;
    }
    accept(&*store, &profile(2), &["c"]).await;
    assert_eq!(&*step(&*store, NOW, dead()).await.event_id, "c");
    lock.commit().await.unwrap();
    let replayed = replay.await.unwrap() + store.replay(TENANT, None, NOW).await.unwrap();
    assert_eq!(replayed, 2);
    for _ in 0..3 {
        step(&*store, NOW, delivered(1)).await;
    }
    assert_eq!(totals(&*store).await.waiting, 0);
}

#[tokio::test]
async fn a_server_that_could_lose_what_it_acknowledged_is_refused() {
    let Some(cluster) = Cluster::start(&[]) else { return };
    let address = database(&cluster).await;
    let two =
        address.replace(&format!("127.0.0.1:{}", cluster.port), &format!("127.0.0.1:{0},127.0.0.1:{0}", cluster.port));
    let refused = Postgres::open(&two, None).await.err().unwrap();
    assert!(refused.contains("synchronous_standby_names is ''; accepted: "), "{refused}");
    for setting in ["fsync", "full_page_writes"] {
        cluster.set(setting, "off");
        cluster.until(&format!("SELECT current_setting('{setting}') = 'off'")).await;
        let refused = Postgres::open(&address, None).await.err().unwrap();
        assert!(refused.contains(&format!("{setting} is off; accepted: on")), "{refused}");
        cluster.set(setting, "on");
        cluster.until(&format!("SELECT current_setting('{setting}') = 'on'")).await;
    }
    Postgres::open(&address, None).await.unwrap();
}

#[tokio::test]
async fn a_commit_waits_for_the_disk_whatever_the_role_s_default() {
    let Some(cluster) = Cluster::shared() else { return };
    let address = database(cluster).await;
    let weak = format!("{address}?options=-c%20synchronous_commit%3Doff");
    let store = Postgres::open(&weak, None).await.unwrap();
    let watch = "CREATE FUNCTION watch() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
            IF current_setting('synchronous_commit') <> 'on' THEN RAISE 'it does not wait'; END IF;
            RETURN NEW;
        END $$;
        CREATE TRIGGER watch BEFORE INSERT ON outbox FOR EACH ROW EXECUTE FUNCTION watch()";
    connect(&address).await.batch_execute(watch).await.unwrap();
    assert_eq!(accept(&store, &profile(1), &["a"]).await, [Accepted::New]);
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
