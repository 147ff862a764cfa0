//! Records what a signed-in customer does on a brand's site as Omneo interactions.
//!
//! **A customer's action walks through four rooms, in one direction, and leaves as an Omneo interaction:**
//! [`capture`] sees what happened, [`privacy`] decides whether it may be kept, [`queue`] holds it until a batch is due, and
//! [`delivery`] says how it travels. [`interaction`] is what travels, and [`tracker`] is the walk itself. All of these are pure: they
//! run and are tested on the host, and neither clock nor network nor document is within their reach.
//!
//! [`app`] is what a front end in Rust starts and calls. For sites in JavaScript, npm's package has all of it as a module.

#![forbid(unsafe_code)]
#![warn(missing_docs)]

#[cfg(all(target_arch = "wasm32", feature = "module"))]
pub mod api;
pub mod app;
#[cfg(target_arch = "wasm32")]
mod browser;
pub mod capture;
pub mod delivery;
pub mod interaction;
pub mod privacy;
pub mod queue;
pub mod tracker;

#[cfg(all(target_arch = "wasm32", feature = "module"))]
#[global_allocator]
static ALLOCATOR: talc::wasm::WasmDynamicTalc = talc::wasm::new_wasm_dynamic_allocator();
