//! Whose a record is.

/// Whose a record is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Owner {
    /// The profile that was signed in as it was accepted.
    Profile(Box<str>),
    /// The next token's profile: this page has had none yet.
    Next {
        /// The profile that was signed in here last, as far as storage knew when the record was accepted; `None` where nobody was.
        last: Option<Box<str>>,
    },
    /// That profile only, and nobody's where it is `None`: the record was accepted without a token, and then its page was left.
    Last(Option<Box<str>>),
}
