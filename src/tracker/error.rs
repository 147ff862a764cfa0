//! What is wrong with the settings or a call.

use crate::interaction::Invalid;
use core::fmt;

/// A mistake of the site's, told where it was made.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Error {
    /// Whoever set the tracker up is at fault.
    InvalidSettings(Invalid),
    /// Whoever made the call is at fault.
    InvalidCall(Vec<Invalid>),
    /// Whoever wrote the record that was handed over whole is at fault.
    InvalidInteraction(Vec<Invalid>),
}

impl Error {
    /// Names the kind of mistake, for programs; it stays the same from release to release.
    pub fn code(&self) -> &'static str {
        match self {
            Error::InvalidSettings(_) => "invalid-settings",
            Error::InvalidCall(_) => "invalid-call",
            Error::InvalidInteraction(_) => "invalid-interaction",
        }
    }

    /// The first field that is wrong.
    pub fn invalid(&self) -> Option<&Invalid> {
        match self {
            Error::InvalidSettings(invalid) => Some(invalid),
            Error::InvalidCall(all) | Error::InvalidInteraction(all) => all.first(),
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.invalid().map_or(Ok(()), |invalid| invalid.fmt(f))
    }
}

impl std::error::Error for Error {}
