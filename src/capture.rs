//! WHAT HAPPENED: from what a page shows to what is worth recording. `js/page.js` reads the page, the tracker asks here.

mod clienteling;
mod echoes;
mod pages;
mod product;
mod session;
mod stay;

pub use clienteling::Clienteling;
pub use echoes::{Echoes, Source};
pub use pages::{Look, Pages};
pub use product::product;
pub use session::Session;
pub use stay::Stay;
