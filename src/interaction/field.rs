//! The fields of an interaction and what each may be.

use super::{ACTIONS, CHANNELS, Instant, SIGNALS, decimal};
use crate::json::{Json, digits, whole};

/// A field of an interaction.
pub struct Field {
    /// Omneo's name of it.
    pub name: &'static str,
    /// Whether every interaction has it.
    pub required: bool,
    /// What is accepted, in words.
    pub accepted: &'static str,
    /// The value as the JSON it is kept as, where it is acceptable.
    pub(super) read: fn(Json<'_>) -> Option<Box<str>>,
}

/// Every field, the five required ones first. The lengths of `name`, `namespace`, `url`, tags and the polymorphic pair are
/// inferred from Laravel's usual columns; Omneo documents none.
pub const FIELDS: &[Field; 21] = &[
    required("action", "broadcast, disclose, feedback, product, reach, refer, service, visit, view", |value| {
        word(value, ACTIONS)
    }),
    required("channel", "app, email, location, push, sms, social, support, website", |value| word(value, CHANNELS)),
    required("signal", "1 (positive), 0 (neutral) or -1 (negative)", signal),
    required("name", LABEL, label),
    required("namespace", HANDLE, |value| text(value, is_handle)),
    optional("description", "text", |value| text(value, |_| true)),
    optional("url", "text of at most 2048 bytes", |value| text(value, |url| url.len() <= 2048)),
    optional("duration", "a finite number of seconds, 0 or more", |value| number(value, 0.0, f64::MAX)),
    optional("latitude", "a number from -90 to 90", |value| number(value, -90.0, 90.0)),
    optional("longitude", "a number from -180 to 180", |value| number(value, -180.0, 180.0)),
    optional("interacted_at", "a date and time in ISO 8601, such as 2026-11-23T09:30:00Z", |value| {
        text(value, |moment| Instant::parse(moment).is_some())
    }),
    optional("location_id", ID, link),
    optional("product_id", ID, link),
    optional("product_variant_id", ID, link),
    optional("product_category_id", ID, link),
    optional("staff_id", ID, link),
    optional("organisation_id", ID, link),
    optional("interacted_type", "the type of an Omneo object in a-z and _, such as transaction", |value| {
        text(value, |kind| is_label(kind) && kind.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_'))
    }),
    optional("interacted_id", "the id of an Omneo object: a whole number or text", |value| {
        link(value).or_else(|| label(value))
    }),
    optional("tags", "an array of texts, each of 1 to 255 characters", |value| {
        kept(value, value.is_array() && value.items().all(|tag| label(tag).is_some()))
    }),
    optional("meta", "an object", meta),
];

const fn required(name: &'static str, accepted: &'static str, read: fn(Json<'_>) -> Option<Box<str>>) -> Field {
    Field { name, required: true, accepted, read }
}

const fn optional(name: &'static str, accepted: &'static str, read: fn(Json<'_>) -> Option<Box<str>>) -> Field {
    Field { name, required: false, accepted, read }
}

fn kept(value: Json<'_>, fits: bool) -> Option<Box<str>> {
    fits.then(|| value.as_str().into())
}

fn text(value: Json<'_>, fits: fn(&str) -> bool) -> Option<Box<str>> {
    kept(value, value.text().is_some_and(|text| fits(&text)))
}

fn word(value: Json<'_>, words: &[&str]) -> Option<Box<str>> {
    kept(value, words.iter().any(|word| value.is(word)))
}

// `1`, `"1"` and `1.0` are the same integer for Laravel, and some languages write the last.
fn signal(value: Json<'_>) -> Option<Box<str>> {
    let text = value.text_or_number()?;
    let text = text.strip_suffix(".0").unwrap_or(&text);
    SIGNALS.contains(&text).then(|| text.into())
}

fn label(value: Json<'_>) -> Option<Box<str>> {
    text(value, is_label)
}

fn is_label(text: &str) -> bool {
    text.bytes().any(|byte| byte > b' ') && text.chars().count() <= 255
}

/// Whether the text is a handle such as `web-engagement`.
pub(crate) fn is_handle(text: &str) -> bool {
    let fits = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b':' | b'-');
    is_label(text) && text.bytes().all(fits)
}

/// A number within a range, kept as it was written; also in a string, since Omneo's SDK types coordinates and durations so.
fn number(value: Json<'_>, least: f64, most: f64) -> Option<Box<str>> {
    let text = value.text_or_number()?;
    let value = decimal(&text)?;
    (least <= value && value <= most).then_some(text)
}

/// An id: a whole number from 1 to 2⁵³ − 1, also in a string, as Laravel's `integer` rule takes it.
fn link(value: Json<'_>) -> Option<Box<str>> {
    let text = value.text_or_number()?;
    let id = whole(&text, 16)?;
    (1..1 << 53).contains(&id).then(|| digits(id))
}

// PHP writes an empty map as an empty list.
fn meta(value: Json<'_>) -> Option<Box<str>> {
    if value.is_array() && value.items().next().is_none() {
        return Some("{}".into());
    }
    kept(value, value.is_object())
}

const LABEL: &str = "text of 1 to 255 characters";
pub(crate) const HANDLE: &str = "a handle of 1 to 255 letters, digits or . _ : -";
const ID: &str = "a whole number from 1 to 9007199254740991";
