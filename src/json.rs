//! JSON that stays text.
//!
//! A tracker hardly computes with the JSON it handles: it looks at a few members, checks them, and sends them on as they
//! are. So a [`Json`] is a view into the text it was written in, and an [`Object`] is a text in the making. Nothing is built
//! up, copied or torn down, numbers keep their digits, and the module stays small: `serde_json` costs a visitor 18 KB of
//! brotli, and a tree of our own cost 16 KB.

mod malformed;
mod object;
mod view;

pub use malformed::{MAX_DEPTH, Malformed};
pub use object::Object;
pub use view::{Items, Json, Members};

#[cfg(test)]
pub(crate) use malformed::any_json;
pub(crate) use object::{digits, quoted};

/// A whole number of 1 to `longest` decimal digits and nothing else.
pub(crate) fn whole(text: &str, longest: usize) -> Option<u64> {
    if !(1..=longest).contains(&text.len()) {
        return None;
    }
    let mut number = 0;
    for byte in text.bytes() {
        if !byte.is_ascii_digit() {
            return None;
        }
        number = number * 10 + u64::from(byte - b'0');
    }
    Some(number)
}
