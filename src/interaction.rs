//! WHAT is recorded: one Omneo interaction, its vocabulary and the limits of each field.
//!
//! The record and its checks exist once, here. The tracker reads what a page hands it with [`Interaction::read`]; the
//! sandbox reads every request body with the same function, so both say the same of the same mistake.
//!
//! Field names, types and vocabularies are those of Omneo's documentation ("An Interaction in Omneo") and of its
//! JavaScript SDK's types. Where Omneo documents no limit, [`FIELDS`] says that ours is inferred.

mod decimal;
mod field;
mod instant;
mod invalid;
mod vocabulary;

pub use decimal::decimal;
pub use field::{FIELDS, Field};
pub use instant::Instant;
pub use invalid::Invalid;
pub use vocabulary::{ACTIONS, CHANNELS, SIGNALS};

pub(crate) use field::{HANDLE, is_handle};
pub(crate) use invalid::list;

use crate::json::{Json, Object, digits};

/// One thing a customer did that is not a purchase, a visit, a rating or a change of profile. Always valid.
///
/// Kept as the JSON it travels in: the checks are one table and one loop, where a struct of twenty fields would need a
/// reader, a writer and a destructor of its own in the module.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Interaction(Box<str>);

impl Interaction {
    /// Reads a record by Omneo's field names. `null` counts as absent, as it does for Omneo's SDK.
    ///
    /// # Errors
    /// Every name that is no field of an interaction, because a misspelt `productId` would otherwise be lost in silence; and
    /// every field that cannot be, in the order of [`FIELDS`].
    pub fn read(given: Json<'_>) -> Result<Interaction, Vec<Invalid>> {
        if !given.is_object() {
            return Err(vec![Invalid::new("interaction", Some(given), "an object with the fields of an interaction")]);
        }
        let mut invalid = Vec::new();
        let mut values = [None; FIELDS.len()];
        for (name, value) in given.members() {
            match FIELDS.iter().position(|field| name.is(field.name)) {
                Some(at) => values[at] = Some(value).filter(|value| !value.is_null()),
                None => invalid.push(unknown(name, value)),
            }
        }
        let mut read = Object::new();
        for (field, value) in FIELDS.iter().zip(values) {
            match value.map(field.read) {
                Some(Some(json)) => read.put(field.name, &json),
                None if !field.required => {}
                _ => invalid.push(Invalid::new(field.name, value, field.accepted)),
            }
        }
        check_pair(values, &mut invalid);
        check_size(given.as_str().len(), &mut invalid);
        if invalid.is_empty() { Ok(Interaction(read.finish())) } else { Err(invalid) }
    }

    /// The field of that name, where it is set. Ids, coordinates and `signal` are numbers, whatever they were given as.
    pub fn field(&self, name: &str) -> Option<Json<'_>> {
        self.as_json().field(name)
    }

    /// The text of that field, where it is set and text.
    pub fn text(&self, name: &str) -> Option<String> {
        self.field(name)?.text()
    }

    /// The fields that are set, by Omneo's names, in the order of [`FIELDS`].
    pub fn as_json(&self) -> Json<'_> {
        Json::view(&self.0)
    }

    /// What [`Interaction::as_json`] was, once it travelled as text.
    pub(crate) fn of_ours(text: &str) -> Interaction {
        Interaction(text.into())
    }

    /// The same interaction with that field set to JSON that is known to be valid there.
    #[must_use]
    pub(crate) fn with(&self, name: &str, json: &str) -> Interaction {
        let mut fields = Object::new();
        for field in FIELDS {
            if field.name == name {
                fields.put(name, json);
            } else if let Some(value) = self.field(field.name) {
                fields.put(field.name, value.as_str());
            }
        }
        Interaction(fields.finish())
    }
}

fn unknown(name: Json<'_>, value: Json<'_>) -> Invalid {
    let accepted = ["a field of an interaction: ", &list(&FIELDS.each_ref().map(|field| field.name))].concat();
    Invalid::new(&name.text().unwrap_or_default(), Some(value), &accepted)
}

fn check_pair(values: [Option<Json<'_>>; FIELDS.len()], invalid: &mut Vec<Invalid>) {
    let has = |name: &str| FIELDS.iter().zip(values).any(|(field, value)| field.name == name && value.is_some());
    for (name, other) in [("interacted_type", "interacted_id"), ("interacted_id", "interacted_type")] {
        if !has(name) && has(other) {
            invalid.push(Invalid::new(name, None, "both interacted_type and interacted_id, or neither"));
        }
    }
}

fn check_size(bytes: usize, invalid: &mut Vec<Invalid>) {
    if bytes > MAX_BYTES {
        invalid.push(Invalid::new(
            "interaction",
            Some(Json::view(&digits(bytes as u64))),
            "at most 32768 bytes of JSON in all",
        ));
    }
}

/// The largest record, in bytes of JSON: half of what the Fetch standard lets all `keepalive` bodies of a page share,
/// so that any record can still leave while the page closes.
pub const MAX_BYTES: usize = 32_768;

#[cfg(test)]
mod tests;
