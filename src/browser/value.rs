//! Values between JavaScript and Rust.
//!
//! Each is read as `JSON.stringify` sees it, without its text.

use super::guard;
use crate::interaction::{MAX_DEPTH, Map, Stored, Value};
use crate::privacy::EVENT_ID;
use crate::tracker::StoredRecord;
use js_sys::{Array, Function, JsString, TypeError};
use serde::Serialize;
use serde_wasm_bindgen::Serializer;
use wasm_bindgen::prelude::{JsCast, JsValue, wasm_bindgen};

/// Reads any value of the page's: own enumerable properties, `toJSON` where it has one. What JSON has no word for is left out.
///
/// # Errors
/// What a getter of the page's threw; or why JSON cannot write it: a `BigInt`, a circle or what is too deep, what is too large.
pub(crate) fn read(given: &JsValue) -> Result<Value, JsValue> {
    let mut reader = Reader { left: MAX_SIZE };
    Ok(reader.read(given, MAX_DEPTH)?.unwrap_or_default())
}

/// As an object of JavaScript's.
pub(crate) fn to_js(value: &Value) -> JsValue {
    value.serialize(&Serializer::json_compatible()).unwrap_or(JsValue::NULL)
}

/// Reads a text of JSON; null where it is none.
pub(crate) fn parse(text: &JsValue) -> Value {
    guard::parse(text).and_then(|parsed| read(&parsed)).unwrap_or_default()
}

/// Reads what storage has.
pub(crate) fn stored(text: &str) -> Stored {
    let (words, object) = text.split_at(text.find('{').unwrap_or(text.len()));
    // Mostly there is none, and what `JSON.parse` throws then would cost more than all else here.
    let object = if object.is_empty() { Value::Null } else { parse(&object.into()) };
    match object {
        Value::Null => Stored { words: text.into(), object },
        object => Stored { words: words.into(), object },
    }
}

/// Reads what storage has under a key of a page's: a record, or an array of them. `id` is what the key has behind the page, which was
/// the id in 0.1.
pub(super) fn records(id: &str, text: &str) -> Vec<StoredRecord> {
    let Some(Value::List(items)) = text.starts_with('[').then(|| parse(&text.into())) else {
        return vec![named(stored(text), id.into())];
    };
    let stored = |object| Stored { object, ..Stored::default() };
    let number = |at: usize| [id, ".", itoa::Buffer::new().format(at)].concat();
    items.into_iter().enumerate().map(|(at, object)| named(stored(object), number(at))).collect()
}

fn named(stored: Stored, otherwise: String) -> StoredRecord {
    let own = stored.object.get("record").and_then(|record| record.get("meta")?.get(EVENT_ID)?.text());
    StoredRecord { id: own.map_or_else(|| otherwise.into(), Into::into), stored }
}

struct Reader {
    /// How many more parts and UTF-16 code units are read.
    left: u32,
}

impl Reader {
    // `None` is what JSON has no word for.
    fn read(&mut self, given: &JsValue, depth: usize) -> Result<Option<Value>, JsValue> {
        self.take(1)?;
        if let Some(text) = given.dyn_ref::<JsString>() {
            return Ok(Some(Value::Text(self.text(text)?)));
        }
        if let Some(number) = given.as_f64() {
            return Ok(Some(number_value(number)));
        }
        if let Some(bool) = given.as_bool() {
            return Ok(Some(Value::Bool(bool)));
        }
        if given.is_null() {
            return Ok(Some(Value::Null));
        }
        if given.is_object() || given.is_bigint() || given.is_function() {
            return self.read_object(given, depth);
        }
        Ok(None)
    }

    fn read_object(&mut self, given: &JsValue, depth: usize) -> Result<Option<Value>, JsValue> {
        let part: &Part = given.unchecked_ref();
        if let Some(to_json) = own_to_json(part)? {
            return self.read_plain(&to_json.call0(given)?, depth);
        }
        self.read_plain(given, depth)
    }

    // What `toJSON` returned is not asked again.
    fn read_plain(&mut self, given: &JsValue, depth: usize) -> Result<Option<Value>, JsValue> {
        if given.is_bigint() {
            return Err(TypeError::new("A BigInt has no place in JSON.").into());
        }
        if !given.is_object() {
            return if given.is_function() { Ok(None) } else { self.read(given, depth) };
        }
        if depth == 0 {
            return Err(TypeError::new("A value lies within itself, or too deep.").into());
        }
        let part: &Part = given.unchecked_ref();
        if is_array(given)? {
            self.read_list(part, depth - 1).map(Some)
        } else {
            self.read_map(part, depth - 1).map(Some)
        }
    }

    fn read_list(&mut self, part: &Part, depth: usize) -> Result<Value, JsValue> {
        let length = part.length()?;
        self.take(if length < f64::from(u32::MAX) { length as u32 } else { u32::MAX })?;
        let items = (0..length as u32).map(|at| Ok(self.read(&part.at(at)?, depth)?.unwrap_or_default()));
        Ok(Value::List(items.collect::<Result<_, JsValue>>()?))
    }

    fn read_map(&mut self, part: &Part, depth: usize) -> Result<Value, JsValue> {
        let mut map = Map::new();
        for name in keys(part)?.iter() {
            if let Some(value) = self.read(&part.get(&name)?, depth)? {
                map.push(self.text(name.unchecked_ref())?, value);
            }
        }
        Ok(Value::Map(map))
    }

    fn text(&mut self, text: &JsString) -> Result<Box<str>, JsValue> {
        self.take(text.length())?;
        Ok(String::from(text).into())
    }

    fn take(&mut self, size: u32) -> Result<(), JsValue> {
        self.left = self.left.checked_sub(size).ok_or_else(|| TypeError::new("A value is too large."))?;
        Ok(())
    }
}

// JSON has no NaN and no infinity, and `JSON.stringify` writes null; as a text they are refused by name.
fn number_value(number: f64) -> Value {
    match () {
        () if number.is_nan() => "NaN".into(),
        () if number == f64::INFINITY => "Infinity".into(),
        () if number == f64::NEG_INFINITY => "-Infinity".into(),
        () => number.into(),
    }
}

// A `toJSON` of all arrays or all objects, as old libraries have it, is not asked.
fn own_to_json(part: &Part) -> Result<Option<Function>, JsValue> {
    let to_json = part.to_json()?;
    if !to_json.is_function() {
        return Ok(None);
    }
    for any in [guard::plain_object(), guard::plain_list()] {
        if any.unchecked_ref::<Part>().to_json()? == to_json {
            return Ok(None);
        }
    }
    Ok(Some(to_json.unchecked_into()))
}

// With `catch`, as a page's code may run in each: a getter, a proxy, a function in the place of the browser's own.
#[wasm_bindgen]
extern "C" {
    /// An object of the page's.
    type Part;

    #[wasm_bindgen(method, catch, indexing_getter)]
    fn get(this: &Part, name: &JsValue) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(method, catch, indexing_getter)]
    fn at(this: &Part, index: u32) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(method, catch, getter)]
    fn length(this: &Part) -> Result<f64, JsValue>;

    #[wasm_bindgen(method, catch, getter, js_name = toJSON)]
    fn to_json(this: &Part) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(catch, js_namespace = Object)]
    fn keys(object: &Part) -> Result<Array, JsValue>;

    #[wasm_bindgen(catch, js_namespace = Array, js_name = isArray)]
    fn is_array(value: &JsValue) -> Result<bool, JsValue>;
}

/// How many parts and UTF-16 code units one value may have in all: more than storage, a receiver or a form has to say, and little
/// enough for memory.
const MAX_SIZE: u32 = 1 << 24;
