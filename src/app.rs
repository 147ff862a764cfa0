//! The tracker for a front end in Rust: Yew, Leptos, Dioxus, or none of them.
//!
//! ```
//! use omneo_interactions::app::{Error, Options, ProductView, Tracker, Value};
//!
//! /// Around the whole app, once.
//! fn start() -> Result<Tracker, Error> {
//!     Options::tenant("acme").start(token)
//! }
//!
//! /// Where somebody is signed in, the token that the site's own server has for them; else null.
//! async fn token() -> Result<Value, String> {
//!     Ok(Value::Null)
//! }
//!
//! let tracker = start()?;
//! tracker.product_view(ProductView::new().product_id(1001).name("Linen wrap dress"))?;
//! # Ok::<(), Error>(())
//! ```
//!
//! One tracker a page: it sees every view, login and form of the page by itself. Until the visitor has agreed, see
//! [`Options::consent`] and [`Tracker::consent`], nothing is stored or sent.
//!
//! Where pages are rendered on a server nobody visits them. There all of this can be called as in a browser, and does nothing. In a
//! browser the crate brings neither an allocator nor exports along.

mod call;
mod options;
#[cfg(not(target_arch = "wasm32"))]
mod server;
mod tracker;

pub use crate::interaction::{Action, Channel, Interaction, Invalid, Map, Signal, Value};
pub use crate::privacy::Consent;
pub use crate::tracker::{Capture, Error, Event, Explanation, Report};
pub use call::{Clienteling, FormSubmission, Login, PageView, ProductView};
pub use options::Options;
pub use tracker::Tracker;

#[cfg(target_arch = "wasm32")]
use crate::browser::Page;
#[cfg(not(target_arch = "wasm32"))]
use server::Page;
