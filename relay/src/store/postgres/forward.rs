//! Claims, and how they end.

use super::customers::{leave, lock};
use super::erase::erase;
use super::keep::{bury, count};
use crate::store::{Claim, Ending, Fate};
use crate::subject::Subject;
use deadpool_postgres::Client;
use tokio_postgres::Error;

/// Claims whoever is due first, and nobody else has.
pub async fn claim(client: &Client, tenant: &str, now: i64, until: i64) -> Result<Option<Claim>, Error> {
    let number = random();
    let take_turn = client.prepare_cached(TAKE_TURN).await?;
    while let Some(row) = client.query_opt(&take_turn, &[&number, &until, &tenant, &now]).await? {
        let subject: String = row.try_get(0)?;
        if let Some(claim) = first(client, tenant, &subject, number).await? {
            return Ok(Some(claim));
        }
        // Whatever waited was withdrawn, erased or given up.
        leave(client, tenant, &subject).await?;
    }
    Ok(None)
}

async fn first(client: &Client, tenant: &str, subject: &str, number: i64) -> Result<Option<Claim>, Error> {
    let look = client.prepare_cached(FIRST).await?;
    let Some(row) = client.query_opt(&look, &[&tenant, &subject]).await? else { return Ok(None) };
    let failures: i32 = row.try_get(6)?;
    let profile: Option<String> = row.try_get(8)?;
    Ok(Some(Claim {
        number,
        tenant: tenant.into(),
        subject: Subject::from_kept(subject),
        seq: row.try_get(0)?,
        event_id: row.try_get::<_, String>(1)?.into(),
        identification: row.try_get(2)?,
        body: row.try_get(3)?,
        accepted: row.try_get(4)?,
        sent_at: row.try_get(5)?,
        failures: failures.unsigned_abs(),
        fate: Fate::from_kept(row.try_get(7)?),
        profile: profile.map(Into::into),
    }))
}

/// Notes that the record is about to be sent.
pub async fn sent(client: &Client, claim: &Claim, now: i64) -> Result<bool, Error> {
    if !holds(client, claim).await? {
        return Ok(false);
    }
    let mark = "UPDATE outbox SET sent_at = $1 WHERE seq = $2 AND fate = 'deliver'";
    let mark = client.prepare_cached(mark).await?;
    Ok(client.execute(&mark, &[&now, &claim.seq]).await? > 0)
}

/// Ends the claim.
pub async fn finish(client: &Client, claim: &Claim, ending: &Ending, now: i64, next: i64) -> Result<bool, Error> {
    if !holds(client, claim).await? {
        return Ok(false);
    }
    // The record's fate may have changed since it was claimed.
    let look = client.prepare_cached("SELECT fate FROM outbox WHERE seq = $1 FOR UPDATE").await?;
    let Some(row) = client.query_opt(&look, &[&claim.seq]).await? else { return Ok(false) };
    let (tenant, subject) = (&*claim.tenant, claim.subject.as_str());
    let fate = if is_of_erased(client, tenant, ending).await? {
        erase(client, tenant, std::slice::from_ref(&claim.subject), now).await?;
        Fate::Erase
    } else {
        Fate::from_kept(row.try_get(0)?)
    };
    end(client, claim, ending, fate, now).await?;
    let release = "UPDATE customers SET due = $1, claim = 0 WHERE tenant = $2 AND subject = $3";
    let release = client.prepare_cached(release).await?;
    client.execute(&release, &[&next, &tenant, &subject]).await?;
    leave(client, tenant, subject).await?;
    Ok(true)
}

// Whose an identifier is, Omneo's answer tells: it may be somebody who was erased meanwhile.
async fn is_of_erased(client: &Client, tenant: &str, ending: &Ending) -> Result<bool, Error> {
    let Ending::Delivered { profile: Some(profile), .. } = ending else { return Ok(false) };
    let profile = &**profile;
    lock(client, tenant, profile).await?;
    let look = client.prepare_cached("SELECT 1 FROM erased WHERE tenant = $1 AND subject = $2").await?;
    let is_erased = client.query_opt(&look, &[&tenant, &profile]).await?.is_some();
    leave(client, tenant, profile).await?;
    Ok(is_erased)
}

async fn end(client: &Client, claim: &Claim, ending: &Ending, fate: Fate, now: i64) -> Result<(), Error> {
    match (ending, fate) {
        (Ending::Later { is_absent: false, has_failed }, _) | (Ending::Later { has_failed, .. }, Fate::Deliver) => {
            let is_absent = matches!(ending, Ending::Later { is_absent: true, .. });
            // Where the clock was set back, it was sent in its future: that would be waited for. PostgreSQL's `least` is never NULL.
            let wait = "UPDATE outbox SET failures = failures + $1,
                        sent_at = CASE WHEN $2 OR sent_at IS NULL THEN NULL ELSE least(sent_at, $4) END WHERE seq = $3";
            let wait = client.prepare_cached(wait).await?;
            client.execute(&wait, &[&i32::from(*has_failed), &is_absent, &claim.seq, &now]).await.map(drop)
        }
        (Ending::Dead { reason, status, detail }, Fate::Deliver) => {
            bury(client, claim.seq, reason.as_str(), *status, detail, now).await
        }
        // It is not sent again, so there is nobody to keep it for.
        (Ending::Later { .. } | Ending::Dropped | Ending::Dead { .. }, fate) => {
            take(client, claim, if fate == Fate::Erase { "erased" } else { "withdrawn" }).await
        }
        (Ending::Delivered { omneo_id, .. } | Ending::Erased { omneo_id }, Fate::Erase) => {
            if let Some(id) = omneo_id {
                let remove = "INSERT INTO removals VALUES ($1, $2, $3) ON CONFLICT DO NOTHING";
                client.execute(remove, &[&&*claim.tenant, id, &now]).await?;
            }
            take(client, claim, "erased").await
        }
        (Ending::Delivered { omneo_id, .. } | Ending::Erased { omneo_id }, _) => {
            remember(client, claim, *omneo_id).await?;
            if let Ending::Delivered { profile: Some(profile), .. } = ending {
                tie(client, claim, profile).await?;
            }
            take(client, claim, "delivered").await
        }
    }
}

// Whether the claim is still good: and if so, it stays so until the transaction ends.
async fn holds(client: &Client, claim: &Claim) -> Result<bool, Error> {
    let look = "SELECT claim FROM customers WHERE tenant = $1 AND subject = $2 FOR UPDATE";
    let look = client.prepare_cached(look).await?;
    let row = client.query_opt(&look, &[&&*claim.tenant, &claim.subject.as_str()]).await?;
    row.map_or(Ok(false), |row| Ok(row.try_get::<_, i64>(0)? == claim.number))
}

async fn remember(client: &Client, claim: &Claim, omneo_id: Option<i64>) -> Result<(), Error> {
    let remember = "UPDATE seen SET omneo_id = $1 WHERE tenant = $2 AND subject = $3 AND event_id = $4";
    let remember = client.prepare_cached(remember).await?;
    let key = (&*claim.tenant, claim.subject.as_str(), &*claim.event_id);
    client.execute(&remember, &[&omneo_id, &key.0, &key.1, &key.2]).await.map(drop)
}

async fn tie(client: &Client, claim: &Claim, profile: &str) -> Result<(), Error> {
    let tie = "INSERT INTO ties VALUES ($1, $2, $3)
               ON CONFLICT (tenant, subject) DO UPDATE SET profile = excluded.profile";
    client.execute(tie, &[&&*claim.tenant, &claim.subject.as_str(), &profile]).await.map(drop)
}

async fn take(client: &Client, claim: &Claim, outcome: &str) -> Result<(), Error> {
    let delete = client.prepare_cached("DELETE FROM outbox WHERE seq = $1").await?;
    let taken = client.execute(&delete, &[&claim.seq]).await?;
    count(client, &claim.tenant, outcome, taken as i64).await
}

// Never 0, which stands for none.
fn random() -> i64 {
    let mut bytes = [0; 8];
    getrandom::fill(&mut bytes).expect("the operating system has randomness");
    i64::from_le_bytes(bytes) | 1
}

// Chosen once, before anything is changed: within the condition, PostgreSQL may choose again for each row.
const TAKE_TURN: &str = "
WITH next AS MATERIALIZED (
    SELECT tenant, subject FROM customers WHERE tenant = $3 AND due <= $4 ORDER BY due LIMIT 1 FOR UPDATE SKIP LOCKED
)
UPDATE customers SET claim = $1, due = $2 FROM next
WHERE customers.tenant = next.tenant AND customers.subject = next.subject
RETURNING customers.subject";

const FIRST: &str = "
SELECT seq, event_id, identification, body, accepted, sent_at, failures, fate,
    (SELECT profile FROM ties WHERE ties.tenant = outbox.tenant AND ties.subject = outbox.subject)
FROM outbox WHERE tenant = $1 AND subject = $2 ORDER BY seq LIMIT 1";
