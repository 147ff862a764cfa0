//! Texts of JSON, for storage and for the receiver.
//!
//! They are written here, so that nothing a page puts onto what all objects inherit, neither a setter nor a `toJSON`, is met on the
//! way; only of fractions the digits are JavaScript's, whose writer of numbers the browser has already.

use super::guard;
use serde::Serialize;
use serde_json::ser::{Formatter, Serializer};
use std::io;

/// The value as JSON.
pub(super) fn text(value: &impl Serialize) -> String {
    let mut text = Vec::new();
    // Into memory, and of values that JSON has words for: nothing can fail.
    _ = value.serialize(&mut Serializer::with_formatter(&mut text, Digits));
    String::from_utf8(text).unwrap_or_default()
}

struct Digits;

impl Formatter for Digits {
    fn write_f64<W: ?Sized + io::Write>(&mut self, writer: &mut W, value: f64) -> io::Result<()> {
        writer.write_all(guard::digits(value).as_bytes())
    }
}
