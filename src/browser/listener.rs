//! What listens to the page.

use super::guard;
use super::host::Host;
use js_sys::Function;
use std::cell::{Cell, RefCell};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::{AbortController, AbortSignal, EventTarget};

/// Whoever owns what listens: the edge, which each function is called with.
pub(crate) trait Owner: Clone + 'static {
    fn host(&self) -> &dyn Host;

    fn pending(&self) -> &Pending;
}

/// Listeners that end together: when they are dropped, and when the tracker has ended. One of them may drop them while it runs.
#[must_use = "they end when this is dropped"]
pub(crate) struct Listeners {
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
    pub(crate) fn new(host: &dyn Host) -> Listeners {
        Listeners { abort: guard::period(&host.ended()), callbacks: RefCell::default() }
    }

    /// Is aborted when they end.
    pub(crate) fn signal(&self) -> AbortSignal {
        self.abort.signal()
    }

    /// Calls `heard` with each such event.
    pub(crate) fn on<E: Owner>(
        &self,
        edge: &E,
        target: &EventTarget,
        event: &str,
        phase: Phase,
        heard: impl Fn(&E, JsValue) + 'static,
    ) {
        self.listen(target, event, phase, &self.function(edge, heard));
    }

    /// A function for JavaScript that calls `heard` with its first argument, until these end.
    pub(crate) fn function<E: Owner>(&self, edge: &E, heard: impl Fn(&E, JsValue) + 'static) -> Function {
        self.function_of_two(edge, move |edge, given, _| heard(edge, given))
    }

    /// A function for JavaScript that calls `heard` with its first two arguments, until these end.
    pub(crate) fn function_of_two<E: Owner>(
        &self,
        edge: &E,
        heard: impl Fn(&E, JsValue, JsValue) + 'static,
    ) -> Function {
        self.add(Callback::new(edge, heard))
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

type Heard<E> = dyn Fn(&E, JsValue, JsValue);
type Once<E> = dyn FnOnce(&E, JsValue, JsValue);

impl Callback {
    pub(crate) fn new<E: Owner>(edge: &E, heard: impl Fn(&E, JsValue, JsValue) + 'static) -> Callback {
        Callback::of(edge, Box::new(heard))
    }

    /// One that runs once at most, and is freed when this is dropped.
    pub(super) fn once<E: Owner>(edge: &E, act: impl FnOnce(&E, JsValue, JsValue) + 'static) -> Callback {
        let act = Cell::new(Some(act));
        Callback::new(edge, move |edge, given, other| {
            if let Some(act) = act.take() {
                act(edge, given, other);
            }
        })
    }

    // Boxed, so that the module has one kind of closure, and not one for each function.
    fn of<E: Owner>(edge: &E, heard: Box<Heard<E>>) -> Callback {
        let owner = edge.clone();
        let closure = Closure::<dyn Fn(JsValue, JsValue)>::new(move |given, other| heard(&owner, given, other));
        let function = edge.host().guard(closure.as_ref().unchecked_ref());
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

/// The functions that are to be called once, and that nobody else owns.
#[derive(Default)]
pub(crate) struct Pending {
    callbacks: RefCell<Vec<(u32, Callback)>>,
    last: Cell<u32>,
}

impl Pending {
    /// Frees them all, called or not.
    pub(super) fn end(&self) {
        self.callbacks.take();
    }

    fn take(&self, number: u32) -> Option<Callback> {
        let mut callbacks = self.callbacks.borrow_mut();
        let place = callbacks.iter().position(|(own, _)| *own == number)?;
        Some(callbacks.swap_remove(place).1)
    }
}

/// A function for JavaScript that runs ours the first time it is called, and then nothing. It is freed then, or with the tracker.
pub(crate) fn once<E: Owner>(edge: &E, act: impl FnOnce(&E, JsValue, JsValue) + 'static) -> Function {
    once_boxed(edge, Box::new(act))
}

fn once_boxed<E: Owner>(edge: &E, act: Box<Once<E>>) -> Function {
    let pending = edge.pending();
    let number = pending.last.get().wrapping_add(1);
    pending.last.set(number);
    let callback = Callback::once(edge, move |edge, given, other| {
        let _own = edge.pending().take(number);
        act(edge, given, other);
    });
    let function = callback.function().clone();
    pending.callbacks.borrow_mut().push((number, callback));
    function
}
