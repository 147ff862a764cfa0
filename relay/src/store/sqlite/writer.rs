//! The one writer: whatever waits is written in one transaction, so that many records share one write to the disk.

use super::FAILED_DISK;
use super::checkpoint::Checkpoints;
use crate::store::{Result, StoreError};
use rusqlite::{Connection, ErrorCode};
use std::sync::mpsc;
use std::time::Instant;
use tokio::sync::oneshot;

/// A handle to the writer's thread, which ends with the last handle.
#[derive(Clone)]
pub struct Writer(mpsc::SyncSender<Job>);

// Runs within the transaction, and returns what tells its caller how the commit ended.
type Job = Box<dyn FnOnce(&Connection) -> Told + Send>;
type Told = Box<dyn FnOnce(&std::result::Result<(), StoreError>) + Send>;

impl Writer {
    /// Starts the thread.
    pub fn start(connection: Connection, checkpoints: Checkpoints) -> Writer {
        let (sender, jobs) = mpsc::sync_channel(MOST_WAITING);
        std::thread::Builder::new()
            .name("writer".into())
            .spawn(move || write_all(&connection, &jobs, &checkpoints))
            .expect("the operating system gives a thread");
        Writer(sender)
    }

    /// Runs the work in a transaction, and returns when that is on disk. A failure of the work undoes it and nothing else.
    pub async fn write<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Connection) -> rusqlite::Result<T> + Send + 'static,
    ) -> Result<T> {
        let (answer, answered) = oneshot::channel();
        let job: Job = Box::new(move |connection| {
            let done = within_savepoint(connection, work);
            Box::new(move |commit| {
                let told = match (done, commit) {
                    (Ok(value), Ok(())) => Ok(value),
                    (Err(error), _) => Err(StoreError::NotWritten(error.to_string())),
                    (Ok(_), Err(StoreError::NotWritten(why))) => Err(StoreError::NotWritten(why.clone())),
                    (Ok(_), Err(StoreError::Unknown(why))) => Err(StoreError::Unknown(why.clone())),
                };
                // Whoever asked may have gone.
                let _ = answer.send(told);
            })
        });
        self.0.try_send(job).map_err(|_| StoreError::NotWritten("the disk is too slow for what comes".into()))?;
        answered.await.map_err(|_| StoreError::Unknown("the writer stopped".into()))?
    }
}

fn write_all(connection: &Connection, jobs: &mpsc::Receiver<Job>, checkpoints: &Checkpoints) {
    while let Ok(first) = jobs.recv() {
        let start = Instant::now();
        if let Err(error) = connection.execute_batch("BEGIN IMMEDIATE") {
            let failed = Err(StoreError::NotWritten(error.to_string()));
            refuse(first, connection, &failed);
            continue;
        }
        let mut told = vec![first(connection)];
        // Where the disk is full, SQLite may have undone the whole transaction by itself.
        while told.len() < MOST_AT_ONCE && !connection.is_autocommit() {
            match jobs.try_recv() {
                Ok(job) => told.push(job(connection)),
                Err(_) => break,
            }
        }
        let committed = commit(connection);
        metrics::histogram!("omneo_relay_commit_seconds").record(start.elapsed());
        told.into_iter().for_each(|tell| tell(&committed));
        checkpoints.committed();
    }
}

// Without a transaction the job's work is undone at once; it only has to learn why.
fn refuse(job: Job, connection: &Connection, why: &std::result::Result<(), StoreError>) {
    let _ = connection.execute_batch("BEGIN DEFERRED");
    let tell = job(connection);
    let _ = connection.execute_batch("ROLLBACK");
    tell(why);
}

fn commit(connection: &Connection) -> std::result::Result<(), StoreError> {
    if connection.is_autocommit() {
        return Err(StoreError::NotWritten("the disk is full".into()));
    }
    let Err(error) = connection.execute_batch("COMMIT") else { return Ok(()) };
    let is_full = error.sqlite_error_code() == Some(ErrorCode::DiskFull);
    let is_undone = connection.is_autocommit() || connection.execute_batch("ROLLBACK").is_ok();
    if is_full && is_undone {
        return Err(StoreError::NotWritten(error.to_string()));
    }
    // After a write that failed nobody knows what the disk has, and what is written later may be lost with it (as PostgreSQL
    // found out in 2018). A fresh start reads what is really there.
    tracing::error!(%error, "the disk failed at a commit; the relay stops, and reads at its next start what the disk has");
    std::process::exit(FAILED_DISK);
}

fn within_savepoint<T>(
    connection: &Connection,
    work: impl FnOnce(&Connection) -> rusqlite::Result<T>,
) -> rusqlite::Result<T> {
    connection.execute_batch("SAVEPOINT one")?;
    let done = work(connection);
    let end = if done.is_ok() { "RELEASE one" } else { "ROLLBACK TO one; RELEASE one" };
    connection.execute_batch(end)?;
    done
}

/// How many callers may wait for the writer.
const MOST_WAITING: usize = 4_096;
/// How many share a transaction.
const MOST_AT_ONCE: usize = 512;
