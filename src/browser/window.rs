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

/// Whether the page lies in a frame that takes no room, so that nobody sees it, though the browser calls it visible.
pub(super) fn is_frame_without_room() -> bool {
    let window = window();
    let is_frame = window.top().is_ok_and(|top| top.is_none_or(|top| top != window));
    is_frame && window.inner_width().is_ok_and(|width| width == 0)
}

/// Whether nobody sees the page.
pub(super) fn is_hidden() -> bool {
    guard::of_document("hidden").is_ok_and(|is_hidden| is_hidden.is_truthy())
}
