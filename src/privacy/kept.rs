//! What is kept of an allowed record: keys of `meta`, and fields of a form, one by one.

use super::field::refusal;
use super::{EVENT_ID, Policy, scrub};
use crate::interaction::{Interaction, Invalid};
use crate::json::{Json, Object, digits, quoted};
use crate::text::{joined, text_of};

/// A record, and what was left out of it.
pub struct Kept {
    /// The record as it is kept.
    pub record: Interaction,
    /// `{"field", "reason"}` of each key of `meta` and each named field of the form that was left out; empty, or an array.
    pub dropped: Box<str>,
    /// The places of the fields that are kept and whose value is still to be read; empty, or an array.
    pub readable: Box<str>,
}

impl Policy {
    /// What is kept of an allowed record: of its `meta` the keys that the rule names, where it names any, and always its
    /// `event_id`; of the fields of a form those that the rule names, in `meta.fields`.
    ///
    /// A field is `[name, id, label, type, autocomplete]`, with its value behind once that was read.
    pub fn kept(&self, kind: &str, record: Interaction, fields: Json<'_>) -> Kept {
        let mut kept = Kept { record, dropped: Box::default(), readable: Box::default() };
        let (mut dropped, mut readable) = (String::new(), String::new());
        let Some(rule) = self.rule(kind, &kept.record) else { return kept };
        let keys = rule.field("meta");
        let (mut meta, mut values) = (Object::new(), Object::new());
        for (key, value) in kept.record.field("meta").unwrap_or(Json::EMPTY_LIST).members() {
            let key = text_of(key);
            if *key == *EVENT_ID || keys.is_none_or(|keys| keys.items().any(|named| named.is(&key))) {
                meta.put(&key, value.as_str());
            } else {
                drop(&mut dropped, "meta.", &key, "The rule does not name it.");
            }
        }
        for named in rule.field("fields").unwrap_or(Json::EMPTY_LIST).items() {
            let (name, personal) = read(named);
            let mut joined = String::new();
            for (at, field) in fields.items().enumerate() {
                if !is_called(field, &name) {
                } else if let Some(reason) = refusal(field, personal) {
                    drop(&mut dropped, "fields.", &name, reason);
                } else if let Some(value) = item(field, 5) {
                    let value = scrub(&text_of(value));
                    joined.push_str(if joined.is_empty() || value.is_empty() { "" } else { ", " });
                    joined.push_str(&value);
                } else {
                    list(&mut readable, &digits(at as u64));
                }
            }
            if joined.len() > MAX_VALUE {
                drop(&mut dropped, "fields.", &name, "It is longer than 255 bytes.");
            } else if !joined.is_empty() {
                values.put_text(&name, &joined);
            }
        }
        if !values.is_empty() {
            meta.put("fields", &values.finish());
        }
        if !meta.is_empty() || !dropped.is_empty() {
            kept.record = kept.record.with("meta", meta.finish());
        }
        for (own, mut array) in [(&mut kept.dropped, dropped), (&mut kept.readable, readable)] {
            if !array.is_empty() {
                array.push(']');
                *own = array.into();
            }
        }
        kept
    }
}

fn drop(dropped: &mut String, path: &str, name: &str, reason: &str) {
    let mut one = Object::new();
    one.put_text("field", &joined(&[path, name]));
    one.put_text("reason", reason);
    list(dropped, &one.finish());
}

/// Adds an item to an array in the making.
fn list(array: &mut String, item: &str) {
    array.push(if array.is_empty() { '[' } else { ',' });
    array.push_str(item);
}

/// A field that a rule names, `"size"` or `{"name": "birthday", "personal": true}`: its name, and whether it is personal.
fn read(named: Json<'_>) -> (Box<str>, bool) {
    let name = text_of(named.field("name").unwrap_or(named));
    (name, named.field("personal").is_some_and(|personal| personal.as_str() == "true"))
}

/// Whether the field has that name, or that id and no name.
fn is_called(field: Json<'_>, name: &str) -> bool {
    let at = usize::from(item(field, 0).is_some_and(|text| text.is("")));
    item(field, at).is_some_and(|text| text.is(name))
}

fn item(array: Json<'_>, mut at: usize) -> Option<Json<'_>> {
    for item in array.items() {
        if at == 0 {
            return Some(item);
        }
        at -= 1;
    }
    None
}

/// Checks the fields that a rule names: what their names alone forbid is a mistake in the policy.
pub(super) fn check_fields(fields: Json<'_>, path: &str) -> Result<(), Invalid> {
    for (at, named) in fields.items().enumerate() {
        let (name, personal) = read(named);
        let is_known = |(key, value): (Json<'_>, Json<'_>)| {
            key.is("name") || key.is("personal") && matches!(value.as_str(), "true" | "false")
        };
        let accepted = if name.is_empty() || !named.members().all(is_known) {
            Some("the name of a field, or {\"name\", \"personal\"}")
        } else {
            refusal(Json::view(&joined(&["[", &quoted(&name), "]"])), personal)
        };
        if let Some(accepted) = accepted {
            return Err(Invalid::new(&joined(&[path, "[", &digits(at as u64), "]"]), Some(named), accepted));
        }
    }
    Ok(())
}

/// The longest value of a field, in bytes.
const MAX_VALUE: usize = 255;
