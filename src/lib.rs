//! Records what a signed-in customer does on a brand's site as Omneo interactions.
//!
//! **A customer's action walks through four rooms, in one direction, and leaves as an Omneo interaction:**
//! [`capture`] sees what happened, [`privacy`] decides whether it may be kept, [`queue`] holds it until a batch is due, and
//! [`delivery`] says how it travels. [`interaction`] is what travels, and [`tracker`] is the walk itself. All of these are pure: they
//! run and are tested on the host, and neither clock nor network nor document is within their reach.

#![forbid(unsafe_code)]
#![warn(missing_docs)]

pub mod api;
mod browser;
pub mod capture;
pub mod delivery;
pub mod interaction;
pub mod privacy;
pub mod queue;
pub mod tracker;

#[cfg(target_arch = "wasm32")]
#[global_allocator]
static ALLOCATOR: talc::wasm::WasmDynamicTalc = talc::wasm::new_wasm_dynamic_allocator();
