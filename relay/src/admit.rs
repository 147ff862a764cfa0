//! What may be kept: inflated within bounds, an interaction, allowed and scrubbed, by the tracker's own crate, so that a page that
//! was tampered with gets no more past the relay than past the tracker.
//!
//! What the relay cannot judge: rules by `purpose`, since only the page knows what its visitor agreed to, and the type of a form's
//! field.

mod inflate;
mod record;

pub use inflate::{Encoding, TooLarge, inflate};
pub use record::{Refused, admit};
