//! What whoever inspects the page asks.

use super::edge::Edge;
use super::value::to_js;
use super::{markup, products};
use crate::interaction::Value;
use crate::tracker::Preview;
use js_sys::{Function, Object};
use wasm_bindgen::JsValue;

/// What would become of that form; null where it makes no record.
///
/// # Errors
/// What the page's code threw.
pub(crate) fn preview_form(edge: &Edge, form: &Object) -> Result<JsValue, JsValue> {
    let submission = markup::read_empty(edge, form)?;
    Ok(shown(edge.ask(|tracker, context| tracker.preview_form(&submission, context))))
}

/// Tells `heard` what would become of the product that the page shows; null where it shows none.
///
/// # Errors
/// What the page's code threw.
pub(crate) fn preview_product(edge: &Edge, heard: Function) -> Result<(), JsValue> {
    products::read_all(edge, move |edge, markup| {
        let preview = edge.ask(|tracker, context| tracker.preview_product(markup, context));
        _ = heard.call1(&JsValue::UNDEFINED, &shown(preview));
    })
}

/// The settings as they count.
pub(crate) fn settings(edge: &Edge) -> JsValue {
    to_js(&edge.ask(|tracker, _| tracker.inspected()))
}

fn shown(preview: Option<Preview>) -> JsValue {
    to_js(&preview.map_or(Value::Null, |preview| preview.detail()))
}
