//! What stands between the page's code and Rust, see `guard.js`.

use js_sys::{Function, JsString};
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};
use web_sys::{AbortController, AbortSignal, EventTarget, Request};

#[wasm_bindgen(module = "/src/browser/guard.js")]
extern "C" {
    /// A function for the page that runs Rust until it is ended, by the way in that `host` has.
    pub(super) fn guard(host: &JsValue, run: &Function) -> Function;

    /// Whoever still calls it calls nothing.
    pub(super) fn end(guarded: &Function);

    /// Hears of each such event until `signal` is aborted.
    #[wasm_bindgen(catch)]
    pub(super) fn listen(
        target: &EventTarget,
        event: &str,
        heard: &Function,
        signal: &AbortSignal,
        capture: bool,
    ) -> Result<(), JsValue>;

    /// Is aborted with `signal`, or before.
    pub(super) fn period(signal: &AbortSignal) -> AbortController;

    /// Calls `settled(value, is_rejected)` once whatever was returned is settled.
    #[wasm_bindgen(catch)]
    pub(super) fn settle(returned: &JsValue, settled: &Function) -> Result<(), JsValue>;

    /// Calls `act` once whatever runs now has ended.
    pub(super) fn soon(act: &Function);

    /// Calls `held(release)` when the lock is ours, or is not to be had; 0 is patience without end.
    pub(super) fn lock(name: &str, patience_ms: u32, ended: &AbortSignal, held: &Function);

    /// Sends what was built: a promise of the response.
    #[wasm_bindgen(catch)]
    pub(super) fn send(
        built: &Request,
        body: &JsValue,
        keepalive: bool,
        signal: &AbortSignal,
        patience_ms: u32,
    ) -> Result<JsValue, JsValue>;

    /// A promise of a text, compressed.
    #[wasm_bindgen(catch)]
    pub(super) fn gzip(text: &JsValue) -> Result<JsValue, JsValue>;

    /// What the pages of a site tell each other.
    pub(super) fn message(told: &JsValue) -> JsValue;

    /// The digits of a number.
    pub(super) fn digits(number: f64) -> String;

    /// `JSON.parse`.
    #[wasm_bindgen(catch)]
    pub(super) fn parse(text: &JsValue) -> Result<JsValue, JsValue>;

    /// An object and an array as any page's code makes them.
    #[wasm_bindgen(js_name = plainObject)]
    pub(super) fn plain_object() -> JsValue;
    #[wasm_bindgen(js_name = plainList)]
    pub(super) fn plain_list() -> JsValue;

    /// The page's address, and in a line behind it its title, where that is asked for.
    #[wasm_bindgen(catch)]
    pub(super) fn place(has_title: bool) -> Result<JsString, JsValue>;

    /// Whether the page lies in a frame that takes no room.
    #[wasm_bindgen(catch, js_name = isWithoutRoom)]
    pub(super) fn is_without_room() -> Result<bool, JsValue>;

    /// What the document itself has by that name.
    #[wasm_bindgen(catch, js_name = ofDocument)]
    pub(super) fn of_document(name: &str) -> Result<JsValue, JsValue>;
}
