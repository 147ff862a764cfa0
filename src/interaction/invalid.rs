//! A field that cannot be.

use super::Value;
use core::fmt;

/// Why a record, a setting or a policy was not accepted: the field, what was given, what is accepted. Whoever wrote the value is
/// at fault.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Invalid {
    /// The field, as a path where it lies deeper: `tags[2]`, `batch.records`.
    pub field: Box<str>,
    /// What was given, as JSON, at most 60 characters of it; empty where the field is missing.
    pub given: Box<str>,
    /// What is accepted, in words.
    pub accepted: Box<str>,
}

impl Invalid {
    /// A field whose value is not acceptable; `None` means that the field is missing.
    pub fn new(field: &str, given: Option<&Value>, accepted: &str) -> Invalid {
        let given = given.map(shown).unwrap_or_default();
        Invalid { field: field.into(), given, accepted: accepted.into() }
    }

    /// One plain sentence.
    pub fn message(&self) -> String {
        let (is, given) = if self.given.is_empty() { ("` is missing", "") } else { ("` is ", &*self.given) };
        ["`", &self.field, is, given, "; accepted: ", &self.accepted].concat()
    }
}

impl fmt::Display for Invalid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message())
    }
}

impl std::error::Error for Invalid {}

fn shown(given: &Value) -> Box<str> {
    let mut start = Start { text: String::new(), left: MAX_GIVEN };
    // What comes behind the end is refused, so that a value of any size is looked at no further.
    _ = given.show(&mut start);
    start.text.into()
}

/// The first characters of what is written into it, with `…` in place of the rest.
struct Start {
    text: String,
    left: usize,
}

impl fmt::Write for Start {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        for c in text.chars() {
            if self.left == 0 {
                self.text.push('…');
                return Err(fmt::Error);
            }
            self.left -= 1;
            self.text.push(c);
        }
        Ok(())
    }
}

/// How much of a value is repeated in a message, in characters.
const MAX_GIVEN: usize = 60;
