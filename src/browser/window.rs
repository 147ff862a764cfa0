//! What the page's global has and says.

use super::guard;
use crate::tracker::Signals;
use js_sys::Reflect;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::Window;

/// The page's global.
pub(super) fn window() -> Window {
    js_sys::global().unchecked_into()
}

/// What the browser says for the visitor.
pub(crate) fn signals() -> Signals {
    let navigator: JsValue = Reflect::get(&window(), &"navigator".into()).unwrap_or_default();
    let said = |name: &str| Reflect::get(&navigator, &name.into()).unwrap_or_default();
    Signals { global_privacy_control: said("globalPrivacyControl") == true, do_not_track: said("doNotTrack") == "1" }
}

/// Whether nobody sees the page.
pub(super) fn is_hidden() -> bool {
    guard::of_document("hidden").is_ok_and(|is_hidden| is_hidden.is_truthy())
}
