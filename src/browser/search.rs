//! What a search for a page's product has, see `products`.

use super::listener::Callback;
use super::timers::Timer;
use std::cell::Cell;
use std::rc::Rc;
use web_sys::MutationObserver;

/// The search for the product of the page that is shown.
#[must_use = "it ends when this is dropped"]
pub(super) struct Search(pub(super) Rc<Page>);

/// The page that is searched.
pub(super) struct Page {
    /// Its address, cleaned.
    pub(super) address: Box<str>,
    pub(super) is_over: Cell<bool>,
    /// Is called when the page has changed.
    pub(super) changed: Callback,
    pub(super) observer: Cell<Option<MutationObserver>>,
    /// The next look.
    pub(super) next: Cell<Option<Timer>>,
    /// The end of the search.
    pub(super) end: Cell<Option<Timer>>,
}

impl Drop for Search {
    fn drop(&mut self) {
        self.0.end();
    }
}

impl Page {
    pub(super) fn disconnect(&self) {
        if let Some(observer) = self.observer.take() {
            observer.disconnect();
        }
    }

    pub(super) fn end(&self) {
        self.is_over.set(true);
        self.disconnect();
        self.next.take();
        self.end.take();
    }
}
