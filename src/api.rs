//! The face to JavaScript: every export of the module, by wasm-bindgen.
//!
//! `js/tracker.js` makes of it the throwing face that a site sees, and `js/module.js` sees to it that nothing of an instance is run any
//! more that has trapped.

pub use crate::browser::Host;
use crate::browser::{Edge, read, signals, to_js};
use crate::interaction::{Invalid, Value};
use crate::tracker::{CallName, Error, Input, Settings, Tracker};
use js_sys::Reflect;
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

/// A tracker, as JavaScript holds it.
#[wasm_bindgen]
pub struct Handle(Edge);

#[wasm_bindgen]
impl Handle {
    /// Opens a tracker with these settings, those that are no data left out.
    ///
    /// # Errors
    /// An `OmneoError` with the mistake in the settings.
    #[wasm_bindgen(constructor)]
    pub fn new(settings: &JsValue, host: Host) -> Result<Handle, JsValue> {
        let given = read(settings).map_err(|error| mistake(&host, "invalid-settings", &unreadable(&error)))?;
        let settings =
            Settings::read(&given, signals()).map_err(|invalid| mistake(&host, "invalid-settings", &invalid))?;
        Ok(Handle(Edge::new(Tracker::new(settings), host)))
    }

    /// The page begins. `is_signed_out`: the customer signed out, as whoever was there before knew.
    pub fn start(&self, is_signed_out: bool) {
        self.0.start(is_signed_out);
    }

    /// Records a view of a page.
    ///
    /// # Errors
    /// An `OmneoError` with the first mistake in what it was given, as for each call here.
    #[wasm_bindgen(js_name = pageView)]
    pub fn page_view(&self, given: &JsValue) -> Result<(), JsValue> {
        self.call(CallName::PageView, given)
    }

    /// Records a view of a product.
    #[wasm_bindgen(js_name = productView)]
    pub fn product_view(&self, given: &JsValue) -> Result<(), JsValue> {
        self.call(CallName::ProductView, given)
    }

    /// Records a login.
    pub fn login(&self, given: &JsValue) -> Result<(), JsValue> {
        self.call(CallName::Login, given)
    }

    /// Records a submission of a form.
    #[wasm_bindgen(js_name = formSubmission)]
    pub fn form_submission(&self, given: &JsValue) -> Result<(), JsValue> {
        self.call(CallName::FormSubmission, given)
    }

    /// Opens, or ends, a staff-assisted session.
    pub fn clienteling(&self, given: &JsValue) -> Result<(), JsValue> {
        self.call(CallName::Clienteling, given)
    }

    /// Records an interaction.
    pub fn record(&self, given: &JsValue) -> Result<(), JsValue> {
        self.call(CallName::Record, given)
    }

    /// What would become of an interaction.
    pub fn explain(&self, given: &JsValue) -> Result<JsValue, JsValue> {
        let given = self.read(given)?;
        let explained = self.0.ask(|tracker, _| tracker.explain(given));
        explained.map(|explanation| to_js(&explanation.detail())).map_err(|error| self.mistake(&error))
    }

    /// The visitor answered.
    pub fn consent(&self, answer: &JsValue) -> Result<(), JsValue> {
        let answer = self.read(answer)?;
        if !self.0.consent(&answer) {
            let invalid = Invalid::new("consent", Some(&answer), "unknown, granted, denied or an array of purposes");
            return Err(mistake(self.0.host(), "invalid-call", &invalid));
        }
        Ok(())
    }

    /// The consent platform may have another answer.
    #[wasm_bindgen(js_name = consentChanged)]
    pub fn consent_changed(&self) {
        self.0.follow_consent();
    }

    /// The customer signed out.
    #[wasm_bindgen(js_name = signOut)]
    pub fn sign_out(&self) {
        self.0.sign_out();
    }

    /// Sends what waits; the event `settled` says what came of it.
    pub fn flush(&self) {
        self.0.flush();
    }

    /// The site told somebody else of an event: one of the calls and what it takes, or the name of any other.
    pub fn hear(&self, event: &JsValue, given: &JsValue) -> Result<(), JsValue> {
        let named = self.read(event)?.text_or_number().unwrap_or_default();
        let given = if given.is_undefined() { None } else { Some(self.read(given)?) };
        self.0.hear(named, given);
        Ok(())
    }

    /// Stops; what is under way goes on, and then all is freed.
    pub fn stop(&self) {
        self.0.stop();
    }

    fn call(&self, call: CallName, given: &JsValue) -> Result<(), JsValue> {
        let given = self.read(given)?;
        self.0.try_tell(Input::Call { call, given }).map_err(|error| self.mistake(&error))
    }

    fn read(&self, given: &JsValue) -> Result<Value, JsValue> {
        read(given).map_err(|error| mistake(self.0.host(), "invalid-call", &unreadable(&error)))
    }

    fn mistake(&self, error: &Error) -> JsValue {
        error.invalid().map_or(JsValue::UNDEFINED, |invalid| mistake(self.0.host(), error.code(), invalid))
    }
}

// The error of JavaScript's that a site sees.
fn mistake(host: &Host, code: &str, invalid: &Invalid) -> JsValue {
    host.mistake(code, &invalid.field, &invalid.given, &invalid.accepted, &invalid.message())
}

fn unreadable(error: &JsValue) -> Invalid {
    let why = Reflect::get(error, &"message".into()).ok().and_then(|why| why.as_string()).unwrap_or_default();
    Invalid::new("argument", Some(&why.into()), "what JSON can write")
}
