//! Brings what is committed from the log into the file, beside the writer, so that nobody's answer waits for it.

use super::FAILED_DISK;
use rusqlite::{Connection, ErrorCode};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::time::Duration;

/// A handle to the thread, which ends with it.
pub struct Checkpoints(SyncSender<()>);

impl Checkpoints {
    /// Starts the thread, with a connection of its own.
    pub fn start(connection: Connection) -> Checkpoints {
        let (sender, commits) = sync_channel(1);
        std::thread::Builder::new()
            .name("checkpoints".into())
            .spawn(move || bring_all(&connection, &commits))
            .expect("the operating system gives a thread");
        Checkpoints(sender)
    }

    /// Says that something was committed. It waits for nothing.
    pub fn committed(&self) {
        // One word waiting is as good as many.
        let _ = self.0.try_send(());
    }
}

fn bring_all(connection: &Connection, commits: &Receiver<()>) {
    while commits.recv().is_ok() {
        // A page that many commits changed is then brought once.
        std::thread::sleep(PAUSE);
        let brought = connection.query_row("PRAGMA wal_checkpoint(PASSIVE)", [], |_| Ok(()));
        let Err(error) = brought else { continue };
        match error.sqlite_error_code() {
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => {}
            Some(ErrorCode::DiskFull) => tracing::warn!(%error, "the log is not brought into the file"),
            // As after a commit that failed: nobody knows what the disk has.
            _ => {
                tracing::error!(%error, "the disk failed; the relay stops, and reads at its next start what the disk has");
                std::process::exit(FAILED_DISK);
            }
        }
    }
}

/// So short that little is brought at a time: while the disk writes that, every commit waits for it.
const PAUSE: Duration = Duration::from_millis(50);

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Instant;

    #[test]
    fn what_is_committed_comes_into_the_file_without_the_writer() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("relay.sqlite");
        let connect = || {
            let connection = Connection::open(&file).unwrap();
            connection.pragma_update(None, "journal_mode", "WAL").unwrap();
            connection.pragma_update(None, "wal_autocheckpoint", 0).unwrap();
            connection
        };
        let (writer, checkpoints) = (connect(), Checkpoints::start(connect()));
        writer.execute_batch("CREATE TABLE words (word TEXT); INSERT INTO words VALUES ('committed')").unwrap();
        let has_it = || std::fs::read(&file).unwrap().windows(9).any(|bytes| bytes == b"committed");
        assert!(!has_it(), "so far only the log does");
        checkpoints.committed();
        let end = Instant::now() + Duration::from_secs(30);
        while !has_it() {
            assert!(Instant::now() < end, "it never does");
            std::thread::sleep(Duration::from_millis(10));
        }
    }
}
