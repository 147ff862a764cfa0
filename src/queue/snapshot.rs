//! What is kept of a record between pages.

use super::Owner;
use crate::interaction::{Instant, Interaction, Stored};
use crate::privacy::Kind;
use serde::ser::{Serialize, SerializeMap, Serializer};
use std::rc::Rc;

/// A record, and all that another page must know of it, as it was at one time. [`super::Entry::from_stored`] reads it back.
#[derive(Clone, Debug, PartialEq)]
pub struct Snapshot {
    pub(super) accepted: Instant,
    pub(super) until: Option<Instant>,
    pub(super) owner: Owner,
    pub(super) kind: Kind,
    pub(super) purpose: Option<Box<str>>,
    pub(super) record: Rc<Interaction>,
}

impl Snapshot {
    /// The record itself.
    pub fn record(&self) -> &Interaction {
        &self.record
    }
}

impl Serialize for Snapshot {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("version", &(Stored::VERSION as u8))?;
        map.serialize_entry("accepted", &self.accepted.to_stored())?;
        map.serialize_entry("until", &self.until.map(Instant::to_stored))?;
        match &self.owner {
            Owner::Profile(profile) => map.serialize_entry("profile", profile)?,
            Owner::Next { last } | Owner::Last(last) => map.serialize_entry("last", last)?,
        }
        map.serialize_entry("kind", self.kind.as_str())?;
        map.serialize_entry("purpose", &self.purpose)?;
        map.serialize_entry("record", &*self.record)?;
        map.end()
    }
}
