//! What is kept of an allowed record: keys of `meta`, and fields of a form, one by one.

use super::field::Field;
use super::{EVENT_ID, Policy, scrub};
use crate::interaction::{Interaction, Invalid};
use crate::json::{Json, Object, digits};

/// A record, and what was left out of it.
pub struct Kept {
    /// The record as it is kept.
    pub record: Interaction,
    /// `{"field", "reason"}` of each key of `meta` and each named field of the form that was left out; empty, or an array.
    pub dropped: String,
    /// The places of the fields that are kept and whose value is still to be read; empty, or an array.
    pub readable: String,
}

impl Policy {
    /// What is kept of an allowed record: of its `meta` the keys that the rule names, where it names any, and always its
    /// `event_id`; of the fields of a form those that the rule names, in `meta.fields`.
    ///
    /// A field is `[name, id, label, type, autocomplete]`, with its value behind once that was read.
    pub fn kept(&self, kind: &str, record: Interaction, fields: Json<'_>) -> Kept {
        let mut kept = Kept { record, dropped: String::new(), readable: String::new() };
        let Some(rule) = self.rule(kind, &kept.record) else { return kept };
        let keys = rule.field("meta");
        let (mut meta, mut values) = (Object::new(), Object::new());
        for (key, value) in kept.record.field("meta").into_iter().flat_map(Json::members) {
            let key = key.text().unwrap_or_default();
            if key == EVENT_ID || keys.is_none_or(|keys| keys.items().any(|named| named.is(&key))) {
                meta.put(&key, value.as_str());
            } else {
                drop(&mut kept.dropped, "meta.", &key, "The rule does not name it.");
            }
        }
        for named in rule.field("fields").into_iter().flat_map(Json::items).map(Named::read) {
            let mut joined = String::new();
            for (at, field) in fields.items().enumerate().filter(|(_, field)| named.is(*field)) {
                let value = field.items().nth(5);
                if let Some(reason) = named.refusal(field) {
                    drop(&mut kept.dropped, "fields.", &named.name, reason);
                } else if let Some(value) = value.and_then(Json::text) {
                    joined.push_str(if joined.is_empty() { "" } else { ", " });
                    joined.push_str(&scrub(&value));
                } else {
                    list(&mut kept.readable, &digits(at as u64));
                }
            }
            if joined.len() > MAX_VALUE {
                drop(&mut kept.dropped, "fields.", &named.name, "It is longer than 255 bytes.");
            } else if !joined.is_empty() {
                values.put_text(&named.name, &joined);
            }
        }
        if !values.is_empty() {
            meta.put("fields", &values.finish());
        }
        if !meta.is_empty() || !kept.dropped.is_empty() {
            kept.record = kept.record.with("meta", &meta.finish());
        }
        for array in [&mut kept.dropped, &mut kept.readable] {
            if !array.is_empty() {
                array.push(']');
            }
        }
        kept
    }
}

fn drop(dropped: &mut String, path: &str, name: &str, reason: &str) {
    let mut one = Object::new();
    one.put_text("field", &[path, name].concat());
    one.put_text("reason", reason);
    list(dropped, &one.finish());
}

/// Adds an item to an array in the making.
fn list(array: &mut String, item: &str) {
    array.push(if array.is_empty() { '[' } else { ',' });
    array.push_str(item);
}

/// A field that a rule names: `"size"` or `{"name": "birthday", "personal": true}`.
struct Named {
    name: String,
    personal: bool,
}

impl Named {
    fn read(given: Json<'_>) -> Named {
        let name = given.text().or_else(|| given.field("name")?.text()).unwrap_or_default();
        Named { name, personal: given.field("personal").is_some_and(|personal| personal.as_str() == "true") }
    }

    /// Whether it is this field of the form, by its name, or by its id where it has no name.
    fn is(&self, field: Json<'_>) -> bool {
        field.items().take(2).find(|text| !text.is("")).is_some_and(|text| text.is(&self.name))
    }

    fn refusal(&self, field: Json<'_>) -> Option<&'static str> {
        let mut items = field.items().map(|text| text.text().unwrap_or_default());
        let [name, id, label, kind, autocomplete] = [(); 5].map(|()| items.next().unwrap_or_default());
        Field { texts: [&name, &id, &label], kind: &kind, autocomplete: &autocomplete }.refusal(self.personal)
    }
}

/// Checks the fields that a rule names: what their names alone forbid is a mistake in the policy.
pub(super) fn check_fields(fields: Json<'_>, path: &str) -> Result<(), Invalid> {
    for (at, given) in fields.items().enumerate() {
        let named = Named::read(given);
        let is_known = |(name, value): (Json<'_>, Json<'_>)| {
            name.is("name") && value.is_text() || name.is("personal") && matches!(value.as_str(), "true" | "false")
        };
        let refusal = if named.name.is_empty() || !given.members().all(is_known) {
            Some("")
        } else {
            Field { texts: [&named.name, "", ""], ..Field::default() }.refusal(named.personal)
        };
        if let Some(reason) = refusal {
            let accepted = ["the name of a field that may be kept, or {\"name\", \"personal\"}. ", reason].concat();
            return Err(Invalid::new(
                &[path, "[", &digits(at as u64), "]"].concat(),
                Some(given),
                accepted.trim_ascii(),
            ));
        }
    }
    Ok(())
}

/// The longest value of a field, in bytes.
const MAX_VALUE: usize = 255;
