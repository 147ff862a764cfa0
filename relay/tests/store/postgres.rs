//! A real PostgreSQL for the tests, on a port of its own, with its files in a temporary folder.

use std::net::{Ipv4Addr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};
use tempfile::TempDir;

/// A server that runs until the tests end.
pub struct Cluster {
    folder: TempDir,
    pub port: u16,
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
        let folder = tempfile::tempdir().unwrap();
        let cluster = Cluster { folder, port: free_port() };
        own(cluster.folder.path());
        let data = cluster.data();
        run(as_user(&programs.join("initdb")).args(["--auth=trust", "--username=postgres", "--pgdata"]).arg(&data));
        cluster.pg_ctl(&programs, &["-w", "start", "-o", &cluster.options(settings)]);
        Some(cluster)
    }

    /// A standby that this one waits for.
    pub fn standby(&self) -> Cluster {
        let programs = programs().unwrap();
        let standby = Cluster { folder: tempfile::tempdir().unwrap(), port: free_port() };
        own(standby.folder.path());
        let primary = format!("host=127.0.0.1 port={} user=postgres application_name=standby", self.port);
        run(as_user(&programs.join("pg_basebackup"))
            .args(["--write-recovery-conf", "--checkpoint=fast", "--dbname", &primary, "--pgdata"])
            .arg(standby.data()));
        standby.pg_ctl(&programs, &["-w", "start", "-o", &standby.options(&[])]);
        self.sql("ALTER SYSTEM SET synchronous_standby_names = 'ANY 1 (standby)'");
        self.sql("SELECT pg_reload_conf()");
        standby
    }

    /// Kills it as a power failure does.
    pub fn kill(&self) {
        self.pg_ctl(&programs().unwrap(), &["-m", "immediate", "stop"]);
    }

    /// Makes a standby the primary.
    pub fn promote(&self) {
        self.sql("ALTER SYSTEM SET synchronous_standby_names = ''");
        self.sql("SELECT pg_reload_conf()");
        self.pg_ctl(&programs().unwrap(), &["-w", "promote"]);
    }

    pub fn sql(&self, sql: &str) {
        let psql = programs().unwrap().join("psql");
        let port = self.port.to_string();
        run(Command::new(psql).args(["-X", "-q", "-h", "127.0.0.1", "-U", "postgres", "-p", &port, "-c", sql]));
    }

    fn data(&self) -> PathBuf {
        self.folder.path().join("data")
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
        let log = self.folder.path().join("log");
        run(as_user(&programs.join("pg_ctl")).arg("--pgdata").arg(self.data()).arg("--log").arg(log).args(args));
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        if let Some(programs) = programs() {
            let mut stop = as_user(&programs.join("pg_ctl"));
            let _ = stop.arg("--pgdata").arg(self.data()).args(["-m", "immediate", "stop"]).output();
        }
    }
}

/// The address of a new, empty database.
pub async fn database(cluster: &Cluster) -> String {
    static NUMBER: AtomicU32 = AtomicU32::new(0);
    let name = format!("test_{}", NUMBER.fetch_add(1, Ordering::Relaxed));
    cluster.sql(&format!("CREATE DATABASE {name}"));
    format!("postgres://postgres@127.0.0.1:{}/{name}", cluster.port)
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
