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
use crate::text::joined;

/// One thing a customer did that is not a purchase, a visit, a rating or a change of profile. Always valid.
///
/// Each field as the JSON it travels in, at its place in [`FIELDS`], and empty where it is not set: the checks are one table and
/// one loop, where a struct of twenty fields would need a reader, a writer and a destructor of its own in the module.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Interaction(Box<[Option<Box<str>>; FIELDS.len()]>);

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
        check_bounds(given).map_err(|invalid| vec![invalid])?;
        let mut invalid = Vec::new();
        let mut values = [None; FIELDS.len()];
        for (name, value) in given.members() {
            let name = name.text().unwrap_or_default();
            match place(&name) {
                Some(at) => values[at] = Some(value).filter(|value| !value.is_null()),
                None => invalid.push(unknown(&name, value)),
            }
        }
        let mut read = Interaction::none();
        for ((field, value), own) in FIELDS.iter().zip(values).zip(read.0.iter_mut()) {
            *own = value.and_then(field.read);
            if own.is_none() && (field.required || value.is_some()) {
                invalid.push(Invalid::new(field.name, value, field.accepted));
            }
        }
        check_pair(values, &mut invalid);
        if invalid.is_empty() { Ok(read) } else { Err(invalid) }
    }

    /// The field of that name, where it is set. Ids, coordinates and `signal` are numbers, whatever they were given as.
    pub fn field(&self, name: &str) -> Option<Json<'_>> {
        self.0[place(name)?].as_deref().map(Json::view)
    }

    /// The text of that field, where it is set and text.
    pub fn text(&self, name: &str) -> Option<Box<str>> {
        self.field(name)?.text()
    }

    /// The fields that are set as a JSON object, by Omneo's names, in the order of [`FIELDS`].
    pub fn to_json(&self) -> Box<str> {
        let mut json = Object::new();
        for (field, value) in FIELDS.iter().zip(self.0.iter()) {
            if let Some(value) = value {
                json.put(field.name, value);
            }
        }
        json.finish()
    }

    fn none() -> Interaction {
        Interaction(Box::new([const { None }; FIELDS.len()]))
    }

    /// What [`Interaction::to_json`] wrote.
    pub(crate) fn of_ours(json: &str) -> Interaction {
        Interaction::none().with_all(Json::view(json))
    }

    /// The same interaction with each field of that object, all of them known to be valid.
    #[must_use]
    pub(crate) fn with_all(mut self, fields: Json<'_>) -> Interaction {
        for (name, value) in fields.members() {
            self = self.with(&name.text().unwrap_or_default(), value.as_str().into());
        }
        self
    }

    /// The same interaction with that field set to JSON that is known to be valid there.
    #[must_use]
    pub(crate) fn with(mut self, name: &str, json: Box<str>) -> Interaction {
        if let Some(at) = place(name) {
            self.0[at] = Some(json);
        }
        self
    }
}

/// Where [`FIELDS`] has the field of that name.
fn place(name: &str) -> Option<usize> {
    FIELDS.iter().position(|field| field.name == name)
}

fn unknown(name: &str, value: Json<'_>) -> Invalid {
    let accepted = joined(&["a field of an interaction: ", &list(&FIELDS.each_ref().map(|field| field.name))]);
    Invalid::new(name, Some(value), &accepted)
}

fn check_pair(values: [Option<Json<'_>>; FIELDS.len()], invalid: &mut Vec<Invalid>) {
    let has = |name: &str| place(name).is_some_and(|at| values[at].is_some());
    for (name, other) in [("interacted_type", "interacted_id"), ("interacted_id", "interacted_type")] {
        if !has(name) && has(other) {
            invalid.push(Invalid::new(name, None, "both interacted_type and interacted_id, or neither"));
        }
    }
}

// First of all: whatever comes later takes memory and time that grow with what was given.
fn check_bounds(given: Json<'_>) -> Result<(), Invalid> {
    let bytes = given.as_str().len();
    if bytes > MAX_BYTES {
        let accepted = "at most 32768 bytes of JSON in all";
        return Err(Invalid::new("interaction", Some(Json::view(&digits(bytes as u64))), accepted));
    }
    if !given.is_within(MAX_DEPTH) {
        return Err(Invalid::new("interaction", Some(given), "JSON of at most 64 levels"));
    }
    Ok(())
}

/// The largest record, in bytes of JSON: half of what the Fetch standard lets all `keepalive` bodies of a page share,
/// so that any record can still leave while the page closes.
pub const MAX_BYTES: usize = 32_768;

/// How deep a record may be nested: half of what [`Json::parse`] reads, so that it is read back also from within a list, an answer
/// or an event.
pub const MAX_DEPTH: usize = crate::json::MAX_DEPTH / 2;

#[cfg(test)]
mod tests;
