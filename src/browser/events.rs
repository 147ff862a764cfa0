//! What the site's listeners hear.

use super::edge::Edge;
use super::timers;
use crate::privacy::Kind;
use crate::tracker::{Event, Recorded};

/// Is told after all that is carried out.
pub(super) fn add(edge: &Edge, event: Event) {
    // Whoever told it, this is the page's product.
    if let Event::Recorded(Recorded { kind: Kind::ProductView, .. }) = event {
        edge.parts().page.end_search();
    }
    edge.parts().events.waiting.borrow_mut().push_back(event);
}

/// Tells all that waits. What a listener records is told behind it; so many in one go that the page still answers, where each of
/// them leads to another.
pub(super) fn emit_all(edge: &Edge) {
    let events = &edge.parts().events;
    if events.is_telling.replace(true) {
        return;
    }
    for _ in 0..AT_ONCE {
        match events.next() {
            Some(event) => edge.host().emit(&event),
            None => break,
        }
    }
    events.is_telling.set(false);
    if !events.waiting.borrow().is_empty() {
        timers::later(edge, 0, emit_all);
    }
}

/// More than a full queue that is given up leads to.
const AT_ONCE: u32 = 1_000;
