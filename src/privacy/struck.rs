//! From which fields of a record something was struck out.

/// Fields of a record.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Struck(u8);

impl Struck {
    pub(crate) const URL: Struck = Struck(1);
    pub(crate) const NAME: Struck = Struck(2);
    pub(super) const DESCRIPTION: Struck = Struck(4);
    pub(super) const TAGS: Struck = Struck(8);
    pub(super) const META: Struck = Struck(16);

    /// Adds a field, where `is_struck`.
    pub(crate) fn note(&mut self, field: Struck, is_struck: bool) {
        if is_struck {
            self.0 |= field.0;
        }
    }

    /// Their names.
    pub fn names(self) -> impl Iterator<Item = &'static str> {
        NAMES.into_iter().enumerate().filter(move |(place, _)| self.0 >> place & 1 == 1).map(|(_, name)| name)
    }
}

const NAMES: [&str; 5] = ["url", "name", "description", "tags", "meta"];
