//! WHAT HAPPENED: from what a page shows to what is worth recording. `browser` reads the page, the tracker asks here.

mod attempt;
mod clienteling;
mod deduplicator;
mod form;
mod pages;
mod product;
mod purpose;
mod session;
mod visible_time;

pub use attempt::{Attempt, ERROR_WORDS, LOOK_MS, Outcome, Press, Signs};
pub use clienteling::Clienteling;
pub use deduplicator::{Deduplicator, Source};
pub use form::{FormField, Submission, Submissions};
pub use pages::{Look, Navigation, Pages};
pub use product::{Markup, product};
pub use purpose::{FormMarkup, Purpose};
pub use session::Session;
pub use visible_time::VisibleTime;
