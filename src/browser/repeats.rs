//! Which form of the page is which, and how often it was changed.
//!
//! What is in a form is never read, but that somebody changes it can be seen.

use super::node::{ask, path_of};
use js_sys::{Object, WeakMap};
use std::cell::Cell;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::HtmlFormElement;

/// The forms that were submitted, by number, and how often each was changed.
#[derive(Default)]
pub(super) struct Repeats {
    numbers: WeakMap,
    last: Cell<u32>,
    changes: WeakMap,
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
            self.changes.set(form, &(self.changes(form) + 1).into());
        }
    }

    /// The number of a form, or of what takes its place.
    pub(super) fn number(&self, form: &Object) -> u32 {
        let known = self.numbers.get(form).as_f64();
        known.map_or_else(
            || {
                self.last.set(self.last.get() + 1);
                self.numbers.set(form, &self.last.get().into());
                self.last.get()
            },
            |number| number as u32,
        )
    }

    /// How often the form was changed until now.
    pub(super) fn changes(&self, form: &Object) -> u32 {
        self.changes.get(form).as_f64().unwrap_or_default() as u32
    }
}
