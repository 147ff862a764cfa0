//! What sort of thing happened, as far as the allowlist cares.

use crate::interaction::{Action, Interaction, words};

words! {
    /// The sort of thing a record tells of; the words are the names of the calls that record it.
    Kind {
        /// A customer signed in.
        Login = "login",
        /// A page was viewed.
        PageView = "pageView",
        /// A product was viewed.
        ProductView = "productView",
        /// A form was submitted.
        FormSubmission = "formSubmission",
        /// Whatever else the site records.
        Record = "record",
    }
}

impl Kind {
    /// What a record handed over whole tells of. A view of a product or of an address is one, whoever recorded it; a login or a
    /// submission cannot be told from other visits and disclosures, so those have calls of their own.
    pub fn of_record(interaction: &Interaction) -> Kind {
        if interaction.action != Action::View {
            Kind::Record
        } else if interaction.product_id.is_some() {
            Kind::ProductView
        } else if interaction.url.is_some() {
            Kind::PageView
        } else {
            Kind::Record
        }
    }

    /// Whether a call of this kind makes records with that action.
    pub fn makes(self, action: Action) -> bool {
        match self {
            Kind::Login => action == Action::Visit,
            Kind::PageView | Kind::ProductView => action == Action::View,
            Kind::FormSubmission => action == Action::Disclose,
            Kind::Record => true,
        }
    }
}
