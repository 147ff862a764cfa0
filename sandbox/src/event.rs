//! What a new interaction sets off.

use crate::condition;
use crate::reactions;
use crate::store::{Delivery, Record, Webhook, awards};
use crate::subscription::INTERACTION_CREATED;
use rusqlite::Connection;
use serde_json::{Value, json};

/// `interaction.created`: reactions answer it at once, and a delivery waits for each webhook that wants it. `caller` is the
/// namespace of the integration whose token brought the record.
///
/// # Errors
/// Only what the database says.
pub fn interaction_created(connection: &Connection, record: &Record, caller: Option<&str>) -> rusqlite::Result<()> {
    let context = context(record, awards::balance(connection, &record.profile.id)?);
    for webhook in Webhook::all(connection)? {
        if wants(&webhook, &context, caller) {
            Delivery::put(connection, &webhook, record.id, &context)?;
        }
    }
    reactions::react(connection, INTERACTION_CREATED, record, &context)
}

/// The event's context. Omneo shows that of a transaction: its members, `profile_id`, and the profile. This one is made likewise.
fn context(record: &Record, point_balance: i64) -> Value {
    let mut context = record.show();
    context["profile_id"] = json!(record.profile.id);
    context["profile"]["point_balance"] = json!(point_balance);
    context
}

fn wants(webhook: &Webhook, context: &Value, caller: Option<&str>) -> bool {
    let subscription = &webhook.subscription;
    subscription.trigger == INTERACTION_CREATED
        && caller != Some(subscription.namespace.as_str())
        && subscription.condition.as_ref().is_none_or(|rule| condition::holds(rule, context))
}
