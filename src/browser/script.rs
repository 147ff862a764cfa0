//! The tracker of a site in JavaScript: what `js/module.js` and `js/tracker.js` give to it.

use super::guard;
use super::host::Host;
use super::value::to_js;
use crate::interaction::Value;
use crate::tracker::Event;
use js_sys::{Array, Function};
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};
use web_sys::AbortSignal;

impl Host for Script {
    fn page(&self) -> String {
        Script::page(self)
    }

    fn previous(&self) -> Option<String> {
        Script::previous(self)
    }

    fn ended(&self) -> AbortSignal {
        Script::ended(self)
    }

    fn end(&self) {
        Script::end(self);
    }

    fn guard(&self, run: &Function) -> Function {
        guard::guard(self, run)
    }

    fn ask_token(&self) -> Result<JsValue, JsValue> {
        Script::ask_token(self)
    }

    fn consent(&self) -> Result<JsValue, JsValue> {
        Script::consent(self)
    }

    fn identify(&self) -> Option<Function> {
        Script::identify(self)
    }

    fn embeds(&self) -> Option<Array> {
        Script::embeds(self)
    }

    fn see(&self) -> JsValue {
        Script::see(self)
    }

    fn is_inspecting(&self) -> bool {
        self.hears(Event::STAGE)
    }

    fn emit(&self, event: &Event) {
        if self.hears(event.name()) {
            Script::emit(self, event.name(), &to_js(&event.detail()));
        }
    }

    fn failed(&self, reason: &str, error: &JsValue) {
        Script::failed(self, reason, error);
    }

    fn remember_answer(&self, answer: &Value) {
        self.set_answer(&to_js(answer));
    }

    fn remember_signed_out(&self, is_signed_out: bool) {
        self.set_signed_out(is_signed_out);
    }
}

#[wasm_bindgen]
extern "C" {
    /// What the scripts around the module give to a tracker, see `js/module.js`.
    #[derive(Clone)]
    pub type Script;

    #[wasm_bindgen(method, getter)]
    fn page(this: &Script) -> String;

    #[wasm_bindgen(method, getter)]
    fn previous(this: &Script) -> Option<String>;

    #[wasm_bindgen(method, getter)]
    fn ended(this: &Script) -> AbortSignal;

    #[wasm_bindgen(method)]
    fn end(this: &Script);

    #[wasm_bindgen(method, catch, js_name = askToken)]
    fn ask_token(this: &Script) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(method, catch)]
    fn consent(this: &Script) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(method, getter)]
    fn identify(this: &Script) -> Option<Function>;

    #[wasm_bindgen(method, getter)]
    fn embeds(this: &Script) -> Option<Array>;

    /// The words for a form's fields, where they were asked for and came.
    #[wasm_bindgen(method, getter)]
    pub(crate) fn words(this: &Script) -> Option<String>;

    #[wasm_bindgen(method, getter)]
    fn see(this: &Script) -> JsValue;

    /// Whether anybody listens to that event.
    #[wasm_bindgen(method)]
    fn hears(this: &Script, event: &str) -> bool;

    /// Tells who listens to that event.
    #[wasm_bindgen(method)]
    fn emit(this: &Script, event: &str, detail: &JsValue);

    #[wasm_bindgen(method)]
    fn failed(this: &Script, reason: &str, error: &JsValue);

    #[wasm_bindgen(method, setter)]
    fn set_answer(this: &Script, answer: &JsValue);

    #[wasm_bindgen(method, setter, js_name = isSignedOut)]
    fn set_signed_out(this: &Script, is_signed_out: bool);

    /// Makes an `OmneoError`.
    #[wasm_bindgen(method)]
    pub(crate) fn mistake(
        this: &Script,
        code: &str,
        field: &str,
        given: &str,
        accepted: &str,
        message: &str,
    ) -> JsValue;
}
