//! WHAT is recorded: one Omneo interaction, its vocabulary and the limits of each field.
//!
//! The record and its checks exist once, here. The tracker reads what a page hands it by [`Interaction::try_from`], and the
//! sandbox every request body, so both say the same of the same mistake.
//!
//! Field names, types and vocabularies are those of Omneo's documentation ("An Interaction in Omneo") and of its
//! JavaScript SDK's types. Where Omneo documents no limit, [`FIELDS`] says that ours is inferred.

mod field;
mod instant;
mod invalid;
#[cfg(not(target_arch = "wasm32"))]
pub mod json;
mod members;
pub(crate) mod number;
mod own;
mod stored;
mod value;
mod vocabulary;

pub use field::{FIELDS, Field};
pub use instant::Instant;
pub use invalid::Invalid;
pub use stored::Stored;
pub use value::{MAX_DEPTH, Map, Value};
pub use vocabulary::{Action, Channel, Signal};

pub(crate) use field::{HANDLE, id_of, is_handle};
pub(crate) use members::{Members, Mistake};
pub(crate) use number::integer;
pub(crate) use vocabulary::words;

#[cfg(test)]
pub(crate) use value::tests::{any_json, json};

use own::Own;
use serde::ser::{Serialize, SerializeMap, Serializer};

/// One thing a customer did that is not a purchase, a visit, a rating or a change of profile. Always valid.
#[derive(Clone, Debug, PartialEq)]
pub struct Interaction {
    /// What kind of action took place.
    pub action: Action,
    /// Where it happened.
    pub channel: Channel,
    /// Its sentiment.
    pub signal: Signal,
    /// What happened, for people; 1 to 255 characters.
    pub name: Box<str>,
    /// Groups interactions; a handle of 1 to 255 characters.
    pub namespace: Box<str>,
    /// More for people.
    pub description: Option<Box<str>>,
    /// The address it happened at; at most 2,048 bytes.
    pub url: Option<Box<str>>,
    /// How long it took, in seconds.
    pub duration: Option<f64>,
    /// Where on earth, in degrees from −90 to 90.
    pub latitude: Option<f64>,
    /// Where on earth, in degrees from −180 to 180.
    pub longitude: Option<f64>,
    /// When it happened, in ISO 8601, as it was given.
    pub interacted_at: Option<Box<str>>,
    /// Omneo's location.
    pub location_id: Option<u64>,
    /// Omneo's product.
    pub product_id: Option<u64>,
    /// Omneo's variant of the product.
    pub product_variant_id: Option<u64>,
    /// Omneo's category of products.
    pub product_category_id: Option<u64>,
    /// Omneo's member of the staff.
    pub staff_id: Option<u64>,
    /// Omneo's organisation.
    pub organisation_id: Option<u64>,
    /// What any other object of Omneo's is that it is about; only with its id.
    pub interacted_type: Option<Box<str>>,
    /// The id of that object.
    pub interacted_id: Option<Link>,
    /// Words to find it by, each of 1 to 255 characters.
    pub tags: Option<Vec<Box<str>>>,
    /// Whatever else there is to say.
    pub meta: Option<Map>,
}

/// The id of any object of Omneo's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Link {
    /// A whole number, also where it was given as a text of digits.
    Id(u64),
    /// Any other text of 1 to 255 characters.
    Text(Box<str>),
}

impl Interaction {
    /// The field of that name, where it is set.
    pub fn field(&self, name: &str) -> Option<Value> {
        FIELDS[place(name)?].write(self).map(Value::from)
    }

    /// The fields that are set, by Omneo's names, in the order of [`FIELDS`].
    pub fn fields(&self) -> impl Iterator<Item = (&'static str, Value)> + '_ {
        self.own_fields().map(|(name, own)| (name, own.into()))
    }

    fn own_fields(&self) -> impl Iterator<Item = (&'static str, Own<'_>)> {
        FIELDS.iter().filter_map(|field| Some((field.name, field.write(self)?)))
    }

    /// Writes its fields into an object, which may have more members than these.
    pub(crate) fn write_fields<M: SerializeMap>(&self, map: &mut M) -> Result<(), M::Error> {
        self.own_fields().try_for_each(|(name, own)| map.serialize_entry(name, &own))
    }

    /// How many bytes it takes as JSON.
    pub fn json_bytes(&self) -> usize {
        self.own_fields().map(|(name, own)| name.len() + 4 + own.json_bytes()).sum::<usize>() + 1
    }

    /// The value of that key of `meta`.
    pub fn meta(&self, key: &str) -> Option<&Value> {
        self.meta.as_ref()?.get(key)
    }

    // Before it is read: all that is required is set then.
    fn blank() -> Interaction {
        Interaction {
            action: Action::View,
            channel: Channel::Website,
            signal: Signal::Neutral,
            name: Box::default(),
            namespace: Box::default(),
            description: None,
            url: None,
            duration: None,
            latitude: None,
            longitude: None,
            interacted_at: None,
            location_id: None,
            product_id: None,
            product_variant_id: None,
            product_category_id: None,
            staff_id: None,
            organisation_id: None,
            interacted_type: None,
            interacted_id: None,
            tags: None,
            meta: None,
        }
    }
}

/// Reads a record by Omneo's field names. `null` counts as absent, as it does for Omneo's SDK.
///
/// # Errors
/// Every name that is no field of an interaction, because a misspelt `productId` would otherwise be lost in silence; and every
/// field that cannot be, in the order of [`FIELDS`].
impl TryFrom<Value> for Interaction {
    type Error = Vec<Invalid>;

    fn try_from(given: Value) -> Result<Interaction, Vec<Invalid>> {
        check_bounds(&given).map_err(|invalid| vec![invalid])?;
        Interaction::read(given)
    }
}

impl Interaction {
    /// Reads a record whose bounds were checked before something was added to it: its id, its time, the fields of a form.
    pub(crate) fn read(given: Value) -> Result<Interaction, Vec<Invalid>> {
        let Value::Map(members) = given else {
            return Err(vec![Invalid::new("interaction", Some(&given), "an object with the fields of an interaction")]);
        };
        let mut invalid = Vec::new();
        let mut values = [const { None }; FIELDS.len()];
        for (name, value) in members {
            match place(&name) {
                Some(at) => values[at] = Some(value).filter(|value| !value.is_null()),
                None => invalid.push(unknown(&name, &value)),
            }
        }
        let [has_type, has_id] =
            ["interacted_type", "interacted_id"].map(|name| place(name).is_some_and(|at| values[at].is_some()));
        let mut read = Interaction::blank();
        for (field, value) in FIELDS.iter().zip(&mut values) {
            let fits = value.as_mut().map_or(!field.required, |value| field.read(value, &mut read));
            if !fits {
                invalid.push(Invalid::new(field.name, value.as_ref(), field.accepted));
            }
        }
        for (name, is_alone) in [("interacted_type", has_id && !has_type), ("interacted_id", has_type && !has_id)] {
            if is_alone {
                invalid.push(Invalid::new(name, None, "both interacted_type and interacted_id, or neither"));
            }
        }
        if invalid.is_empty() { Ok(read) } else { Err(invalid) }
    }
}

impl From<&Interaction> for Value {
    fn from(interaction: &Interaction) -> Value {
        let mut map = Map::new();
        for (name, value) in interaction.fields() {
            map.push(name.into(), value);
        }
        Value::Map(map)
    }
}

impl Serialize for Interaction {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        self.write_fields(&mut map)?;
        map.end()
    }
}

/// Where [`FIELDS`] has the field of that name.
fn place(name: &str) -> Option<usize> {
    FIELDS.iter().position(|field| field.name == name)
}

fn unknown(name: &str, value: &Value) -> Invalid {
    let names = FIELDS.each_ref().map(|field| field.name).join(", ");
    Invalid::new(name, Some(value), &["a field of an interaction: ", &names].concat())
}

// First of all: whatever comes later takes memory and time that grow with what was given.
fn check_bounds(given: &Value) -> Result<(), Invalid> {
    if !given.is_within(MAX_LEVELS) {
        return Err(Invalid::new("interaction", Some(given), "JSON of at most 64 levels"));
    }
    let bytes = given.json_bytes();
    if bytes > MAX_BYTES {
        let bytes = Value::Number(bytes as f64);
        return Err(Invalid::new("interaction", Some(&bytes), "at most 32768 bytes of JSON in all"));
    }
    Ok(())
}

/// The largest record, in bytes of JSON: half of what the Fetch standard lets all `keepalive` bodies of a page share,
/// so that any record can still leave while the page closes.
pub const MAX_BYTES: usize = 32_768;

/// How deep a record may be nested: half of [`MAX_DEPTH`], so that it is read back also from within a list, an answer or an
/// event.
pub const MAX_LEVELS: usize = MAX_DEPTH / 2;

#[cfg(test)]
mod tests;
