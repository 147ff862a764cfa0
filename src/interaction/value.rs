//! What comes from outside, before it is checked.

use super::number;
use core::fmt::{self, Write};
use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde::ser::{Serialize, Serializer};
use std::collections::HashMap;

/// A value as JSON has it: in the browser read from JavaScript, in the sandbox and the relay through `serde_json`.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Value {
    /// `null`, and what is not there.
    #[default]
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A finite number.
    Number(f64),
    /// A text.
    Text(Box<str>),
    /// An array.
    List(Vec<Value>),
    /// An object.
    Map(Map),
}

impl Value {
    /// Whether it is `null`.
    pub fn is_null(&self) -> bool {
        matches!(self, Value::Null)
    }

    /// The text, where it is one.
    pub fn text(&self) -> Option<&str> {
        match self {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The text, or a number as text.
    pub fn text_or_number(&self) -> Option<Box<str>> {
        match self {
            Value::Text(text) => Some(text.clone()),
            Value::Number(number) => Some(number::text(*number).into()),
            _ => None,
        }
    }

    /// The number; also one that is written in a text, as Omneo's SDK types coordinates and durations.
    pub fn number(&self) -> Option<f64> {
        match self {
            Value::Number(number) => Some(*number),
            Value::Text(text) => number::parse(text),
            _ => None,
        }
    }

    /// Whether it is the text `text`.
    pub fn is(&self, text: &str) -> bool {
        self.text() == Some(text)
    }

    /// The object, where it is one.
    pub fn map(&self) -> Option<&Map> {
        match self {
            Value::Map(map) => Some(map),
            _ => None,
        }
    }

    /// The items of an array; none for any other value.
    pub fn items(&self) -> &[Value] {
        match self {
            Value::List(items) => items,
            _ => &[],
        }
    }

    /// The member of that name; `None` where there is none, and for any other value than an object.
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.map()?.get(name)
    }

    /// How many bytes it takes as JSON.
    pub fn json_bytes(&self) -> usize {
        match self {
            Value::Null | Value::Bool(true) => 4,
            Value::Bool(false) => 5,
            Value::Number(number) => number::json_bytes(*number),
            Value::Text(text) => text_bytes(text),
            Value::List(items) => 2 + separated(items.iter().map(Value::json_bytes)),
            Value::Map(map) => map.json_bytes(),
        }
    }

    /// Whether arrays and objects lie within each other at most that deep.
    pub fn is_within(&self, depth: usize) -> bool {
        let is_within = |value: &Value| depth > 0 && value.is_within(depth - 1);
        match self {
            Value::List(items) => depth > 0 && items.iter().all(is_within),
            Value::Map(map) => depth > 0 && map.iter().all(|(_, value)| is_within(value)),
            _ => true,
        }
    }
}

// With a comma between two.
pub(super) fn separated(bytes: impl Iterator<Item = usize>) -> usize {
    bytes.map(|bytes| bytes + 1).sum::<usize>().saturating_sub(1)
}

// RFC 8259, section 7, as `JSON.stringify` writes it.
pub(super) fn text_bytes(text: &str) -> usize {
    let escaped = |byte: u8| match byte {
        b'"' | b'\\' | 8..=10 | 12 | 13 => 2,
        0..=31 => 6,
        _ => 1,
    };
    2 + text.bytes().map(escaped).sum::<usize>()
}

impl From<&str> for Value {
    fn from(text: &str) -> Value {
        Value::Text(text.into())
    }
}

impl From<Box<str>> for Value {
    fn from(text: Box<str>) -> Value {
        Value::Text(text)
    }
}

impl From<String> for Value {
    fn from(text: String) -> Value {
        Value::Text(text.into())
    }
}

impl From<f64> for Value {
    fn from(number: f64) -> Value {
        Value::Number(number)
    }
}

impl From<bool> for Value {
    fn from(bool: bool) -> Value {
        Value::Bool(bool)
    }
}

impl From<Map> for Value {
    fn from(map: Map) -> Value {
        Value::Map(map)
    }
}

/// As a message shows it to people: JSON without its white space.
impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.show(f)
    }
}

impl Value {
    /// Writes what [`fmt::Display`] writes, until `out` refuses it.
    pub(super) fn show(&self, out: &mut dyn Write) -> fmt::Result {
        match self {
            Value::Null => out.write_str("null"),
            Value::Bool(bool) => out.write_str(if *bool { "true" } else { "false" }),
            Value::Number(number) => out.write_str(&number::text(*number)),
            Value::Text(text) => show_text(text, out),
            Value::List(items) => {
                out.write_str("[")?;
                for (at, item) in items.iter().enumerate() {
                    out.write_str(if at > 0 { "," } else { "" })?;
                    item.show(out)?;
                }
                out.write_str("]")
            }
            Value::Map(map) => {
                out.write_str("{")?;
                for (at, (name, value)) in map.iter().enumerate() {
                    out.write_str(if at > 0 { "," } else { "" })?;
                    show_text(name, out)?;
                    out.write_str(":")?;
                    value.show(out)?;
                }
                out.write_str("}")
            }
        }
    }
}

fn show_text(text: &str, out: &mut dyn Write) -> fmt::Result {
    out.write_str("\"")?;
    for c in text.chars() {
        match c {
            '"' => out.write_str("\\\"")?,
            '\\' => out.write_str("\\\\")?,
            '\n' => out.write_str("\\n")?,
            '\r' => out.write_str("\\r")?,
            '\t' => out.write_str("\\t")?,
            _ if c < ' ' => out.write_str("\u{fffd}")?,
            _ => out.write_str(c.encode_utf8(&mut [0; 4]))?,
        }
    }
    out.write_str("\"")
}

/// An object: its members in their order, each name once.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Map(Vec<(Box<str>, Value)>);

impl Map {
    /// An object without members.
    pub fn new() -> Map {
        Map::default()
    }

    /// The value of that name.
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.0.iter().find(|(own, _)| **own == *name).map(|(_, value)| value)
    }

    /// Sets the value of that name, in its place where there is one.
    pub fn set(&mut self, name: &str, value: impl Into<Value>) {
        self.put(name, value.into());
    }

    // Once in the module, and not for each type that becomes a value.
    #[inline(never)]
    fn put(&mut self, name: &str, value: Value) {
        match self.0.iter_mut().find(|(own, _)| **own == *name) {
            Some((_, own)) => *own = value,
            None => self.0.push((name.into(), value)),
        }
    }

    /// Adds a member whose name it does not have yet, as an object of the page's is read.
    pub(crate) fn push(&mut self, name: Box<str>, value: Value) {
        self.0.push((name, value));
    }

    /// The members, in their order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Value)> {
        self.0.iter().map(|(name, value)| (&**name, value))
    }

    pub(super) fn json_bytes(&self) -> usize {
        2 + separated(self.iter().map(|(name, value)| text_bytes(name) + 1 + value.json_bytes()))
    }

    /// Whether it has no member.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// How many members it has.
    pub fn len(&self) -> usize {
        self.0.len()
    }
}

impl IntoIterator for Map {
    type Item = (Box<str>, Value);
    type IntoIter = std::vec::IntoIter<(Box<str>, Value)>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

/// Of a name that stands twice the last counts, as `JSON.parse` has it.
impl<N: AsRef<str>> FromIterator<(N, Value)> for Map {
    fn from_iter<T: IntoIterator<Item = (N, Value)>>(members: T) -> Map {
        let mut map = Map::new();
        members.into_iter().for_each(|(name, value)| map.set(name.as_ref(), value));
        map
    }
}

impl Serialize for Value {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Value::Null => serializer.serialize_unit(),
            Value::Bool(bool) => serializer.serialize_bool(*bool),
            Value::Number(number) => match number::whole(*number) {
                Some(whole) => serializer.serialize_i64(whole),
                None => serializer.serialize_f64(*number),
            },
            Value::Text(text) => serializer.serialize_str(text),
            Value::List(items) => serializer.collect_seq(items),
            Value::Map(map) => map.serialize(serializer),
        }
    }
}

impl Serialize for Map {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.iter())
    }
}

impl<'de> Deserialize<'de> for Value {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(AnyValue)
    }
}

struct AnyValue;

impl<'de> Visitor<'de> for AnyValue {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value of JSON")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, bool: bool) -> Result<Value, E> {
        Ok(Value::Bool(bool))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Value, E> {
        Ok(Value::Number(number as f64))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Value, E> {
        Ok(Value::Number(number as f64))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Value, E> {
        Ok(Value::Number(number))
    }

    fn visit_str<E>(self, text: &str) -> Result<Value, E> {
        Ok(Value::Text(text.into()))
    }

    fn visit_string<E>(self, text: String) -> Result<Value, E> {
        Ok(Value::Text(text.into()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Value, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = seq.next_element()? {
            items.push(item);
        }
        Ok(Value::List(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Value, A::Error> {
        // A text of JSON may have a million members, so the place of each name is noted.
        let mut places: HashMap<Box<str>, usize> = HashMap::new();
        let mut map = Map::new();
        while let Some((name, value)) = members.next_entry::<String, Value>()? {
            let place = *places.entry(name.into()).or_insert_with_key(|name| {
                map.push(name.clone(), Value::Null);
                map.len() - 1
            });
            map.0[place].1 = value;
        }
        Ok(Value::Map(map))
    }
}

/// How deep arrays and objects of a [`Value`] may lie within each other, as `serde_json` has it: hostile input must not exhaust
/// the stack.
pub const MAX_DEPTH: usize = 128;

#[cfg(test)]
pub(crate) mod tests;
