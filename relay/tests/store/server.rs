//! What is asked of a PostgreSQL before it is used.

use crate::postgres::{Cluster, connect, database};
use crate::support::{accept, profile};
use omneo_relay::store::{Accepted, Postgres};
use std::process::Command;

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
async fn a_server_proves_who_it_is_where_encryption_is_asked_for() {
    let Some(cluster) = Cluster::start(&[]) else { return };
    let certificate = cluster.certify();
    cluster.until("SELECT current_setting('ssl') = 'on'").await;
    let address = database(&cluster).await;
    let plain = format!("{address}?sslmode=disable");
    Postgres::open(&plain, None).await.unwrap();
    let encrypted = format!("{address}?sslmode=require");
    let refused = Postgres::open(&encrypted, None).await.err().unwrap();
    assert!(refused.contains("invalid peer certificate"), "{refused}");
    // A program of its own, which takes the certificates of this machine from where the variable says.
    let relay = |database: &str| {
        let folder = tempfile::tempdir().unwrap();
        let settings = folder.path().join("relay.toml");
        let tenant = "[tenants.acme]\nomneo = \"http://127.0.0.1:9\"\nomneo_token = \"token\"\nomneo_id = true\n";
        std::fs::write(&settings, format!("database = \"{database}\"\nadmin_key = \"key\"\n{tenant}")).unwrap();
        let mut relay = Command::new(env!("CARGO_BIN_EXE_omneo-relay"));
        relay.arg("--config").arg(settings).args(["dead", "list"]).env("SSL_CERT_FILE", &certificate);
        relay.output().unwrap()
    };
    let trusted = relay(&encrypted);
    assert!(trusted.status.success(), "{trusted:?}");
    let other_name = relay(&encrypted.replace("127.0.0.1", "localhost"));
    assert!(String::from_utf8_lossy(&other_name.stderr).contains("invalid peer certificate"), "{other_name:?}");
}
