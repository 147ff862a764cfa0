//! The closed vocabularies of an interaction, in the order of Omneo's documentation.

/// An enum whose variants are words, each read and written in one place.
macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$variant_doc:meta])* $variant:ident = $word:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum $name {
            $($(#[$variant_doc])* $variant),+
        }

        impl $name {
            /// Every one of them.
            pub const ALL: &[$name] = &[$($name::$variant),+];

            /// The word of each, in the same order.
            pub const WORDS: &[&str] = &[$($word),+];

            /// The word that it is written as.
            pub const fn as_str(self) -> &'static str {
                match self {
                    $($name::$variant => $word),+
                }
            }

            /// The one of that word.
            pub fn of(word: &str) -> Option<$name> {
                $name::ALL.iter().copied().find(|one| one.as_str() == word)
            }
        }
    };
}

pub(crate) use words;

words! {
    /// What kind of action took place.
    Action {
        /// The brand told everybody.
        Broadcast = "broadcast",
        /// The customer disclosed something, as with a form.
        Disclose = "disclose",
        /// The customer said what they think.
        Feedback = "feedback",
        /// Something happened to a product of the customer's.
        Product = "product",
        /// The brand reached out to the customer.
        Reach = "reach",
        /// The customer referred somebody.
        Refer = "refer",
        /// The customer was served.
        Service = "service",
        /// The customer came by.
        Visit = "visit",
        /// The customer looked at something.
        View = "view",
    }
}

words! {
    /// Where an action happened.
    Channel {
        /// An app.
        App = "app",
        /// An e-mail.
        Email = "email",
        /// A store or another place.
        Location = "location",
        /// A push message.
        Push = "push",
        /// A text message.
        Sms = "sms",
        /// A social network.
        Social = "social",
        /// The customer support.
        Support = "support",
        /// A website.
        Website = "website",
    }
}

/// The sentiment of an action.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Signal {
    /// 1
    Positive,
    /// 0
    #[default]
    Neutral,
    /// −1
    Negative,
}

impl Signal {
    /// The number that it is written as.
    pub const fn number(self) -> i8 {
        match self {
            Signal::Positive => 1,
            Signal::Neutral => 0,
            Signal::Negative => -1,
        }
    }

    /// The one of that number.
    pub fn of(number: f64) -> Option<Signal> {
        [Signal::Positive, Signal::Neutral, Signal::Negative].into_iter().find(|one| f64::from(one.number()) == number)
    }
}
