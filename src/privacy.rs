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
mod rule;
mod scrub;
mod struck;
mod words;

use address::{clean, path_and_route};
pub(crate) use address::{cut, path};
pub use consent::{Change, Consent, Purposes};
pub use field::FormField;
pub use kept::{Dropped, Kept};
pub use kind::Kind;
pub use policy::{OWN_MODEL, Policy};
pub(crate) use record::EVENT_ID;
pub use rule::Rule;
pub use scrub::scrub;
pub use struck::Struck;
pub use words::Words;

/// What the allowlist says of one record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// Whether the record may be kept.
    pub allowed: bool,
    /// The name of the rule that decided.
    pub rule: Box<str>,
    /// Why, in one plain sentence.
    pub reason: Box<str>,
    /// What for the visitor must have agreed; `None` where any consent will do.
    pub purpose: Option<Box<str>>,
}

impl Verdict {
    pub(crate) fn refused(rule: &str, reason: &str) -> Verdict {
        Verdict { allowed: false, rule: rule.into(), reason: reason.into(), purpose: None }
    }
}
