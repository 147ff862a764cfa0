//! What the nodes and events of the page have.
//!
//! It is the prototype's, because a field called `closest` hides the form's own. What the page's code throws on the way ends here.

use js_sys::Array;
use wasm_bindgen::prelude::{JsCast, JsValue, wasm_bindgen};

/// The property of that name; of a method, what it returns. Undefined where the page's code throws.
pub(super) fn ask(node: &JsValue, name: &str) -> JsValue {
    try_ask(node, name, None).unwrap_or_default()
}

/// What the method of that name returns for a text. Undefined where the page's code throws.
pub(super) fn ask_for(node: &JsValue, name: &str, given: &str) -> JsValue {
    try_ask(node, name, Some(given)).unwrap_or_default()
}

/// The nodes that an event passes, from its target, also that within a shadow root, up to the window.
pub(super) fn path_of(event: &JsValue) -> Vec<JsValue> {
    ask(event, "composedPath").dyn_into::<Array>().map(|path| path.iter().collect()).unwrap_or_default()
}

#[wasm_bindgen(module = "/src/browser/forms.js")]
extern "C" {
    #[wasm_bindgen(catch, js_name = ask)]
    fn try_ask(node: &JsValue, name: &str, given: Option<&str>) -> Result<JsValue, JsValue>;
}
