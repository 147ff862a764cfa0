//! One step with one record.

use super::{LEASE, MARGIN};
use crate::clock;
use crate::flow::Health;
use crate::omneo::{Answer, Found};
use crate::store::{Claim, DeadReason, Ending, Fate, Store};
use crate::tenant::Tenant;
use std::sync::atomic::Ordering;
use std::time::Duration;
use tokio::time::Instant;

/// Looks for the record where it may be at Omneo already, sends it where it is not, and says so in the store.
pub async fn step(tenant: &Tenant, store: &dyn Store, claim: Claim, claimed_at: Instant, age_ms: i64) {
    let (ending, wait) = match act(tenant, store, &claim, claimed_at, age_ms).await {
        Some(end) => end,
        // The claim is lost: whoever has it now ends it.
        None => return,
    };
    let outcome = outcome(&ending);
    let now = clock::now();
    match store.finish(&claim, ending, now, now + wait.as_millis() as i64).await {
        Ok(true) => {
            if let Some(outcome) = outcome {
                let tenant = tenant.name.to_string();
                metrics::counter!("omneo_relay_records_total", "tenant" => tenant, "outcome" => outcome).increment(1);
            }
        }
        Ok(false) => tracing::info!(tenant = %tenant.name, seq = claim.seq, "a claim was lost before its end"),
        // The claim ends by itself; what was sent is marked, and looked for.
        Err(error) => tracing::warn!(tenant = %tenant.name, seq = claim.seq, %error, "an outcome was not kept"),
    }
}

async fn act(
    tenant: &Tenant,
    store: &dyn Store,
    claim: &Claim,
    claimed_at: Instant,
    age_ms: i64,
) -> Option<(Ending, Duration)> {
    if let Some(since) = claim.sent_at {
        let unconfirmed = tenant.flow.unconfirmed;
        let left = since + unconfirmed.as_millis() as i64 - clock::now();
        if left > 0 {
            let wait = Duration::from_millis(left as u64).min(unconfirmed);
            return Some((Ending::Later { is_absent: false, has_failed: false }, wait));
        }
        match look(tenant, claim, since).await {
            Look::Found(found) => return Some(found_end(claim, found)),
            Look::Absent if claim.fate != Fate::Deliver => return Some((Ending::Dropped, NOW)),
            Look::Absent => tenant.flow.pace.turn().await,
            Look::Failed(end) => return Some(end),
        }
    } else if claim.fate != Fate::Deliver {
        return Some((Ending::Dropped, NOW));
    }
    if clock::now() - claim.accepted > age_ms {
        return Some((dead(DeadReason::TooOld, 0, ""), NOW));
    }
    match store.sent(claim, clock::now()).await {
        Ok(true) => {}
        Ok(false) => return Some((Ending::Dropped, NOW)),
        Err(error) => {
            tracing::warn!(tenant = %tenant.name, seq = claim.seq, %error, "a record is not sent, as this could not be noted");
            return None;
        }
    }
    // By the clock that nobody sets. What was noted and is not sent is looked for later.
    if claimed_at.elapsed() + MARGIN > LEASE {
        return None;
    }
    let answer = tenant.omneo.create(claim).await;
    note_health(tenant, &answer);
    Some(end(tenant, claim, answer))
}

enum Look {
    Found(Found),
    Absent,
    Failed((Ending, Duration)),
}

async fn look(tenant: &Tenant, claim: &Claim, since: i64) -> Look {
    let profile = claim.subject.as_profile().or(claim.profile.as_deref());
    let found = tenant.omneo.find(profile, &claim.event_id, since).await;
    let note = |result: &'static str| {
        let tenant = tenant.name.to_string();
        metrics::counter!("omneo_relay_unconfirmed_total", "tenant" => tenant, "result" => result).increment(1);
    };
    match found {
        Ok(Some(found)) => {
            note("found");
            tenant.flow.breaker.note(Health::Good);
            Look::Found(found)
        }
        Ok(None) => {
            note("absent");
            tenant.flow.breaker.note(Health::Good);
            Look::Absent
        }
        Err(answer) => {
            note_health(tenant, &answer);
            Look::Failed(match answer {
                // A second copy can set off a second reward; whether this would be one, nobody can tell.
                Answer::Status {
                    status: status @ (400 | 404..=407 | 409..=424 | 426..=428 | 431..=499),
                    detail,
                    ..
                } => (dead(DeadReason::Unconfirmed, status, &detail), NOW),
                other => (Ending::Later { is_absent: false, has_failed: false }, wait_after(tenant, claim, &other)),
            })
        }
    }
}

fn found_end(claim: &Claim, found: Found) -> (Ending, Duration) {
    let Found { id, profile } = found;
    match claim.fate {
        Fate::Erase => (Ending::Erased { omneo_id: id }, NOW),
        _ => (Ending::Delivered { omneo_id: id, profile: tied(claim, profile) }, NOW),
    }
}

fn end(tenant: &Tenant, claim: &Claim, answer: Answer) -> (Ending, Duration) {
    let wait = wait_after(tenant, claim, &answer);
    match answer {
        Answer::Has(Found { id, profile }) => {
            tenant.flow.succeeded();
            (Ending::Delivered { omneo_id: id, profile: tied(claim, profile) }, NOW)
        }
        Answer::None { is_unsent } => (Ending::Later { is_absent: is_unsent, has_failed: false }, wait),
        Answer::Status { status, detail, .. } => match status {
            401 | 403 | 425 | 429 => (Ending::Later { is_absent: true, has_failed: false }, wait),
            404 => (dead(DeadReason::UnknownCustomer, status, &detail), NOW),
            408 | 300..=399 | 500..=599 => {
                let has_failed = status >= 500;
                if has_failed && claim.failures + 1 >= MOST_FAILURES && tenant.flow.others_get_through() {
                    (dead(DeadReason::Poison, status, &detail), NOW)
                } else {
                    (Ending::Later { is_absent: false, has_failed }, wait)
                }
            }
            _ => (dead(DeadReason::Rejected, status, &detail), NOW),
        },
    }
}

// Where a record is unconfirmed, until it is looked for; else a random share of a time that doubles with each failure, so that those who
// failed together do not come back together ("full jitter").
fn wait_after(tenant: &Tenant, claim: &Claim, answer: &Answer) -> Duration {
    let most = FIRST * 2_u32.saturating_pow(claim.failures.min(16));
    let jitter = most.min(LONGEST).mul_f64(random());
    match answer {
        Answer::Status { status: 401 | 403, .. } => {
            if !tenant.flow.is_refused.swap(true, Ordering::Relaxed) {
                tracing::error!(tenant = %tenant.name, "Omneo refuses our token: its records wait until it takes one again");
            }
            FIRST
        }
        Answer::Status { status: 429, retry_after, .. } => {
            tenant.flow.pace.slow_down(*retry_after);
            retry_after.unwrap_or(jitter)
        }
        Answer::Status { status: 425, retry_after, .. } => retry_after.unwrap_or(jitter),
        Answer::Status { retry_after, .. } => {
            tenant.flow.unconfirmed.max(retry_after.unwrap_or_default()) + jitter / 10
        }
        Answer::None { is_unsent: true } => NO_CONNECTION.mul_f64(random()),
        Answer::None { .. } => tenant.flow.unconfirmed + jitter / 10,
        Answer::Has(_) => NOW,
    }
}

fn note_health(tenant: &Tenant, answer: &Answer) {
    let health = match answer {
        Answer::None { .. } => Health::Silent,
        Answer::Status { status: 500.. | 300..=399, .. } => Health::Failing,
        _ => Health::Good,
    };
    tenant.flow.breaker.note(health);
    let is_refused = matches!(answer, Answer::Status { status: 401 | 403, .. });
    if health == Health::Good && !is_refused && tenant.flow.is_refused.swap(false, Ordering::Relaxed) {
        tracing::info!(tenant = %tenant.name, "Omneo takes our token again");
    }
}

// Of a record that went to a profile there is nothing to tie.
fn tied(claim: &Claim, profile: Option<Box<str>>) -> Option<Box<str>> {
    let profile = profile.filter(|_| claim.subject.as_profile().is_none())?;
    crate::subject::Subject::profile(&profile).map(|subject| subject.as_str().into())
}

fn dead(reason: DeadReason, status: u16, detail: &str) -> Ending {
    Ending::Dead { reason, status, detail: detail.into() }
}

fn outcome(ending: &Ending) -> Option<&'static str> {
    match ending {
        Ending::Delivered { .. } => Some("delivered"),
        Ending::Dead { .. } => Some("dead"),
        Ending::Erased { .. } => Some("erased"),
        Ending::Dropped => Some("withdrawn"),
        Ending::Later { .. } => None,
    }
}

// From 0 to 1.
fn random() -> f64 {
    let mut bytes = [0; 4];
    getrandom::fill(&mut bytes).expect("the operating system has randomness");
    f64::from(u32::from_le_bytes(bytes)) / f64::from(u32::MAX)
}

/// How long at most until another try where there was no connection; the breaker spares Omneo the rest.
const NO_CONNECTION: Duration = Duration::from_secs(10);
const FIRST: Duration = Duration::from_secs(1);
const LONGEST: Duration = Duration::from_secs(300);
const NOW: Duration = Duration::ZERO;
const MOST_FAILURES: u32 = 10;
