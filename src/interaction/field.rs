//! The fields of an interaction, what each may be, and where it lies: one table for reading, checking and writing.

use super::own::Own;
use super::{Action, Channel, Instant, Interaction, Link, Signal, Value};

/// A field of an interaction.
pub struct Field {
    /// Omneo's name of it.
    pub name: &'static str,
    /// Whether every interaction has it.
    pub required: bool,
    /// What is accepted, in words.
    pub accepted: &'static str,
    /// Sets the field to a value; gives the value back where it is not acceptable.
    pub(super) read: fn(Value, &mut Interaction) -> Result<(), Value>,
    /// The field's value, where it is set.
    pub(super) write: fn(&Interaction) -> Option<Own<'_>>,
}

/// A field that [`read!`]s what the function makes of a value.
macro_rules! field {
    ($own:ident, required, $accepted:expr, $read:expr, $write:expr) => {
        Field {
            name: stringify!($own),
            required: true,
            accepted: $accepted,
            read: |value, own| $read(value).map(|read| own.$own = read),
            write: |own| Some($write(&own.$own)),
        }
    };
    ($own:ident, optional, $accepted:expr, $read:expr, $write:expr) => {
        Field {
            name: stringify!($own),
            required: false,
            accepted: $accepted,
            read: |value, own| $read(value).map(|read| own.$own = Some(read)),
            write: |own| own.$own.as_ref().map($write),
        }
    };
}

/// Every field, the five required ones first. The lengths of `name`, `namespace`, `url`, tags and the polymorphic pair are
/// inferred from Laravel's usual columns; Omneo documents none.
pub const FIELDS: &[Field; 21] = &[
    field!(
        action,
        required,
        "broadcast, disclose, feedback, product, reach, refer, service, visit, view",
        action,
        |own: &Action| Own::Text(own.as_str())
    ),
    field!(channel, required, "app, email, location, push, sms, social, support, website", channel, |own: &Channel| {
        Own::Text(own.as_str())
    }),
    field!(signal, required, "1 (positive), 0 (neutral) or -1 (negative)", signal, |own: &Signal| {
        Own::Number(own.number().into())
    }),
    field!(name, required, LABEL, label, of_text),
    field!(namespace, required, HANDLE, |value| text(value, is_handle), of_text),
    field!(description, optional, "text", |value| text(value, |_| true), of_text),
    field!(url, optional, "text of at most 2048 bytes", |value| text(value, |url| url.len() <= 2048), of_text),
    field!(
        duration,
        optional,
        "a finite number of seconds, 0 or more",
        |value| number(value, 0.0, f64::MAX),
        of_number
    ),
    field!(latitude, optional, "a number from -90 to 90", |value| number(value, -90.0, 90.0), of_number),
    field!(longitude, optional, "a number from -180 to 180", |value| number(value, -180.0, 180.0), of_number),
    field!(
        interacted_at,
        optional,
        "a date and time in ISO 8601, such as 2026-11-23T09:30:00Z",
        |value| text(value, |moment| Instant::parse(moment).is_some()),
        of_text
    ),
    field!(location_id, optional, ID, id, of_id),
    field!(product_id, optional, ID, id, of_id),
    field!(product_variant_id, optional, ID, id, of_id),
    field!(product_category_id, optional, ID, id, of_id),
    field!(staff_id, optional, ID, id, of_id),
    field!(organisation_id, optional, ID, id, of_id),
    field!(
        interacted_type,
        optional,
        "the type of an Omneo object in a-z and _, such as transaction",
        |value| text(value, is_type),
        of_text
    ),
    field!(interacted_id, optional, "the id of an Omneo object: a whole number or text", link, of_link),
    field!(tags, optional, "an array of texts, each of 1 to 255 characters", tags, of_tags),
    field!(meta, optional, "an object", meta, Own::Map),
];

type Read<T> = Result<T, Value>;

fn text(value: Value, fits: fn(&str) -> bool) -> Read<Box<str>> {
    match value {
        Value::Text(text) if fits(&text) => Ok(text),
        other => Err(other),
    }
}

fn action(value: Value) -> Read<Action> {
    value.text().and_then(Action::of).ok_or(value)
}

fn channel(value: Value) -> Read<Channel> {
    value.text().and_then(Channel::of).ok_or(value)
}

fn signal(value: Value) -> Read<Signal> {
    value.number().and_then(Signal::of).ok_or(value)
}

fn label(value: Value) -> Read<Box<str>> {
    text(value, is_label)
}

fn is_label(text: &str) -> bool {
    text.bytes().any(|byte| byte > b' ') && text.chars().count() <= 255
}

fn is_type(text: &str) -> bool {
    is_label(text) && text.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_')
}

/// Whether the text is a handle such as `web-engagement`.
pub(crate) fn is_handle(text: &str) -> bool {
    let fits = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b':' | b'-');
    is_label(text) && text.bytes().all(fits)
}

fn number(value: Value, least: f64, most: f64) -> Read<f64> {
    value.number().filter(|number| (least..=most).contains(number)).ok_or(value)
}

fn id(value: Value) -> Read<u64> {
    id_of(&value).ok_or(value)
}

/// An id: a whole number from 1 to 2⁵³ − 1, also in a text of digits, as Laravel's `integer` rule takes it.
pub(crate) fn id_of(value: &Value) -> Option<u64> {
    let id = match value {
        Value::Text(text) => {
            text.parse().ok().filter(|_| text.len() <= 16 && text.bytes().all(|byte| byte.is_ascii_digit()))
        }
        Value::Number(number) => super::number::whole(*number).and_then(|id| u64::try_from(id).ok()),
        _ => None,
    };
    id.filter(|id| (1..1 << 53).contains(id))
}

fn link(value: Value) -> Read<Link> {
    id(value).map(Link::Id).or_else(|value| label(value).map(Link::Text))
}

fn tags(value: Value) -> Read<Vec<Box<str>>> {
    let is_tags = matches!(&value, Value::List(items) if items.iter().all(|tag| tag.text().is_some_and(is_label)));
    match value {
        Value::List(items) if is_tags => Ok(items.into_iter().filter_map(|tag| label(tag).ok()).collect()),
        other => Err(other),
    }
}

// PHP writes an empty map as an empty list.
fn meta(value: Value) -> Read<super::Map> {
    match value {
        Value::Map(map) => Ok(map),
        Value::List(items) if items.is_empty() => Ok(super::Map::new()),
        other => Err(other),
    }
}

fn of_text(own: &impl AsRef<str>) -> Own<'_> {
    Own::Text(own.as_ref())
}

fn of_number(own: &f64) -> Own<'_> {
    Own::Number(*own)
}

fn of_id(own: &u64) -> Own<'_> {
    Own::Number(*own as f64)
}

fn of_link(own: &Link) -> Own<'_> {
    match own {
        Link::Id(id) => of_id(id),
        Link::Text(text) => of_text(text),
    }
}

fn of_tags(own: &impl AsRef<[Box<str>]>) -> Own<'_> {
    Own::Texts(own.as_ref())
}

const LABEL: &str = "text of 1 to 255 characters";
pub(crate) const HANDLE: &str = "a handle of 1 to 255 letters, digits or . _ : -";
const ID: &str = "a whole number from 1 to 9007199254740991";
