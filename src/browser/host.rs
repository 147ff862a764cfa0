//! What stands around the module in JavaScript: it starts it, and gives it what is the site's.

use js_sys::{Array, Function};
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};
use web_sys::AbortSignal;

// What of it runs the site's own functions keeps to itself what they throw, but for `askToken` and `consent`.
#[wasm_bindgen]
extern "C" {
    /// What `js/module.js` and `js/tracker.js` give to a tracker.
    pub type Host;

    /// The key in storage of what this page keeps.
    #[wasm_bindgen(method, getter)]
    pub(super) fn page(this: &Host) -> String;

    /// The key of the page that came before in this very document, and whose module has trapped.
    #[wasm_bindgen(method, getter)]
    pub(super) fn previous(this: &Host) -> Option<String>;

    /// Is aborted when nothing of the tracker's is run any more: it is done, or the module has trapped.
    #[wasm_bindgen(method, getter)]
    pub(super) fn ended(this: &Host) -> AbortSignal;

    /// The tracker is done.
    #[wasm_bindgen(method)]
    pub(super) fn end(this: &Host);

    /// Asks the site who is signed in: returns a promise of what its `token` returns, or of why it failed, as a text.
    #[wasm_bindgen(method, catch, js_name = askToken)]
    pub(super) fn ask_token(this: &Host) -> Result<JsValue, JsValue>;

    /// The visitor's answer on the consent platform, where it is another than the last time.
    #[wasm_bindgen(method, catch)]
    pub(super) fn consent(this: &Host) -> Result<JsValue, JsValue>;

    /// The site's setting `product`.
    #[wasm_bindgen(method, getter)]
    pub(super) fn identify(this: &Host) -> Option<Function>;

    /// The adapters of embedded forms; `None` where no form is to be followed.
    #[wasm_bindgen(method, getter)]
    pub(super) fn embeds(this: &Host) -> Option<Array>;

    /// Whether anybody listens to that event.
    #[wasm_bindgen(method)]
    pub(super) fn hears(this: &Host, event: &str) -> bool;

    /// Tells who listens to that event.
    #[wasm_bindgen(method)]
    pub(super) fn emit(this: &Host, event: &str, detail: &JsValue);

    /// Tells who listens to `failed` what was thrown.
    #[wasm_bindgen(method)]
    pub(super) fn failed(this: &Host, reason: &str, error: &JsValue);

    /// Remembers the visitor's answer for the instance that comes in the place of one that traps.
    #[wasm_bindgen(method, setter)]
    pub(super) fn set_answer(this: &Host, answer: &JsValue);

    /// Remembers in the same way whether the customer signed out.
    #[wasm_bindgen(method, setter, js_name = isSignedOut)]
    pub(super) fn set_signed_out(this: &Host, is_signed_out: bool);

    /// Makes an `OmneoError`.
    #[wasm_bindgen(method)]
    pub(crate) fn mistake(this: &Host, code: &str, field: &str, given: &str, accepted: &str, message: &str) -> JsValue;
}
