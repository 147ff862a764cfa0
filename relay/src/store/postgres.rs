//! PostgreSQL, 15 or later: several relays on one database, with standbys.
//!
//! Whoever changes what waits of a customer locks the customer's row first, and looks at the rest in a later statement, which sees
//! what was committed before the lock was given (read committed). So no customer of whom something waits is without a row, and
//! nothing is accepted of a customer while they are erased.

mod accept;
mod connect;
mod customers;
mod erase;
mod forward;
mod gather;
mod keep;
mod safety;
mod schema;
mod work;

use super::{Accepted, Arrival, Claim, Dead, Ending, Erased, Result, Store, Totals, Waiting};
use crate::clock;
use crate::subject::Subject;
use async_trait::async_trait;
use deadpool_postgres::{HookError, Pool, PoolError};
use gather::Gather;
use std::sync::atomic::{AtomicI64, Ordering};
use tokio::time::timeout;
use tokio_postgres::{Config, Row};
use work::{read, write};

/// The database.
pub struct Postgres {
    gather: Gather,
    pool: Pool,
    /// How much the database's clock is before this machine's, in milliseconds. When somebody is due, all nodes must agree on.
    ahead: AtomicI64,
}

impl Postgres {
    /// Connects, asks whether the server keeps what it commits, and makes the tables where there are none.
    ///
    /// # Errors
    /// One sentence that names the setting.
    pub async fn open(address: &str, password: Option<&str>) -> std::result::Result<Postgres, String> {
        let pool = connect::pool(address, password)?;
        let mut client = timeout(connect::PATIENCE, pool.get())
            .await
            .map_err(|_| String::from("cannot reach the database: it does not answer"))?
            .map_err(|error| match error {
                PoolError::PostCreateHook(HookError::Message(refusal)) => refusal.into_owned(),
                error => format!("cannot reach the database: {}", connect::why(&error)),
            })?;
        let hosts = address.parse::<Config>().map(|config| config.get_hosts().len()).unwrap_or_default();
        safety::check_standbys(&client, hosts).await?;
        schema::migrate(&mut client).await?;
        drop(client);
        let postgres = Postgres { gather: Gather::start(&pool), pool, ahead: AtomicI64::new(0) };
        postgres.compare_clocks().await.map_err(|error| error.to_string())?;
        Ok(postgres)
    }

    async fn compare_clocks(&self) -> Result<()> {
        let before = clock::now();
        let now = "SELECT (extract(epoch FROM clock_timestamp()) * 1000)::bigint";
        let row = read!(&self.pool, client => client.query_one(now, &[]))?;
        let ahead = number(&row) - (before + clock::now()) / 2;
        // What a network's delay explains is no difference.
        self.ahead.store(if ahead.abs() < SAME_CLOCK_MS { 0 } else { ahead }, Ordering::Relaxed);
        Ok(())
    }

    // A moment of this machine's, by the database's clock.
    fn there(&self, at: i64) -> i64 {
        at + self.ahead.load(Ordering::Relaxed)
    }
}

const SAME_CLOCK_MS: i64 = 500;

#[async_trait]
impl Store for Postgres {
    async fn accept(&self, arrivals: Vec<Arrival>, now: i64) -> Result<Vec<Accepted>> {
        self.gather.accept(arrivals, now, self.there(now)).await
    }

    async fn claim(&self, tenant: &str, now: i64, until: i64) -> Result<Option<Claim>> {
        let (now, until) = (self.there(now), self.there(until));
        write!(&self.pool, client => forward::claim(client, tenant, now, until))
    }

    async fn next_due(&self, tenant: &str) -> Result<Option<i64>> {
        let select = "SELECT min(due) FROM customers WHERE tenant = $1";
        let row = read!(&self.pool, client => client.query_one(select, &[&tenant]))?;
        let due: Option<i64> = row.try_get(0).unwrap_or_default();
        Ok(due.map(|due| due - self.there(0)))
    }

    async fn sent(&self, claim: &Claim, now: i64) -> Result<bool> {
        write!(&self.pool, client => forward::sent(client, claim, now))
    }

    async fn finish(&self, claim: &Claim, ending: Ending, now: i64, next: i64) -> Result<bool> {
        let next = self.there(next);
        write!(&self.pool, client => forward::finish(client, claim, &ending, now, next))
    }

    async fn waiting(&self, tenant: &str, subject: &Subject) -> Result<Vec<Waiting>> {
        read!(&self.pool, client => keep::waiting(client, tenant, subject))
    }

    async fn withdraw(&self, tenant: &str, subject: &Subject, event_id: Option<&str>) -> Result<u64> {
        write!(&self.pool, client => erase::withdraw(client, tenant, subject, event_id))
    }

    async fn erase(&self, tenant: &str, subjects: &[Subject], now: i64) -> Result<Erased> {
        write!(&self.pool, client => erase::erase(client, tenant, subjects, now))
    }

    async fn removals(&self, tenant: &str, most: u32) -> Result<Vec<i64>> {
        read!(&self.pool, client => erase::removals(client, tenant, most))
    }

    async fn removed(&self, tenant: &str, omneo_ids: &[i64]) -> Result<()> {
        write!(&self.pool, client => erase::removed(client, tenant, omneo_ids))
    }

    async fn removals_left(&self, tenant: &str) -> Result<u64> {
        let select = "SELECT count(*) FROM removals WHERE tenant = $1";
        let row = read!(&self.pool, client => client.query_one(select, &[&tenant]))?;
        Ok(number(&row).unsigned_abs())
    }

    async fn dead(&self, tenant: Option<&str>, most: u32) -> Result<Vec<Dead>> {
        read!(&self.pool, client => keep::dead(client, tenant, most))
    }

    async fn replay(&self, tenant: &str, seq: Option<i64>, now: i64) -> Result<u64> {
        let due = self.there(now);
        let (mut all, mut after) = (0, i64::MIN);
        // In parts, each of which takes its time.
        loop {
            let (replayed, last) = write!(&self.pool, client => keep::replay(client, tenant, seq, after, now, due))?;
            all += replayed;
            match last {
                Some(last) => after = last,
                None => return Ok(all),
            }
        }
    }

    async fn doubt_all(&self) -> Result<u64> {
        // In rounds: all at once could take longer than any call may.
        let doubt = "UPDATE outbox SET sent_at = accepted
            WHERE seq IN (SELECT seq FROM outbox WHERE sent_at IS NULL ORDER BY seq LIMIT 5000)";
        let mut doubted = 0;
        loop {
            match write!(&self.pool, client => client.execute(doubt, &[]))? {
                0 => return Ok(doubted),
                some => doubted += some,
            }
        }
    }

    async fn expire(&self, before: i64, now: i64) -> Result<u64> {
        let now_there = self.there(now);
        write!(&self.pool, client => keep::expire(client, before, now, now_there))
    }

    async fn forget(&self, before: i64) -> Result<u64> {
        write!(&self.pool, client => keep::forget(client, before))
    }

    async fn hasten(&self, latest: i64) -> Result<u64> {
        self.compare_clocks().await?;
        let latest = self.there(latest);
        let hasten = "UPDATE customers SET due = $1 WHERE due > $1";
        write!(&self.pool, client => client.execute(hasten, &[&latest]))
    }

    async fn totals(&self, tenant: &str) -> Result<Totals> {
        read!(&self.pool, client => keep::totals(client, tenant))
    }

    async fn bytes(&self) -> Result<u64> {
        read!(&self.pool, client => keep::bytes(client))
    }

    async fn setting(&self, name: &str, made: &str) -> Result<String> {
        let select = "SELECT value FROM settings WHERE name = $1";
        if let Some(row) = read!(&self.pool, client => client.query_opt(select, &[&name]))? {
            return Ok(row.try_get(0).unwrap_or_default());
        }
        let insert = "INSERT INTO settings VALUES ($1, $2) ON CONFLICT DO NOTHING";
        write!(&self.pool, client => client.execute(insert, &[&name, &made]))?;
        let row = read!(&self.pool, client => client.query_one(select, &[&name]))?;
        Ok(row.try_get(0).unwrap_or_default())
    }

    async fn set(&self, name: &str, value: &str) -> Result<()> {
        let set = "INSERT INTO settings VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = excluded.value";
        write!(&self.pool, client => client.execute(set, &[&name, &value])).map(drop)
    }

    async fn ping(&self) -> Result<()> {
        read!(&self.pool, client => client.query_one("SELECT 1", &[])).map(drop)
    }
}

// The first column of a row that a statement of ours always has.
fn number(row: &Row) -> i64 {
    row.try_get(0).unwrap_or_default()
}
