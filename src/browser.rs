//! THE EDGE: the only room that touches the page. It hands in what happened as an [`Input`](crate::tracker::Input) and carries out
//! the [`Effect`](crate::tracker::Effect)s that come back; it decides nothing.
//!
//! | file | what it has to do with |
//! | --- | --- |
//! | `edge` | the way to the tracker and back |
//! | `host`, `script`, `app` | who holds the tracker: a site's scripts, or an app in Rust |
//! | `listener`, `timers` | what the page's events, promises and timers call |
//! | `page` | the page's life: shown, hidden, left, back again |
//! | `past` | what happened before the tracker was there |
//! | `forms`, `repeats`, `clicks`, `history`, `products` | what the customer does there |
//! | `value` | values between JavaScript and Rust |
//! | `storage`, `tabs`, `locks` | what outlives the page, and the site's other pages |
//! | `token`, `post` | who is signed in, and what leaves |
//! | `events` | what the site's listeners hear |

mod adoption;
mod app;
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
mod repeats;
#[cfg(feature = "module")]
mod script;
mod search;
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
