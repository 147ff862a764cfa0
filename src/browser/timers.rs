//! What happens later.

use super::edge::Edge;
use super::listener::Callback;

/// Calls `act` once, in `ms` milliseconds, unless it is dropped before.
#[must_use = "it ends when this is dropped"]
pub(crate) struct Timer {
    _callback: Callback,
}

impl Timer {
    pub(crate) fn new(edge: &Edge, ms: i32, act: impl FnOnce(&Edge) + 'static) -> Timer {
        todo!()
    }
}

/// Calls `act` once, in `ms` milliseconds, whatever happens meanwhile, unless the module traps.
pub(crate) fn later(edge: &Edge, ms: i32, act: impl FnOnce(&Edge) + 'static) {
    todo!()
}

/// Calls `settled` once the promise, or whatever else was returned, is settled: with what it is fulfilled with, or rejected.
pub(crate) fn then(edge: &Edge, promise: &wasm_bindgen::JsValue, settled: impl FnOnce(&Edge, Result<wasm_bindgen::JsValue, wasm_bindgen::JsValue>) + 'static) {
    todo!()
}
