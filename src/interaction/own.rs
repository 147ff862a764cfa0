//! What a field of an interaction has, where it lies: to be counted and written without a copy.

use super::{Map, Value};
use serde::ser::{Serialize, Serializer};

/// The value of a field that is set.
#[derive(Clone, Copy)]
pub(super) enum Own<'a> {
    Text(&'a str),
    Number(f64),
    Texts(&'a [Box<str>]),
    Map(&'a Map),
}

impl Own<'_> {
    pub(super) fn json_bytes(&self) -> usize {
        match *self {
            Own::Text(text) => super::value::text_bytes(text),
            Own::Number(number) => Value::Number(number).json_bytes(),
            Own::Texts(texts) => {
                let bytes = texts.iter().map(|text| super::value::text_bytes(text));
                2 + super::value::separated(bytes)
            }
            Own::Map(map) => map.json_bytes(),
        }
    }
}

impl From<Own<'_>> for Value {
    fn from(own: Own<'_>) -> Value {
        match own {
            Own::Text(text) => text.into(),
            Own::Number(number) => Value::Number(number),
            Own::Texts(texts) => Value::List(texts.iter().map(|text| Value::from(&**text)).collect()),
            Own::Map(map) => map.clone().into(),
        }
    }
}

impl Serialize for Own<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match *self {
            Own::Text(text) => serializer.serialize_str(text),
            Own::Number(number) => Value::Number(number).serialize(serializer),
            Own::Texts(texts) => serializer.collect_seq(texts),
            Own::Map(map) => map.serialize(serializer),
        }
    }
}
