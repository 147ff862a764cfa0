//! What listens to the page.

use super::edge::Edge;
use super::guard;
use js_sys::Function;
use std::cell::RefCell;
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::{AbortController, AbortSignal, EventTarget};

/// Listeners that end together: when they are dropped, and when the module has trapped. One may end them while it runs itself.
#[must_use = "they end when this is dropped"]
pub(crate) struct Listeners {
    edge: Edge,
    abort: AbortController,
    callbacks: RefCell<Vec<Callback>>,
}

/// When a listener hears of an event.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Phase {
    /// On its way to the target, before the page's own listeners there.
    Capture,
    /// At the target, and on its way back.
    Bubble,
}

impl Listeners {
    pub(crate) fn new(edge: &Edge) -> Listeners {
        let abort = guard::period(&edge.host().lost());
        Listeners { edge: edge.clone(), abort, callbacks: RefCell::default() }
    }

    /// Is aborted when they end.
    pub(crate) fn signal(&self) -> AbortSignal {
        self.abort.signal()
    }

    /// Calls `heard` with each such event.
    pub(crate) fn on(&self, target: &EventTarget, event: &str, phase: Phase, heard: impl Fn(&Edge, JsValue) + 'static) {
        self.listen(target, event, phase, &self.function(heard));
    }

    /// A function for JavaScript that calls `heard` with its first argument, until these end.
    pub(crate) fn function(&self, heard: impl Fn(&Edge, JsValue) + 'static) -> Function {
        let callback = Callback::new(&self.edge, heard);
        let function = callback.function().clone();
        self.callbacks.borrow_mut().push(callback);
        function
    }

    /// Calls such a function with each such event: one function may listen to many targets.
    pub(crate) fn listen(&self, target: &EventTarget, event: &str, phase: Phase, heard: &Function) {
        guard::listen(target, event, heard, &self.signal(), phase == Phase::Capture);
    }
}

impl Drop for Listeners {
    fn drop(&mut self) {
        self.abort.abort();
    }
}

/// A function for JavaScript that runs ours; it does nothing more once this is dropped, or the module has trapped.
#[must_use = "it does nothing once this is dropped"]
pub(crate) struct Callback {
    function: Function,
    _closure: Closure<dyn Fn(JsValue)>,
}

impl Callback {
    pub(crate) fn new(edge: &Edge, heard: impl Fn(&Edge, JsValue) + 'static) -> Callback {
        let owner = edge.clone();
        let closure = Closure::<dyn Fn(JsValue)>::new(move |given| heard(&owner, given));
        let function = guard::guard(edge.host(), closure.as_ref().unchecked_ref());
        Callback { function, _closure: closure }
    }

    pub(crate) fn function(&self) -> &Function {
        &self.function
    }
}
