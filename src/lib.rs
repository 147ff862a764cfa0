//! Records what a signed-in customer does on a brand's site as Omneo interactions.
//!
//! **A customer's action walks through four rooms, in one direction, and leaves as an Omneo interaction:**
//! [`capture`] sees what happened, [`privacy`] decides whether it may be kept, [`queue`] holds it until a batch is due, and
//! [`delivery`] says how it travels. [`interaction`] is what travels, [`json`] what it is written in, and [`tracker`] is the
//! walk itself. All of these are pure: they run and are tested on the host, and neither clock nor network nor document is
//! within their reach.
//!
//! Only JavaScript touches the page (`js/page.js`), and it decides nothing: it tells the tracker what happened and carries
//! out the [`tracker::Effect`]s that come back, through the one door of `api`.

#![warn(missing_docs)]

pub mod afresh;
pub mod api;
pub mod capture;
pub mod delivery;
pub mod interaction;
pub mod json;
pub mod privacy;
pub mod queue;
mod shape;
mod text;
pub mod tracker;

#[cfg(target_arch = "wasm32")]
#[global_allocator]
static ALLOCATOR: arena::Arena = arena::Arena::new();

#[cfg(target_arch = "wasm32")]
mod arena;
#[cfg(target_arch = "wasm32")]
mod door;
