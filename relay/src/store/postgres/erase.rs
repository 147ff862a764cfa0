//! What a customer takes back.

use super::customers::{leave, lock};
use super::keep::count;
use crate::store::Erased;
use crate::subject::Subject;
use deadpool_postgres::Client;
use std::collections::BTreeSet;
use tokio_postgres::Error;

/// Drops what browsers handed in and is not sent.
pub async fn withdraw(client: &Client, tenant: &str, subject: &Subject, event_id: Option<&str>) -> Result<u64, Error> {
    let subject = subject.as_str();
    lock(client, tenant, subject).await?;
    let own = "tenant = $1 AND subject = $2 AND source = 'browser' AND ($3::text IS NULL OR event_id = $3)";
    let delete = format!("DELETE FROM outbox WHERE {own} AND sent_at IS NULL");
    let dropped = client.execute(&delete, &[&tenant, &subject, &event_id]).await?;
    let change = format!("UPDATE outbox SET fate = 'withdraw' WHERE {own} AND fate = 'deliver'");
    client.execute(&change, &[&tenant, &subject, &event_id]).await?;
    count(client, tenant, "withdrawn", dropped as i64).await?;
    leave(client, tenant, subject).await?;
    Ok(dropped)
}

/// Erases a customer.
pub async fn erase(client: &Client, tenant: &str, subjects: &[Subject], now: i64) -> Result<Erased, Error> {
    let mut erased = Erased::default();
    for subject in &lock_all(client, tenant, subjects).await? {
        erase_one(client, tenant, subject, now, &mut erased).await?;
    }
    count(client, tenant, "erased", (erased.waiting + erased.dead) as i64).await?;
    count(client, tenant, "dead", -(erased.dead as i64)).await?;
    Ok(erased)
}

async fn erase_one(client: &Client, tenant: &str, subject: &str, now: i64, erased: &mut Erased) -> Result<(), Error> {
    let execute = async |sql: &str| client.execute(sql, &[&tenant, &subject]).await;
    erased.waiting += execute("DELETE FROM outbox WHERE tenant = $1 AND subject = $2 AND sent_at IS NULL").await?;
    // Its body is not needed any more; its id is, to look for it.
    erased.under_way +=
        execute("UPDATE outbox SET fate = 'erase', body = '{}' WHERE tenant = $1 AND subject = $2 AND fate <> 'erase'")
            .await?;
    erased.dead += execute("DELETE FROM dead WHERE tenant = $1 AND subject = $2").await?;
    let remove = "INSERT INTO removals SELECT tenant, omneo_id, $3 FROM seen
                  WHERE tenant = $1 AND subject = $2 AND omneo_id IS NOT NULL ON CONFLICT DO NOTHING";
    erased.at_omneo += client.execute(remove, &[&tenant, &subject, &now]).await?;
    erased.remembered += execute("DELETE FROM seen WHERE tenant = $1 AND subject = $2").await?;
    execute("DELETE FROM ties WHERE tenant = $1 AND subject = $2").await?;
    let note = "INSERT INTO erased VALUES ($1, $2, $3) ON CONFLICT (tenant, subject) DO UPDATE SET at = excluded.at";
    client.execute(note, &[&tenant, &subject, &now]).await?;
    leave(client, tenant, subject).await
}

// Under all names, each locked. What Omneo tied to them until the locks were given belongs to it too.
async fn lock_all(client: &Client, tenant: &str, subjects: &[Subject]) -> Result<BTreeSet<String>, Error> {
    let mut all = tied(client, tenant, subjects).await?;
    loop {
        for subject in &all {
            lock(client, tenant, subject).await?;
        }
        let again = tied(client, tenant, subjects).await?;
        if again.is_subset(&all) {
            return Ok(all);
        }
        all.extend(again);
    }
}

// A customer under all the names that Omneo is known to have tied to one profile.
async fn tied(client: &Client, tenant: &str, subjects: &[Subject]) -> Result<BTreeSet<String>, Error> {
    let own: Vec<&str> = subjects.iter().map(Subject::as_str).collect();
    let profiles = "SELECT profile FROM ties WHERE tenant = $1 AND subject = ANY ($2)";
    let mut all: BTreeSet<String> = own.iter().map(|&subject| subject.to_owned()).collect();
    for row in client.query(profiles, &[&tenant, &own]).await? {
        all.insert(row.try_get(0)?);
    }
    let known: Vec<String> = all.iter().cloned().collect();
    let others = "SELECT subject FROM ties WHERE tenant = $1 AND profile = ANY ($2)";
    for row in client.query(others, &[&tenant, &known]).await? {
        all.insert(row.try_get(0)?);
    }
    Ok(all)
}

/// What is still to be deleted at Omneo.
pub async fn removals(client: &Client, tenant: &str, most: u32) -> Result<Vec<i64>, Error> {
    let select = "SELECT omneo_id FROM removals WHERE tenant = $1 ORDER BY at LIMIT $2";
    client.query(select, &[&tenant, &i64::from(most)]).await?.iter().map(|row| row.try_get(0)).collect()
}

/// What is deleted there.
pub async fn removed(client: &Client, tenant: &str, omneo_ids: &[i64]) -> Result<(), Error> {
    let delete = "DELETE FROM removals WHERE tenant = $1 AND omneo_id = ANY ($2)";
    client.execute(delete, &[&tenant, &omneo_ids]).await.map(drop)
}
