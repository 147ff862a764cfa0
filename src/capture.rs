//! WHAT HAPPENED: from what a page shows to what is worth recording. `browser` reads the page, the tracker asks here.

mod clienteling;
mod deduplicator;
mod form;
mod pages;
mod product;
mod session;
mod visible_time;

pub use clienteling::Clienteling;
pub use deduplicator::{Deduplicator, Source};
pub use form::{FormField, LastTime, Purpose, Submission};
pub use pages::{Look, Navigation, Pages};
pub use product::{Markup, product};
pub use session::Session;
pub use visible_time::VisibleTime;
