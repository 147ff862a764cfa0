//! THE EDGE: the only room that touches the page. It hands in what happened as an [`Input`](crate::tracker::Input) and carries out
//! the [`Effect`](crate::tracker::Effect)s that come back; it decides nothing.
//!
//! | file | what it has to do with |
//! | --- | --- |
//! | `edge` | the way to the tracker and back |
//! | `listener`, `timers` | what the page's events, promises and timers call |
//! | `page` | the page's life: shown, hidden, left, back again |
//! | `forms`, `repeats`, `clicks`, `history`, `products` | what the customer does there |
//! | `value` | values between JavaScript and Rust |
//! | `storage`, `tabs`, `locks` | what outlives the page, and the site's other pages |
//! | `token`, `post` | who is signed in, and what leaves |
//! | `events` | what the site's listeners hear |

mod adoption;
mod clicks;
mod context;
mod edge;
mod embeds;
mod events;
mod forms;
mod guard;
mod history;
mod host;
mod json;
mod kept;
mod listener;
mod locks;
mod markup;
mod node;
mod page;
mod post;
mod products;
mod repeats;
mod storage;
mod tabs;
mod timers;
mod token;
mod value;
mod wrap;

pub(crate) use edge::Edge;
pub(crate) use events::to_js;
pub use host::Host;
pub(crate) use page::signals;
pub(crate) use value::read;
