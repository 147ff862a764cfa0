//! A record that has come, on its way into the database.

use crate::answers::Failure;
use crate::app::App;
use crate::event::interaction_created;
use crate::store::Record;
use crate::store::ledger::{Fate, note};
use omneo_interactions::interaction::{Interaction, Invalid, Value};
use rusqlite::TransactionBehavior;

/// A record as it came, checked.
pub struct Arrival {
    /// Which event it tells of, also where it is no interaction.
    pub event_id: Option<String>,
    interaction: Result<Interaction, Vec<Invalid>>,
}

impl From<Value> for Arrival {
    fn from(record: Value) -> Arrival {
        let event_id = record.get("meta").and_then(|meta| meta.get("event_id")).and_then(Value::text);
        Arrival { event_id: event_id.map(str::to_owned), interaction: Interaction::try_from(record) }
    }
}

impl Arrival {
    /// # Errors
    /// 422 that names its mistakes.
    pub fn check(&self) -> Result<(), Failure> {
        self.interaction.as_ref().map(drop).map_err(|invalid| invalid.clone().into())
    }

    /// Keeps the record for that profile, and notes in the ledger what became of it. `caller` is the namespace of the integration
    /// that brings it. Returns it as it is shown, and whether it is new.
    ///
    /// # Errors
    /// 422 that names its mistakes.
    pub fn keep(self, app: &App, profile: &str, caller: Option<&str>) -> Result<(serde_json::Value, bool), Failure> {
        let mut connection = app.store.connection();
        // A writer from its beginning: what is read must still be so when the record is written.
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let event_id = self.event_id;
        let noted = |fate| event_id.as_deref().map_or(Ok(()), |id| note(&transaction, id, profile, fate));
        let interaction = match self.interaction {
            Ok(interaction) => interaction,
            Err(invalid) => {
                noted(Fate::Refused)?;
                transaction.commit()?;
                return Err(invalid.into());
            }
        };
        let (record, fate) = Record::create(&transaction, profile, &interaction, app.copies)?;
        noted(fate)?;
        // In one transaction, so that there is neither an event without its record, nor a record whose event is lost.
        if fate.is_written() {
            interaction_created(&transaction, &record, caller)?;
        }
        transaction.commit()?;
        let shown = record.show();
        if fate.is_written() {
            app.announce(profile, shown.clone());
            app.outbox.notify_one();
        }
        Ok((shown, fate.is_written()))
    }
}
