//! THE EDGE: the only room that touches the page. It hands in what happened as an [`Input`](crate::tracker::Input) and carries out
//! the [`Effect`](crate::tracker::Effect)s that come back; it decides nothing.
//!
//! | file | what it has to do with |
//! | --- | --- |
//! | `edge`, `state` | the way to the tracker, and what each part remembers |
//! | `perform` | the way back: what the tracker asks for is carried out |
//! | `calls`, `replay` | what whoever holds the tracker calls |
//! | `host`, `script`, `app` | who holds the tracker: a site's scripts, or an app in Rust |
//! | `listener`, `timers`, `channel` | what the page's events, promises, timers and other pages call |
//! | `page`, `navigation`, `ending` | the page's life: shown, hidden, left, back again, and the tracker's end |
//! | `past` | what happened before the tracker was there |
//! | `forms`, `repeats`, `clicks`, `history`, `products`, `search` | what the customer does there |
//! | `value`, `window`, `node` | values between JavaScript and Rust, and what the page has |
//! | `storage`, `keys`, `adoption`, `tabs`, `locks` | what outlives the page, and the site's other pages |
//! | `token`, `post` | who is signed in, and what leaves |
//! | `events` | what the site's listeners hear |
//! | `stages`, `inspection` | what whoever inspects the page hears and asks |
//!
//! Each imports others in one direction only. `edge` knows what the parts remember, and not the parts: they import it. What carries out an
//! effect is handed to it by `perform`, which, with `calls`, stands above them all.

mod adoption;
mod app;
mod attempts;
pub(crate) mod calls;
mod channel;
mod clicks;
mod context;
mod edge;
mod embeds;
mod ending;
mod events;
mod forms;
mod guard;
mod history;
mod host;
#[cfg(feature = "module")]
pub(crate) mod inspection;
mod json;
mod keys;
mod listener;
mod locks;
mod markup;
mod navigation;
mod node;
mod page;
mod past;
mod perform;
mod post;
mod products;
#[cfg(feature = "module")]
pub(crate) mod replay;
#[cfg(feature = "module")]
mod script;
mod search;
mod stages;
mod state;
mod storage;
mod tabs;
mod timers;
mod token;
mod value;
mod window;
mod wrap;

pub(crate) use app::Page;
#[cfg(feature = "module")]
pub(crate) use edge::Edge;
#[cfg(feature = "module")]
pub(crate) use navigation::look;
#[cfg(feature = "module")]
pub(crate) use perform::open;
#[cfg(feature = "module")]
pub use script::Script;
#[cfg(feature = "module")]
pub(crate) use value::{read, to_js};
#[cfg(feature = "module")]
pub(crate) use window::signals;
