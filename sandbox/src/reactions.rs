//! The tenant's reactions: what is done at once when something happened.

use crate::condition;
use crate::store::Record;
use crate::store::awards::{self, Award};
use crate::tenant;
use rusqlite::Connection;
use serde::Deserialize;
use serde_json::Value;
use std::sync::LazyLock;

/// A reaction, as `seed/tenant.json` has it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Reaction {
    handle: String,
    /// What a customer is told that it was for.
    name: String,
    /// The event that sets it off.
    trigger: String,
    /// JSON Logic: only events of which it says `true`.
    condition: Value,
    once_a: Period,
    actions: Vec<Action>,
}

/// How often a customer's events set it off: the first of each.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Period {
    Month,
}

/// What is done, by Omneo's name for it.
#[derive(Debug, Deserialize)]
#[serde(tag = "name", deny_unknown_fields)]
enum Action {
    #[serde(rename = "points.award")]
    PointsAward { points: i64 },
}

/// Does what the reactions to that event do.
///
/// # Errors
/// Only what the database says.
pub fn react(connection: &Connection, trigger: &str, record: &Record, context: &Value) -> rusqlite::Result<()> {
    let set_off = REACTIONS.iter().filter(|one| one.trigger == trigger && condition::holds(&one.condition, context));
    for Reaction { handle, name, once_a, actions, .. } in set_off {
        for Action::PointsAward { points } in actions {
            let award = Award {
                name: name.clone(),
                period: once_a.of(&record.created_at).to_owned(),
                points: *points,
                interaction_id: record.id,
            };
            awards::add(connection, &record.profile.id, handle, &award)?;
        }
    }
    Ok(())
}

impl Period {
    /// The period in which it was written, in UTC: when it happened, a page can say as it likes.
    fn of<'a>(&self, created_at: &'a str) -> &'a str {
        match self {
            Period::Month => created_at.get(..7).unwrap_or(created_at),
        }
    }
}

static REACTIONS: LazyLock<Vec<Reaction>> =
    LazyLock::new(|| serde_json::from_value(tenant::reactions()).expect("the seed is part of this program"));

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_seed_s_reactions_can_be_read_and_have_rules() {
        assert!(REACTIONS.iter().all(|reaction| condition::check(&reaction.condition).is_ok()));
        assert_eq!(REACTIONS.len(), 1);
    }

    #[test]
    fn a_month_ends_at_midnight_in_utc() {
        let months = ["2026-11-30 23:59:59", "2026-12-01 00:00:00"].map(|time| Period::Month.of(time));
        assert_eq!(months, ["2026-11", "2026-12"]);
    }
}
