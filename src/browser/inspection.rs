//! What whoever inspects the page asks.

use super::edge::Edge;
use super::markup;
use super::value::to_js;
use js_sys::Object;
use wasm_bindgen::JsValue;

/// What would become of that form, see [`crate::tracker::Tracker::preview_form`]; null where it cannot be read.
pub(crate) fn preview_form(edge: &Edge, form: &Object) -> JsValue {
    markup::read_empty(edge, form).map_or(JsValue::NULL, |submission| {
        to_js(&edge.ask(|tracker, context| tracker.preview_form(&submission, context)))
    })
}

/// The visitor's answer as it counts, see [`crate::tracker::Tracker::inspected`].
pub(crate) fn state(edge: &Edge) -> String {
    edge.ask(|tracker, _| tracker.inspected())
}
