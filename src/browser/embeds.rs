//! Embedded forms, whose own scripts say that they were submitted: `js/forms/` has who knows which.

use super::edge::Edge;
use super::listener::Listeners;
use super::value;
use crate::capture::Submission;
use crate::tracker::Input;
use js_sys::Function;
use std::rc::Rc;
use wasm_bindgen::prelude::{JsCast, JsValue, wasm_bindgen};
use web_sys::AbortSignal;

/// Tells of each submission, until `listeners` end. Returns the selectors of the forms that the adapters speak for, whose own events
/// do not count then.
pub(super) fn follow(edge: &Edge, listeners: &Rc<Listeners>) -> Vec<String> {
    let submitted = listeners.function_of_two(edge, |edge, form, name| {
        let [form, name] = [form, name]
            .map(|given| value::read(&given).ok().and_then(|given| given.text_or_number()).unwrap_or_default());
        edge.tell(Input::Submitted { submission: Submission { form, name, ..Submission::default() } });
    });
    let begun = edge.host().embeds().unwrap_or_default().into_iter().filter_map(|embed| {
        let selector = begin(embed.unchecked_ref(), &submitted, &listeners.signal());
        selector.inspect_err(|error| edge.failed("An adapter of `forms` threw.", error)).ok()?.as_string()
    });
    begun.filter(|selector| !selector.is_empty()).collect()
}

#[wasm_bindgen(module = "/src/browser/forms.js")]
extern "C" {
    /// Begins an adapter: `submitted` is called with which form it was, and what people call it. Returns its selector.
    #[wasm_bindgen(catch, js_name = beginEmbed)]
    fn begin(embed: &Function, submitted: &Function, signal: &AbortSignal) -> Result<JsValue, JsValue>;
}
