//! Methods of the page's that are followed, see `wrap.js`.

use js_sys::Function;
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};
use web_sys::AbortSignal;

#[wasm_bindgen(module = "/src/browser/wrap.js")]
extern "C" {
    /// Until `signal` is aborted, `before` is called with what the method is called on, before each call, and `after` after it.
    #[wasm_bindgen(catch)]
    pub(super) fn wrap(
        owner: &JsValue,
        method: &str,
        signal: &AbortSignal,
        before: Option<&Function>,
        after: Option<&Function>,
    ) -> Result<(), JsValue>;
}
