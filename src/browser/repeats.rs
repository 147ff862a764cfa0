//! Which submissions of a form are one: those that tell nothing new.
//!
//! What is in a form is never read, but that somebody changes it can be seen. So a form that is submitted again within a minute is
//! submitted once (a second click, a script that sends it after a captcha or a dialog, a visitor who waits in vain), unless a field
//! of it was changed since, or a script emptied it, as sites do with one that is done. For the time of a double click even that is
//! nothing new: it is what the site does with the first click.

use super::context;
use super::node::{ask, path_of};
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

    /// Whether a submission of the form, now, is the same as the last one.
    pub(super) fn is_repeat(&self, form: &HtmlFormElement) -> bool {
        let now = context::now().0 as f64;
        let last = self.last.get(form).as_f64();
        self.last.set(form, &now.into());
        let longest_ms = if self.changed.delete(form) { DOUBLE_CLICK_MS } else { REPEAT_MS };
        last.is_some_and(|last| now - last < longest_ms)
    }
}

/// The longest double click that systems know by default.
const DOUBLE_CLICK_MS: f64 = 500.0;
const REPEAT_MS: f64 = 60_000.0;
