//! PostgreSQL: several relays on one database.

use super::{Accepted, Arrival, Claim, Dead, Ending, Erased, Result, Store, Totals, Waiting};
use crate::subject::Subject;
use async_trait::async_trait;

/// The database.
pub struct Postgres {}

impl Postgres {
    /// Connects, and makes the tables where there are none.
    ///
    /// # Errors
    /// One sentence that names the setting.
    pub async fn open(_address: &str, _password: Option<&str>) -> std::result::Result<Postgres, String> {
        Err("`database` is PostgreSQL's; not yet".into())
    }
}

#[async_trait]
impl Store for Postgres {
    async fn accept(&self, _: Vec<Arrival>, _: i64) -> Result<Vec<Accepted>> {
        todo!()
    }
    async fn claim(&self, _: &str, _: i64, _: i64) -> Result<Option<Claim>> {
        todo!()
    }
    async fn next_due(&self, _: &str) -> Result<Option<i64>> {
        todo!()
    }
    async fn sent(&self, _: &Claim, _: i64) -> Result<bool> {
        todo!()
    }
    async fn finish(&self, _: &Claim, _: Ending, _: i64, _: i64) -> Result<bool> {
        todo!()
    }
    async fn waiting(&self, _: &str, _: &Subject) -> Result<Vec<Waiting>> {
        todo!()
    }
    async fn withdraw(&self, _: &str, _: &Subject, _: Option<&str>, _: i64) -> Result<u64> {
        todo!()
    }
    async fn erase(&self, _: &str, _: &[Subject], _: i64) -> Result<Erased> {
        todo!()
    }
    async fn removals(&self, _: &str, _: u32) -> Result<Vec<i64>> {
        todo!()
    }
    async fn add_removals(&self, _: &str, _: &[i64], _: i64) -> Result<()> {
        todo!()
    }
    async fn removed(&self, _: &str, _: &[i64]) -> Result<()> {
        todo!()
    }
    async fn removals_left(&self, _: &str) -> Result<u64> {
        todo!()
    }
    async fn dead(&self, _: Option<&str>, _: u32) -> Result<Vec<Dead>> {
        todo!()
    }
    async fn replay(&self, _: &str, _: Option<i64>, _: i64) -> Result<u64> {
        todo!()
    }
    async fn expire(&self, _: i64, _: i64) -> Result<u64> {
        todo!()
    }
    async fn forget(&self, _: i64) -> Result<u64> {
        todo!()
    }
    async fn hasten(&self, _: i64) -> Result<u64> {
        todo!()
    }
    async fn totals(&self, _: &str) -> Result<Totals> {
        todo!()
    }
    async fn bytes(&self) -> Result<u64> {
        todo!()
    }
    async fn setting(&self, _: &str, _: &str) -> Result<String> {
        todo!()
    }
    async fn set(&self, _: &str, _: &str) -> Result<()> {
        todo!()
    }
    async fn ping(&self) -> Result<()> {
        todo!()
    }
}
