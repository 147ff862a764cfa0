//! What happens later.

use super::guard;
use super::listener::{Callback, Owner, once};
use js_sys::Function;
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

/// Calls `act` once, in so many milliseconds, unless it is dropped before. It may be dropped by `act`.
#[must_use = "it ends when this is dropped"]
pub(crate) struct Timer {
    handle: JsValue,
    _act: Callback,
}

impl Timer {
    /// Browsers wait 24.8 days at most, which is the largest `ms`.
    pub(crate) fn new<E: Owner>(edge: &E, ms: i32, act: impl FnOnce(&E) + 'static) -> Timer {
        let act = Callback::once(edge, |edge, _, _| act(edge));
        Timer { handle: set_timeout(act.function(), ms).unwrap_or_default(), _act: act }
    }
}

impl Drop for Timer {
    fn drop(&mut self) {
        _ = clear_timeout(&self.handle);
    }
}

/// Calls `act` once, in `ms` milliseconds, unless the tracker ends.
pub(crate) fn later<E: Owner>(edge: &E, ms: i32, act: impl FnOnce(&E) + 'static) {
    _ = set_timeout(&once(edge, |edge, _, _| act(edge)), ms);
}

/// Calls `act` once, when whatever runs now has ended.
pub(crate) fn soon<E: Owner>(edge: &E, act: fn(&E)) {
    guard::soon(&once(edge, move |edge, _, _| act(edge)));
}

/// Calls `act` once the next frame is drawn; where nobody sees the page, and it has no frames, a little later.
pub(crate) fn after_frame<E: Owner>(edge: &E, act: fn(&E)) {
    _ = request_animation_frame(&once(edge, move |edge, _, _| later(edge, 0, act)));
    later(edge, FRAME_MS, act);
}

/// Calls `settled` once with what the promise, or whatever else was returned, is fulfilled or rejected with.
pub(crate) fn then<E: Owner>(
    edge: &E,
    returned: &JsValue,
    settled: impl FnOnce(&E, Result<JsValue, JsValue>) + 'static,
) {
    settle(edge, returned, Box::new(settled));
}

fn settle<E: Owner>(edge: &E, returned: &JsValue, settled: Box<Settled<E>>) {
    let settled = once(edge, |edge, value, is_rejected| {
        settled(edge, if is_rejected.is_truthy() { Err(value) } else { Ok(value) });
    });
    if let Err(error) = guard::settle(returned, &settled) {
        _ = settled.call2(&JsValue::UNDEFINED, &error, &JsValue::TRUE);
    }
}

type Settled<E> = dyn FnOnce(&E, Result<JsValue, JsValue>);

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(catch, js_name = setTimeout)]
    fn set_timeout(act: &Function, ms: i32) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(catch, js_name = clearTimeout)]
    fn clear_timeout(timer: &JsValue) -> Result<(), JsValue>;

    #[wasm_bindgen(catch, js_name = requestAnimationFrame)]
    fn request_animation_frame(act: &Function) -> Result<JsValue, JsValue>;
}

const FRAME_MS: i32 = 100;
