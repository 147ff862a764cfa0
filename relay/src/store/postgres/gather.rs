//! What comes at the same time is written in one transaction, so that many requests share one wait for the disk and the standby.

use super::accept;
use super::work::write;
use crate::store::{Accepted, Arrival, Result, StoreError};
use deadpool_postgres::Pool;
use std::sync::Arc;
use tokio::sync::{Mutex, mpsc, oneshot};

/// A handle to the writers, which end with it.
pub struct Gather(mpsc::Sender<Handed>);

/// What a request hands in, and where its answer goes.
struct Handed {
    arrivals: Vec<Arrival>,
    now: i64,
    due: i64,
    answer: oneshot::Sender<Result<Vec<Accepted>>>,
}

impl Gather {
    /// Starts the writers. While one waits for the disk, the next gathers.
    pub fn start(pool: &Pool) -> Gather {
        let (sender, waiting) = mpsc::channel(MOST_WAITING);
        let waiting = Arc::new(Mutex::new(waiting));
        for _ in 0..WRITERS {
            tokio::spawn(write_all(pool.clone(), waiting.clone()));
        }
        Gather(sender)
    }

    /// Returns when it is written. Where that fails, it fails for all that were gathered with it.
    pub async fn accept(&self, arrivals: Vec<Arrival>, now: i64, due: i64) -> Result<Vec<Accepted>> {
        let (answer, answered) = oneshot::channel();
        let handed = Handed { arrivals, now, due, answer };
        self.0
            .try_send(handed)
            .map_err(|_| StoreError::NotWritten("the database is too slow for what comes".into()))?;
        answered.await.map_err(|_| StoreError::Unknown("the writer stopped".into()))?
    }
}

async fn write_all(pool: Pool, waiting: Arc<Mutex<mpsc::Receiver<Handed>>>) {
    loop {
        let mut gathered = Vec::new();
        if waiting.lock().await.recv_many(&mut gathered, MOST_AT_ONCE).await == 0 {
            return;
        }
        let now = gathered.iter().map(|one| one.now).max().unwrap_or_default();
        let due = gathered.iter().map(|one| one.due).max().unwrap_or_default();
        let (answers, each): (Vec<_>, Vec<_>) =
            gathered.into_iter().map(|one| ((one.answer, one.arrivals.len()), one.arrivals)).unzip();
        tell(answers, accept_all(&pool, &each.concat(), now, due).await);
    }
}

async fn accept_all(pool: &Pool, arrivals: &[Arrival], now: i64, due: i64) -> Result<Vec<Accepted>> {
    write!(pool, client => accept::accept(client, arrivals, now, due))
}

// Each gets the answers to what it handed in. Whoever asked may have gone.
fn tell(answers: Vec<(oneshot::Sender<Result<Vec<Accepted>>>, usize)>, written: Result<Vec<Accepted>>) {
    let mut written = written.map(Vec::into_iter);
    for (answer, many) in answers {
        let _ = answer.send(match &mut written {
            Ok(accepted) => Ok(accepted.by_ref().take(many).collect()),
            Err(StoreError::NotWritten(why)) => Err(StoreError::NotWritten(why.clone())),
            Err(StoreError::Unknown(why)) => Err(StoreError::Unknown(why.clone())),
        });
    }
}

const WRITERS: usize = 4;
const MOST_WAITING: usize = 4_096;
/// How many requests share a transaction.
const MOST_AT_ONCE: usize = 64;
