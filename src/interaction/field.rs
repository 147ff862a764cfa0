//! The fields of an interaction, what each may be, and where it lies: one table for reading, checking and writing.

use super::own::Own;
use super::{Action, Channel, Instant, Interaction, Link, Map, Signal, Value};

/// A field of an interaction.
pub struct Field {
    /// Omneo's name of it.
    pub name: &'static str,
    /// Whether every interaction has it.
    pub required: bool,
    /// What is accepted, in words.
    pub accepted: &'static str,
    pub(super) place: Place,
}

/// Where a field lies in an interaction, and what it takes there.
///
/// One of a few kinds each, so that there is one reader and one writer of each kind, and not of each field.
pub(super) enum Place {
    Action,
    Channel,
    Signal,
    Label(Of<Box<str>>, fn(&str) -> bool),
    Text(Of<Option<Box<str>>>, fn(&str) -> bool),
    Number(Of<Option<f64>>, f64, f64),
    Id(Of<Option<u64>>),
    Link,
    Tags,
    Meta,
}

/// A field of that type, to be seen and to be set.
pub(super) struct Of<T>(fn(&Interaction) -> &T, fn(&mut Interaction) -> &mut T);

macro_rules! of {
    ($own:ident) => {
        Of(|interaction| &interaction.$own, |interaction| &mut interaction.$own)
    };
}

const fn field(name: &'static str, required: bool, accepted: &'static str, place: Place) -> Field {
    Field { name, required, accepted, place }
}

/// Every field, the five required ones first. The lengths of `name`, `namespace`, `url`, tags and the polymorphic pair are
/// inferred from Laravel's usual columns; Omneo documents none.
pub const FIELDS: &[Field; 21] = &[
    field("action", true, "broadcast, disclose, feedback, product, reach, refer, service, visit, view", Place::Action),
    field("channel", true, "app, email, location, push, sms, social, support, website", Place::Channel),
    field("signal", true, "1 (positive), 0 (neutral) or -1 (negative)", Place::Signal),
    field("name", true, LABEL, Place::Label(of!(name), is_label)),
    field("namespace", true, HANDLE, Place::Label(of!(namespace), is_handle)),
    field("description", false, "text", Place::Text(of!(description), |_| true)),
    field("url", false, "text of at most 2048 bytes", Place::Text(of!(url), |url| url.len() <= 2048)),
    field("duration", false, "a finite number of seconds, 0 or more", Place::Number(of!(duration), 0.0, f64::MAX)),
    field("latitude", false, "a number from -90 to 90", Place::Number(of!(latitude), -90.0, 90.0)),
    field("longitude", false, "a number from -180 to 180", Place::Number(of!(longitude), -180.0, 180.0)),
    field(
        "interacted_at",
        false,
        "a date and time in ISO 8601, such as 2026-11-23T09:30:00Z",
        Place::Text(of!(interacted_at), |moment| Instant::parse(moment).is_some()),
    ),
    field("location_id", false, ID, Place::Id(of!(location_id))),
    field("product_id", false, ID, Place::Id(of!(product_id))),
    field("product_variant_id", false, ID, Place::Id(of!(product_variant_id))),
    field("product_category_id", false, ID, Place::Id(of!(product_category_id))),
    field("staff_id", false, ID, Place::Id(of!(staff_id))),
    field("organisation_id", false, ID, Place::Id(of!(organisation_id))),
    field(
        "interacted_type",
        false,
        "the type of an Omneo object in a-z and _, such as transaction",
        Place::Text(of!(interacted_type), is_type),
    ),
    field("interacted_id", false, "the id of an Omneo object: a whole number or text", Place::Link),
    field("tags", false, "an array of texts, each of 1 to 255 characters", Place::Tags),
    field("meta", false, "an object", Place::Meta),
];

impl Field {
    /// Takes the value into the interaction; leaves it where it is not acceptable, and answers whether it is.
    pub(super) fn read(&self, value: &mut Value, into: &mut Interaction) -> bool {
        match &self.place {
            Place::Action => set(&mut into.action, value.text().and_then(Action::of)),
            Place::Channel => set(&mut into.channel, value.text().and_then(Channel::of)),
            Place::Signal => set(&mut into.signal, value.number().and_then(Signal::of)),
            Place::Label(own, fits) => set((own.1)(into), text(value, *fits)),
            Place::Text(own, fits) => set_some((own.1)(into), text(value, *fits)),
            Place::Number(own, least, most) => {
                set_some((own.1)(into), value.number().filter(|number| (*least..=*most).contains(number)))
            }
            Place::Id(own) => set_some((own.1)(into), id_of(value)),
            Place::Link => {
                let link = id_of(value).map(Link::Id).or_else(|| text(value, is_label).map(Link::Text));
                set_some(&mut into.interacted_id, link)
            }
            Place::Tags => set_some(&mut into.tags, tags(value)),
            Place::Meta => set_some(&mut into.meta, meta(value)),
        }
    }

    /// The field's value, where it is set.
    pub(super) fn write<'a>(&self, from: &'a Interaction) -> Option<Own<'a>> {
        match &self.place {
            Place::Action => Some(Own::Text(from.action.as_str())),
            Place::Channel => Some(Own::Text(from.channel.as_str())),
            Place::Signal => Some(Own::Number(from.signal.number().into())),
            Place::Label(own, _) => Some(Own::Text((own.0)(from))),
            Place::Text(own, _) => (own.0)(from).as_deref().map(Own::Text),
            Place::Number(own, ..) => (own.0)(from).map(Own::Number),
            Place::Id(own) => (own.0)(from).map(of_id),
            Place::Link => from.interacted_id.as_ref().map(|link| match link {
                Link::Id(id) => of_id(*id),
                Link::Text(text) => Own::Text(text),
            }),
            Place::Tags => from.tags.as_deref().map(Own::Texts),
            Place::Meta => from.meta.as_ref().map(Own::Map),
        }
    }
}

fn set<T>(own: &mut T, read: Option<T>) -> bool {
    read.map(|read| *own = read).is_some()
}

fn set_some<T>(own: &mut Option<T>, read: Option<T>) -> bool {
    *own = read;
    own.is_some()
}

// Takes the text out of a value.
fn text(value: &mut Value, fits: fn(&str) -> bool) -> Option<Box<str>> {
    match value {
        Value::Text(text) if fits(text) => Some(core::mem::take(text)),
        _ => None,
    }
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

/// An id: a whole number from 1 to 2⁵³ − 1, also in a text of digits, as Laravel's `integer` rule takes it.
pub(crate) fn id_of(value: &Value) -> Option<u64> {
    let id = match value {
        Value::Text(text) => super::number::of_digits(text, 16),
        Value::Number(number) => super::number::whole(*number).and_then(|id| u64::try_from(id).ok()),
        _ => None,
    };
    id.filter(|id| (1..1 << 53).contains(id))
}

fn tags(value: &mut Value) -> Option<Vec<Box<str>>> {
    match value {
        Value::List(items) if items.iter().all(|tag| tag.text().is_some_and(is_label)) => {
            Some(items.iter_mut().filter_map(|tag| text(tag, is_label)).collect())
        }
        _ => None,
    }
}

// PHP writes an empty map as an empty list.
fn meta(value: &mut Value) -> Option<Map> {
    match value {
        Value::Map(map) => Some(core::mem::take(map)),
        Value::List(items) if items.is_empty() => Some(Map::new()),
        _ => None,
    }
}

fn of_id(id: u64) -> Own<'static> {
    Own::Number(id as f64)
}

const LABEL: &str = "text of 1 to 255 characters";
pub(crate) const HANDLE: &str = "a handle of 1 to 255 letters, digits or . _ : -";
const ID: &str = "a whole number from 1 to 9007199254740991";
