//! A field that cannot be.

use crate::json::Json;
use crate::text::joined;
use core::fmt;
use core::ops::{Deref, DerefMut};

/// Why a record, a setting or a policy was not accepted: the field, what was given, what is accepted.
///
/// In a box: most calls can fail, and so each answer is one word instead of nine.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invalid(Box<Mistake>);

/// What an [`Invalid`] tells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistake {
    /// The field, as a path where it lies deeper: `tags[2]`, `batch.records`.
    pub field: Box<str>,
    /// What was given, as JSON, at most [`MAX_GIVEN`] characters of it; empty where the field is missing.
    pub given: Box<str>,
    /// What is accepted, in words.
    pub accepted: Box<str>,
}

impl Invalid {
    /// A field whose value is not acceptable; `None` means that the field is missing.
    pub fn new(field: &str, given: Option<Json<'_>>, accepted: &str) -> Invalid {
        let given = given.map(shown).unwrap_or_default();
        Invalid(Box::new(Mistake { field: field.into(), given, accepted: accepted.into() }))
    }

    /// One plain sentence.
    pub fn message(&self) -> Box<str> {
        let (is, given) = if self.given.is_empty() { ("` is missing", "") } else { ("` is ", &*self.given) };
        joined(&["`", &self.field, is, given, "; accepted: ", &self.accepted])
    }
}

impl Deref for Invalid {
    type Target = Mistake;

    fn deref(&self) -> &Mistake {
        &self.0
    }
}

impl DerefMut for Invalid {
    fn deref_mut(&mut self) -> &mut Mistake {
        &mut self.0
    }
}

impl fmt::Display for Invalid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message())
    }
}

impl std::error::Error for Invalid {}

fn shown(given: Json<'_>) -> Box<str> {
    let mut text = String::new();
    for (at, c) in given.as_str().chars().enumerate() {
        if at == MAX_GIVEN {
            text.push('…');
            break;
        }
        text.push(c);
    }
    text.into()
}

/// Words as a list for people.
pub(crate) fn list(words: &[&str]) -> Box<str> {
    let mut list = String::new();
    for word in words {
        list.push_str(if list.is_empty() { "" } else { ", " });
        list.push_str(word);
    }
    list.into()
}

/// How much of a value is repeated in a message, in characters.
const MAX_GIVEN: usize = 60;
