//! What is kept of an allowed record: keys of `meta`, and fields of a form, one by one.

use super::field::{FormField, refusal};
use super::rule::{NamedField, Rule};
use super::words::Words;
use super::{EVENT_ID, Kind, Policy, Verdict, scrub};
use crate::interaction::{Interaction, Map, Value};

/// A record, and what was left out of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Kept {
    /// The record as it is kept.
    pub record: Interaction,
    /// Each key of `meta` and each named field of the form that was left out.
    pub dropped: Vec<Dropped>,
}

/// What was left out of a record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dropped {
    /// `meta.` and the key, or `fields.` and the name.
    pub field: Box<str>,
    /// Why, in one plain sentence.
    pub reason: Box<str>,
}

impl Policy {
    /// What is kept of an allowed record: of its `meta` the keys that the rule names, where it names any, and always its
    /// `event_id`; of the fields of a form those that the rule names and whose value was read, in `meta.fields`.
    pub fn kept(&self, kind: Kind, mut record: Interaction, fields: &[FormField]) -> Kept {
        let mut dropped = Vec::new();
        if let Some(rule) = self.rule(kind, &record) {
            let mut meta = kept_keys(rule, record.meta.take().unwrap_or_default(), &mut dropped);
            let values = kept_values(rule, fields, &self.words, &mut dropped);
            if !values.is_empty() {
                meta.set("fields", values);
            }
            record.meta = Some(meta).filter(|meta| !meta.is_empty() || !dropped.is_empty());
        }
        Kept { record, dropped }
    }

    /// What may be kept of a record that a tracker with this policy has made: for a relay, which trusts no page. The rules are those of
    /// [`Policy::scrubbed`], [`Policy::verdict`] and [`Policy::kept`]; of a form's values, those stay that the rule names. What only
    /// the page knew cannot be judged again: which type a field had, and for what the visitor agreed.
    ///
    /// # Errors
    /// What the allowlist says of a record that it does not have.
    pub fn readmit(&self, kind: Kind, record: Interaction) -> Result<Interaction, Verdict> {
        let record = self.scrubbed(record);
        if !kind.makes(record.action) {
            let reason = ["A record of kind ", kind.as_str(), " has no action ", record.action.as_str(), "."].concat();
            return Err(Verdict::refused("other-kind", &reason));
        }
        let verdict = self.verdict(kind, &record);
        if !verdict.allowed {
            return Err(verdict);
        }
        let values = record.meta("fields").and_then(Value::map).cloned().unwrap_or_default();
        let rule = self.rule(kind, &record);
        let is_named = |name: &str| rule.is_some_and(|rule| rule.fields.iter().any(|named| *named.name == *name));
        let values: Map = values.into_iter().filter(|(name, _)| is_named(name)).collect();
        let mut record = self.kept(kind, record, &[]).record;
        if kind == Kind::FormSubmission {
            let others = record.meta.take().unwrap_or_default().into_iter().filter(|(key, _)| &**key != "fields");
            let mut meta: Map = others.collect();
            if !values.is_empty() {
                meta.set("fields", values);
            }
            record.meta = Some(meta).filter(|meta| !meta.is_empty());
        }
        Ok(record)
    }

    /// The places of the fields whose value is to be read: those that are kept. The value of no other field ever is.
    pub fn fields_to_read(&self, kind: Kind, record: &Interaction, fields: &[FormField]) -> Vec<usize> {
        let named: &[NamedField] = self.rule(kind, record).map_or(&[], |rule| &rule.fields);
        let is_kept = |field: &FormField| {
            named.iter().any(|named| named.is(field) && refusal(field, named.said, &self.words).is_none())
        };
        fields.iter().enumerate().filter(|(_, field)| is_kept(field)).map(|(place, _)| place).collect()
    }
}

fn kept_keys(rule: &Rule, meta: Map, dropped: &mut Vec<Dropped>) -> Map {
    let mut kept = Map::new();
    for (key, value) in meta {
        let is_named = rule.meta.as_ref().is_none_or(|keys| keys.contains(&key));
        if is_named || *key == *EVENT_ID {
            kept.push(key, value);
        } else {
            dropped
                .push(Dropped { field: ["meta.", &key].concat().into(), reason: "The rule does not name it.".into() });
        }
    }
    kept
}

fn kept_values(rule: &Rule, fields: &[FormField], words: &Words, dropped: &mut Vec<Dropped>) -> Map {
    let mut kept = Map::new();
    for named in &rule.fields {
        let mut drop =
            |reason: Box<str>| dropped.push(Dropped { field: ["fields.", &named.name].concat().into(), reason });
        let mut values = Vec::new();
        for field in fields.iter().filter(|field| named.is(field)) {
            match (refusal(field, named.said, words), &field.value) {
                (Some(reason), _) => drop(reason),
                (None, Some(value)) => values.push(scrub(value)),
                (None, None) => {}
            }
        }
        values.retain(|value| !value.is_empty());
        let value = values.join(", ");
        if value.len() > MAX_VALUE {
            drop("It is longer than 255 bytes.".into());
        } else if !value.is_empty() {
            kept.set(&named.name, value);
        }
    }
    kept
}

impl NamedField {
    /// Whether the field has that name, or that id and no name.
    fn is(&self, field: &FormField) -> bool {
        *self.name == *field.name_or_id()
    }
}

/// The longest value of a field, in bytes.
const MAX_VALUE: usize = 255;
