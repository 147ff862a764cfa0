//! What listens to the page.

use super::edge::Edge;
use super::guard;
use js_sys::Function;
use std::cell::{Cell, RefCell};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::{AbortController, AbortSignal, EventTarget};

/// Listeners that end together: when they are dropped, and when the tracker has ended. One of them may drop them while it runs.
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
        Listeners { edge: edge.clone(), abort: guard::period(&edge.host().ended()), callbacks: RefCell::default() }
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
        self.function_of_two(move |edge, given, _| heard(edge, given))
    }

    /// A function for JavaScript that calls `heard` with its first two arguments, until these end.
    pub(crate) fn function_of_two(&self, heard: impl Fn(&Edge, JsValue, JsValue) + 'static) -> Function {
        self.add(Callback::new(&self.edge, heard))
    }

    fn add(&self, callback: Callback) -> Function {
        let function = callback.function().clone();
        self.callbacks.borrow_mut().push(callback);
        function
    }

    /// Calls such a function with each such event: one function may listen to many targets.
    pub(crate) fn listen(&self, target: &EventTarget, event: &str, phase: Phase, heard: &Function) {
        _ = guard::listen(target, event, heard, &self.signal(), phase == Phase::Capture);
    }
}

impl Drop for Listeners {
    fn drop(&mut self) {
        self.abort.abort();
    }
}

/// A function for JavaScript that runs ours, and does nothing any more once this is dropped, or the tracker has ended.
#[must_use = "it does nothing once this is dropped"]
pub(crate) struct Callback {
    function: Function,
    _closure: Closure<dyn Fn(JsValue, JsValue)>,
}

impl Callback {
    pub(crate) fn new(edge: &Edge, heard: impl Fn(&Edge, JsValue, JsValue) + 'static) -> Callback {
        Callback::of(edge, Box::new(heard))
    }

    /// One that runs once at most, and is freed when this is dropped.
    pub(super) fn once(edge: &Edge, act: impl FnOnce(&Edge, JsValue, JsValue) + 'static) -> Callback {
        let act = Cell::new(Some(act));
        Callback::new(edge, move |edge, given, other| {
            if let Some(act) = act.take() {
                act(edge, given, other);
            }
        })
    }

    // Boxed, so that the module has one kind of closure, and not one for each function.
    fn of(edge: &Edge, heard: Box<dyn Fn(&Edge, JsValue, JsValue)>) -> Callback {
        let owner = edge.clone();
        let closure = Closure::<dyn Fn(JsValue, JsValue)>::new(move |given, other| heard(&owner, given, other));
        let function = guard::guard(edge.host(), closure.as_ref().unchecked_ref());
        Callback { function, _closure: closure }
    }

    pub(crate) fn function(&self) -> &Function {
        &self.function
    }
}

impl Drop for Callback {
    fn drop(&mut self) {
        guard::end(&self.function);
    }
}

/// A function for JavaScript that runs ours the first time it is called, and then nothing; it is JavaScript's to free, all but a few bytes
/// once it was called.
pub(crate) fn once(edge: &Edge, act: impl FnOnce(&Edge, JsValue, JsValue) + 'static) -> Function {
    once_boxed(edge, Box::new(act))
}

fn once_boxed(edge: &Edge, act: Box<dyn FnOnce(&Edge, JsValue, JsValue)>) -> Function {
    let act = Cell::new(Some((edge.clone(), act)));
    let closure = Closure::<dyn Fn(JsValue, JsValue)>::new(move |given, other| {
        if let Some((edge, act)) = act.take() {
            act(&edge, given, other);
        }
    });
    guard::guard(edge.host(), closure.into_js_value().unchecked_ref())
}
