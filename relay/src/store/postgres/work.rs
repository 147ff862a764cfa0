//! One piece of work: a transaction, or a question.

use super::connect::{CONNECTIONS, PATIENCE, why};
use crate::store::{Result, StoreError};
use deadpool_postgres::{Client, Object, Pool};
use std::time::Duration;
use tokio::time::error::Elapsed;
use tokio::time::{Instant, timeout_at};
use tokio_postgres::Error;
use tokio_postgres::error::SqlState;

/// Runs the work in a transaction, and returns when that is on disk, and on a standby where there is one that counts. What two
/// transactions did to each other is tried again.
macro_rules! write {
    ($pool:expr, $client:ident => $work:expr) => {{
        let mut attempts_left = $crate::store::postgres::work::MOST_ATTEMPTS;
        let until = $crate::store::postgres::work::deadline();
        loop {
            let open = $crate::store::postgres::work::begin($pool, until).await?;
            let $client = open.client();
            let done = tokio::time::timeout_at(until, $work).await;
            match open.end(done, until).await {
                Err($crate::store::postgres::work::Failure::Clash) if attempts_left > 0 => attempts_left -= 1,
                ended => break ended.map_err($crate::store::StoreError::from),
            }
        }
    }};
}

/// Asks, outside of any transaction.
macro_rules! read {
    ($pool:expr, $client:ident => $question:expr) => {{
        let until = $crate::store::postgres::work::deadline();
        let open = $crate::store::postgres::work::connect($pool, until).await?;
        let $client = open.client();
        let asked = tokio::time::timeout_at(until, $question).await;
        open.answer(asked)
    }};
}

pub(super) use {read, write};

/// A connection in the middle of something. Whoever gives that up takes it out of the pool: what it still does, or answers, is of no
/// use to whoever has it next.
pub struct Open(Option<Client>);

/// Why a transaction came to nothing.
pub enum Failure {
    /// PostgreSQL has undone it, because of another.
    Clash,
    /// Nothing was written.
    NotWritten(String),
    /// COMMIT was sent, and no answer came.
    Unknown(String),
}

/// When whatever begins now is given up.
pub fn deadline() -> Instant {
    Instant::now() + PATIENCE
}

/// A connection.
pub async fn connect(pool: &Pool, until: Instant) -> Result<Open> {
    match timeout_at(until, pool.get()).await {
        Ok(Ok(client)) => Ok(Open(Some(client))),
        Ok(Err(error)) => Err(StoreError::NotWritten(format!("no connection to the database: {}", why(&error)))),
        Err(_) => Err(StoreError::NotWritten(SILENT.into())),
    }
}

/// A connection in a transaction.
pub async fn begin(pool: &Pool, until: Instant) -> Result<Open> {
    let mut others_left = CONNECTIONS;
    loop {
        let open = connect(pool, until).await?;
        match timeout_at(until, open.client().batch_execute("BEGIN READ WRITE")).await {
            Ok(Ok(())) => return Ok(open),
            // It broke while it lay in the pool, or leads to what is a standby by now. Another may not.
            Ok(Err(_)) if others_left > 0 => others_left -= 1,
            Ok(Err(error)) => return Err(StoreError::NotWritten(why(&error))),
            Err(_) => return Err(StoreError::NotWritten(SILENT.into())),
        }
    }
}

impl Open {
    pub fn client(&self) -> &Client {
        self.0.as_ref().expect("it is there until it is given up")
    }

    /// Commits, or undoes what failed.
    pub async fn end<T>(
        self,
        done: std::result::Result<std::result::Result<T, Error>, Elapsed>,
        until: Instant,
    ) -> std::result::Result<T, Failure> {
        let done = match done {
            Ok(Ok(done)) => done,
            Ok(Err(error)) if is_clash(&error) => return Err(Failure::Clash),
            Ok(Err(error)) => return Err(Failure::NotWritten(why(&error))),
            Err(_) => return Err(Failure::NotWritten(SILENT.into())),
        };
        let start = Instant::now();
        let committed = timeout_at(until + COMMIT, self.client().batch_execute("COMMIT")).await;
        metrics::histogram!("omneo_relay_commit_seconds").record(start.elapsed());
        match committed {
            Ok(Ok(())) => {
                self.give_back();
                Ok(done)
            }
            Ok(Err(error)) if is_clash(&error) => Err(Failure::Clash),
            Ok(Err(error)) => Err(Failure::Unknown(why(&error))),
            Err(_) => Err(Failure::Unknown("no answer came to COMMIT".into())),
        }
    }

    /// What a question was answered.
    pub fn answer<T>(self, asked: std::result::Result<std::result::Result<T, Error>, Elapsed>) -> Result<T> {
        match asked {
            Ok(Ok(answer)) => {
                self.give_back();
                Ok(answer)
            }
            Ok(Err(error)) => Err(StoreError::NotWritten(why(&error))),
            Err(_) => Err(StoreError::NotWritten(SILENT.into())),
        }
    }

    fn give_back(mut self) {
        drop(self.0.take());
    }
}

impl Drop for Open {
    fn drop(&mut self) {
        if let Some(client) = self.0.take() {
            drop(Object::take(client));
        }
    }
}

impl From<Failure> for StoreError {
    fn from(failure: Failure) -> StoreError {
        match failure {
            Failure::Clash => StoreError::NotWritten("two transactions kept each other from their work".into()),
            Failure::NotWritten(why) => StoreError::NotWritten(why),
            Failure::Unknown(why) => StoreError::Unknown(why),
        }
    }
}

fn is_clash(error: &Error) -> bool {
    [SqlState::T_R_SERIALIZATION_FAILURE, SqlState::T_R_DEADLOCK_DETECTED]
        .iter()
        .any(|state| error.code() == Some(state))
}

pub const MOST_ATTEMPTS: u32 = 3;
/// How much longer the end of it may take.
const COMMIT: Duration = Duration::from_secs(2);
const SILENT: &str = "the database does not answer";
