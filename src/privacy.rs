//! WHETHER something is recorded: the visitor's consent, the closed allowlist, and what is struck from a record that passes.
//!
//! Omneo's test is "if the customer saw the record, would it feel convenient, or creepy?". Here that test is data: what no
//! rule allows is refused, and every refusal names the rule that refused it.

mod address;
mod consent;
mod field;
#[cfg(test)]
mod fuzz;
mod glob;
mod kept;
mod kind;
mod model;
mod policy;
mod record;
mod scrub;

use address::{clean, path_and_route};
pub(crate) use address::{cut, path};
pub use consent::{Change, Consent, Purposes};
pub use kept::Kept;
pub use kind::{FORM_SUBMISSION, KINDS, Kind, LOGIN, PAGE_VIEW, PRODUCT_VIEW, RECORD, kind_of};
pub use policy::{OWN_MODEL, Policy};
pub(crate) use record::EVENT_ID;
use record::scrubbed_json;
pub use scrub::scrub;

/// What the allowlist says of one record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// Whether the record may be kept.
    pub allowed: bool,
    /// The name of the rule that decided.
    pub rule: Box<str>,
    /// Why, in one plain sentence.
    pub reason: Box<str>,
    /// What for the visitor must have agreed; empty where any consent will do.
    pub purpose: Box<str>,
}

impl Verdict {
    pub(crate) fn refused(rule: &str, reason: &str) -> Verdict {
        Verdict { allowed: false, rule: rule.into(), reason: reason.into(), purpose: Box::default() }
    }
}

/// Cuts the next word off a table, in which `|` parts them. Small: `str::split` would carry the standard library's pattern
/// searchers into the module.
fn next_word<'a>(table: &mut &'a str) -> Option<&'a str> {
    let (word, rest) = cut(table, b'|');
    *table = rest;
    (!word.is_empty()).then_some(word)
}
