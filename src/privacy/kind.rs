//! What sort of thing happened, as far as the allowlist cares.

use crate::interaction::Interaction;

/// The sort of thing a record tells of; the words are the names of the calls that record it.
pub type Kind = &'static str;

/// A customer signed in.
pub const LOGIN: Kind = "login";
/// A page was viewed.
pub const PAGE_VIEW: Kind = "pageView";
/// A product was viewed.
pub const PRODUCT_VIEW: Kind = "productView";
/// A form was submitted.
pub const FORM_SUBMISSION: Kind = "formSubmission";
/// Whatever else the site records.
pub const RECORD: Kind = "record";

/// Every kind.
pub const KINDS: &[Kind] = &[LOGIN, PAGE_VIEW, PRODUCT_VIEW, FORM_SUBMISSION, RECORD];

/// What a record handed over whole tells of. A view of a product or of an address is one, whoever recorded it; a login or a
/// submission cannot be told from other visits and disclosures, so those have calls of their own.
pub fn kind_of(interaction: &Interaction) -> Kind {
    if !interaction.field("action").is_some_and(|action| action.is("view")) {
        RECORD
    } else if interaction.field("product_id").is_some() {
        PRODUCT_VIEW
    } else if interaction.field("url").is_some() {
        PAGE_VIEW
    } else {
        RECORD
    }
}
