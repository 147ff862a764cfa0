//! When a form was submitted last, and whether it was changed since.
//!
//! What is in a form is never read, but that somebody changes it can be seen.

use super::context;
use super::node::{ask, path_of};
use crate::capture::LastTime;
use js_sys::{WeakMap, WeakSet};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::HtmlFormElement;

/// When forms were submitted last, and which of them were changed since.
#[derive(Default)]
pub(super) struct Repeats {
    last: WeakMap,
    changed: WeakSet,
}

/// The events that tell of a change.
pub(super) const CHANGES: [&str; 3] = ["input", "change", "reset"];

impl Repeats {
    /// Somebody changed a field, or a script emptied a form.
    pub(super) fn change(&self, event: &JsValue) {
        let path = path_of(event);
        // A field may lie outside of its form.
        let owner = path.first().map(|field| ask(field, "form"));
        for form in path.iter().chain(&owner).filter_map(|node| node.dyn_ref::<HtmlFormElement>()) {
            self.changed.add(form);
        }
    }

    /// The form is submitted now. Returns the time before.
    pub(super) fn submit(&self, form: &HtmlFormElement) -> Option<LastTime> {
        let now = context::now().0;
        let last = self.last.get(form).as_f64();
        self.last.set(form, &(now as f64).into());
        let was_changed = self.changed.delete(form);
        last.map(|last| LastTime { ago_ms: now - last as i64, was_changed })
    }
}
