//! How a tracker that was stopped ends: what is under way goes on, and then all is freed.

use super::edge::Edge;
use super::{storage, timers};

/// Something that was awaited came.
pub(super) fn end_wait(edge: &Edge) {
    let awaited = &edge.parts().page.awaited;
    awaited.set(awaited.get() - 1);
    finish(edge);
}

/// Once whatever runs now has ended.
pub(super) fn finish_soon(edge: &Edge) {
    timers::soon(edge, finish);
}

/// Ends what it still has, where nothing is under way: whoever comes may have what is kept.
pub(super) fn finish(edge: &Edge) {
    let parts = edge.parts();
    let page = &parts.page;
    if page.is_over.get() && page.wake.borrow().is_none() && page.awaited.get() == 0 && parts.post.is_empty() {
        storage::end(edge);
        parts.tabs.channel.close();
        edge.host().end();
        parts.pending.end();
    }
}
