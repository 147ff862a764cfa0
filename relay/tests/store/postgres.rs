//! A real PostgreSQL for the tests, on a port of its own, with its files in a temporary folder.

use std::net::{Ipv4Addr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};
use tokio_postgres::{Client, NoTls};

/// A server that runs until the tests end.
pub struct Cluster {
    folder: PathBuf,
    pub port: u16,
    keeper: Child,
}

impl Cluster {
    /// The one that the tests share; `None` where there is no PostgreSQL, which CI does not forgive.
    pub fn shared() -> Option<&'static Cluster> {
        static SHARED: OnceLock<Option<Cluster>> = OnceLock::new();
        SHARED.get_or_init(|| Cluster::start(&[])).as_ref()
    }

    /// A server with these settings.
    pub fn start(settings: &[&str]) -> Option<Cluster> {
        let Some(programs) = programs() else {
            assert!(std::env::var("CI").is_err(), "PostgreSQL 15 or later is needed");
            println!("Skipped with PostgreSQL: it is not installed.");
            return None;
        };
        let cluster = Cluster::new(&programs);
        let data = cluster.data();
        run(as_user(&programs.join("initdb")).args(["--auth=trust", "--username=postgres", "--pgdata"]).arg(&data));
        cluster.pg_ctl(&programs, &["-w", "start", "-o", &cluster.options(settings)]);
        Some(cluster)
    }

    fn new(programs: &Path) -> Cluster {
        let folder = tempfile::tempdir().unwrap().keep();
        own(&folder);
        Cluster { keeper: keeper(programs, &folder), folder, port: free_port() }
    }

    /// A standby that this one does not wait for.
    pub fn standby(&self) -> Cluster {
        let programs = programs().unwrap();
        let standby = Cluster::new(&programs);
        let primary = format!("host=127.0.0.1 port={} user=postgres application_name=standby", self.port);
        run(as_user(&programs.join("pg_basebackup"))
            .args(["--write-recovery-conf", "--checkpoint=fast", "--dbname", &primary, "--pgdata"])
            .arg(standby.data()));
        standby.pg_ctl(&programs, &["-w", "start", "-o", &standby.options(&[])]);
        standby
    }

    /// Makes it wait for the standby.
    pub fn wait_for_standby(&self) {
        self.set("synchronous_standby_names", "'ANY 1 (standby)'");
    }

    /// Sets what needs no restart.
    pub fn set(&self, setting: &str, value: &str) {
        self.sql(&format!("ALTER SYSTEM SET {setting} = {value}"));
        self.sql("SELECT pg_reload_conf()");
    }

    /// Waits until a question is answered with true.
    pub async fn until(&self, question: &str) {
        let client = connect(&format!("postgres://postgres@127.0.0.1:{}/postgres", self.port)).await;
        while !client.query_one(question, &[]).await.unwrap().get::<_, bool>(0) {
            tokio::task::yield_now().await;
        }
    }

    /// Makes it offer encryption, with a certificate that nobody knows; returns its file.
    pub fn certify(&self) -> PathBuf {
        let [certificate, key] = ["server.crt", "server.key"].map(|name| self.data().join(name));
        let mut make = as_user(Path::new("openssl"));
        make.args(["req", "-x509", "-nodes", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1"]);
        make.args(["-subj", "/CN=test", "-addext", "subjectAltName=IP:127.0.0.1"]);
        make.args(["-addext", "basicConstraints=critical,CA:FALSE", "-keyout"]).arg(key).arg("-out").arg(&certificate);
        run(make.stderr(Stdio::null()));
        self.set("ssl", "on");
        certificate
    }

    /// Kills it as a power failure does.
    pub fn kill(&self) {
        self.pg_ctl(&programs().unwrap(), &["-m", "immediate", "stop"]);
    }

    /// Makes a standby the primary.
    pub fn promote(&self) {
        self.set("synchronous_standby_names", "''");
        self.pg_ctl(&programs().unwrap(), &["-w", "promote"]);
    }

    pub fn sql(&self, sql: &str) {
        let psql = programs().unwrap().join("psql");
        let port = self.port.to_string();
        run(Command::new(psql).args(["-X", "-q", "-h", "127.0.0.1", "-U", "postgres", "-p", &port, "-c", sql]));
    }

    fn data(&self) -> PathBuf {
        self.folder.join("data")
    }

    fn options(&self, settings: &[&str]) -> String {
        let mut options = format!(
            "-p {} -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c max_connections=200",
            self.port
        );
        for setting in settings {
            options.push_str(" -c ");
            options.push_str(setting);
        }
        options
    }

    fn pg_ctl(&self, programs: &Path, args: &[&str]) {
        let log = self.folder.join("log");
        run(as_user(&programs.join("pg_ctl")).arg("--pgdata").arg(self.data()).arg("--log").arg(log).args(args));
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        drop(self.keeper.stdin.take());
        let _ = self.keeper.wait();
    }
}

// Stops the server and removes its files when the tests end, however they end: what is static is never dropped.
fn keeper(programs: &Path, folder: &Path) -> Child {
    let mut stop = as_user(&programs.join("pg_ctl"));
    stop.arg("--pgdata").arg(folder.join("data")).args(["-m", "immediate", "stop"]);
    let script = r#"trap '' HUP INT TERM; cat; folder=$1; shift; "$@"; rm -rf "$folder""#;
    let mut keeper = Command::new("sh");
    keeper.args(["-c", script, "keeper"]).arg(folder).arg(stop.get_program()).args(stop.get_args());
    keeper.current_dir("/").stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap()
}

/// The address of a new, empty database.
pub async fn database(cluster: &Cluster) -> String {
    static NUMBER: AtomicU32 = AtomicU32::new(0);
    let name = format!("test_{}", NUMBER.fetch_add(1, Ordering::Relaxed));
    cluster.sql(&format!("CREATE DATABASE {name}"));
    format!("postgres://postgres@127.0.0.1:{}/{name}", cluster.port)
}

/// A connection beside the relay's.
pub async fn connect(address: &str) -> Client {
    let (client, connection) = tokio_postgres::connect(address, NoTls).await.unwrap();
    tokio::spawn(connection);
    client
}

// The newest of Debian's, whose programs are not on the PATH.
fn programs() -> Option<PathBuf> {
    let versions = std::fs::read_dir("/usr/lib/postgresql").ok()?;
    let number = |path: &PathBuf| path.file_name()?.to_str()?.parse::<u32>().ok();
    let newest = versions.filter_map(|entry| Some(entry.ok()?.path())).filter(|path| number(path) >= Some(15));
    newest.max_by_key(number).map(|path| path.join("bin"))
}

// PostgreSQL does not run as root.
fn as_user(program: &Path) -> Command {
    if !is_root() {
        return Command::new(program);
    }
    let mut command = Command::new("setpriv");
    command.args(["--reuid=postgres", "--regid=postgres", "--clear-groups"]).arg(program);
    command
}

fn own(folder: &Path) {
    if is_root() {
        run(Command::new("chown").arg("postgres").arg(folder));
    }
}

fn is_root() -> bool {
    std::fs::metadata("/proc/self").is_ok_and(|own| std::os::unix::fs::MetadataExt::uid(&own) == 0)
}

// The server that a program starts keeps its standard streams, so nobody may wait for their end.
fn run(command: &mut Command) {
    let status = command.current_dir("/").stdin(Stdio::null()).stdout(Stdio::null()).status();
    assert!(status.as_ref().is_ok_and(|status| status.success()), "{command:?}: {status:?}");
}

fn free_port() -> u16 {
    TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap().local_addr().unwrap().port()
}
