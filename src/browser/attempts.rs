//! What is seen of a form that a script sends, see `follow` and `pressOf` in `forms.js`.

use super::edge::Edge;
use super::listener::Listeners;
use crate::capture::{ERROR_WORDS, LOOK_MS, Signs};
use crate::tracker::Input;
use js_sys::{Function, Object};
use wasm_bindgen::prelude::{JsCast, JsValue, wasm_bindgen};
use web_sys::AbortSignal;

/// A function for JavaScript that is called with the number of a form that is watched, and what is seen of it.
pub(super) fn look(edge: &Edge, listeners: &Listeners) -> Function {
    listeners.function_of_two(edge, |edge, number, followed| {
        let number = number.as_f64().unwrap_or_default() as u32;
        let followed: &Followed = followed.unchecked_ref();
        edge.tell(Input::FormSeen { number, signs: followed.seen() });
        if !edge.ask(|tracker, _| tracker.is_open(number)) {
            _ = followed.end();
        }
    })
}

impl Followed {
    fn seen(&self) -> Signs {
        Signs(self.signs().unwrap_or_default().into())
    }
}

/// A form that is followed, from before the page's own listeners hear of its submission.
#[must_use = "it ends when this is dropped"]
pub(super) struct Following(Option<Followed>);

impl Following {
    pub(super) fn begin(form: &JsValue, button: &JsValue) -> Following {
        Following(follow(form, button, ERROR_WORDS).ok())
    }

    pub(super) fn seen(&self) -> Signs {
        self.0.as_ref().map(Followed::seen).unwrap_or_default()
    }

    /// Goes on, and calls `look` again and again, until it knows.
    pub(super) fn watch(mut self, number: u32, look: &Function, signal: &AbortSignal) {
        if let Some(followed) = self.0.take() {
            _ = watch(&followed, number, look, LOOK_MS, signal);
        }
    }
}

impl Drop for Following {
    fn drop(&mut self) {
        if let Some(followed) = &self.0 {
            _ = followed.end();
        }
    }
}

#[wasm_bindgen(module = "/src/browser/forms.js")]
extern "C" {
    type Followed;

    #[wasm_bindgen(catch)]
    fn follow(form: &JsValue, button: &JsValue, words: &str) -> Result<Followed, JsValue>;

    #[wasm_bindgen(method, catch)]
    fn signs(this: &Followed) -> Result<String, JsValue>;

    #[wasm_bindgen(method, catch)]
    fn end(this: &Followed) -> Result<(), JsValue>;

    /// Calls `look` each so many milliseconds.
    #[wasm_bindgen(catch)]
    fn watch(followed: &Followed, number: u32, look: &Function, ms: i32, signal: &AbortSignal) -> Result<(), JsValue>;

    #[wasm_bindgen(catch, js_name = lookAtAll)]
    pub(super) fn look_at_all(look: &Function) -> Result<(), JsValue>;

    /// A function that hears of changes.
    #[wasm_bindgen(catch, js_name = noteChanges)]
    pub(super) fn note_changes() -> Result<Function, JsValue>;

    /// What was pressed, by the path of its event: the Enter key in a field, or a button.
    #[wasm_bindgen(catch, js_name = pressOf)]
    pub(super) fn press_of(path: &JsValue, is_enter: bool) -> Result<Option<Pressed>, JsValue>;

    pub(super) type Pressed;

    /// The form, or what has the fields.
    #[wasm_bindgen(method, getter)]
    pub(super) fn form(this: &Pressed) -> Object;

    #[wasm_bindgen(method, getter)]
    pub(super) fn button(this: &Pressed) -> JsValue;

    /// What is known of it, in bits.
    #[wasm_bindgen(method, getter)]
    pub(super) fn is(this: &Pressed) -> u32;
}
