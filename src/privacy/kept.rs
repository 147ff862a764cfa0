//! What is kept of an allowed record: keys of `meta`, and fields of a form, one by one.

use super::field::Field;
use super::{EVENT_ID, Policy, scrub};
use crate::interaction::{Interaction, Invalid};
use crate::json::{Json, Object, digits};

/// A record, and what was left out of it.
pub struct Kept {
    /// The record as it is kept.
    pub record: Interaction,
    /// `{"field", "reason"}` of each key of `meta` and each named field of the form that was left out, as an array.
    pub dropped: String,
}

impl Policy {
    /// Which of a form's fields to read, as an array of their places among them: those that the rule for its submission names,
    /// and that may be kept. A field is `[name, id, label, type, autocomplete]`.
    pub fn readable(&self, kind: &str, submission: &Interaction, fields: Json<'_>) -> String {
        let mut places = Vec::new();
        if let Some(rule) = self.rule(kind, submission) {
            for (at, field) in fields.items().enumerate() {
                if named_by(rule).any(|named| named.is(field) && named.refusal(field).is_none()) {
                    places.push(digits(at as u64));
                }
            }
        }
        ["[", &places.join(","), "]"].concat()
    }

    /// What is kept of an allowed record: of its `meta` the keys that the rule names, where it names any, and always its
    /// `event_id`; of the fields, each with its value behind, those that the rule names, in `meta.fields`.
    pub fn kept(&self, kind: &str, record: Interaction, fields: Json<'_>) -> Kept {
        let Some(rule) = self.rule(kind, &record) else { return Kept { record, dropped: "[]".to_owned() } };
        let keys = rule.field("meta");
        let (mut meta, mut dropped) = (Object::new(), Vec::new());
        let mut drop = |path: &str, name: &str, reason: &str| {
            let mut one = Object::new();
            one.put_text("field", &[path, name].concat());
            one.put_text("reason", reason);
            dropped.push(one.finish());
        };
        for (key, value) in record.field("meta").into_iter().flat_map(Json::members) {
            let key = key.text().unwrap_or_default();
            if key == EVENT_ID || keys.is_none_or(|keys| keys.items().any(|named| named.is(&key))) {
                meta.put(&key, value.as_str());
            } else {
                drop("meta.", &key, "The rule does not name it.");
            }
        }
        let mut kept = Object::new();
        for named in named_by(rule) {
            let mut values = Vec::new();
            for field in fields.items().filter(|field| named.is(*field)) {
                match (named.refusal(field), field.items().nth(5).and_then(Json::text)) {
                    (Some(reason), _) => drop("fields.", &named.name, reason),
                    (None, Some(value)) if value.len() > MAX_VALUE => {
                        drop("fields.", &named.name, "It is too long to be a choice.")
                    }
                    (None, Some(value)) => values.push(scrub(&value)),
                    (None, None) => {}
                }
            }
            if !values.is_empty() {
                kept.put_text(&named.name, &values.join(", "));
            }
        }
        if !kept.is_empty() {
            meta.put("fields", &kept.finish());
        }
        let has_none = meta.is_empty() && record.field("meta").is_none();
        let record = if has_none { record } else { record.with("meta", &meta.finish()) };
        Kept { record, dropped: ["[", &dropped.join(","), "]"].concat() }
    }
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

fn named_by(rule: Json<'_>) -> impl Iterator<Item = Named> {
    rule.field("fields").into_iter().flat_map(Json::items).map(Named::read)
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
