//! The face to JavaScript: every export of the module, by wasm-bindgen.
//!
//! `js/tracker.js` makes of it the throwing face that a site sees, and `js/module.js` sees to it that nothing of an instance is run any
//! more that has trapped.

pub use crate::browser::Script;
use crate::browser::{Edge, calls, inspection, look, open, read, replay, signals, to_js};
use crate::capture::Navigation;
use crate::interaction::{Invalid, Value};
use crate::privacy::{Kind, Words};
use crate::tracker::{CallName, Error, Explanation, Input, Settings, Tracker, setting_for};
use js_sys::{Object, Reflect};
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

/// A tracker, as JavaScript holds it.
#[wasm_bindgen]
pub struct Handle(Edge, Script);

#[wasm_bindgen]
impl Handle {
    /// Opens a tracker with these settings, those that are no data left out.
    ///
    /// # Errors
    /// An `OmneoError` with the mistake in the settings.
    #[wasm_bindgen(constructor)]
    pub fn new(settings: &JsValue, script: Script) -> Result<Handle, JsValue> {
        let tracker = tracker_of(settings, &script)?;
        Ok(Handle(open(tracker, Box::new(script.clone())), script))
    }

    /// The page begins. `is_signed_out`: the customer signed out, as whoever was there before knew.
    pub fn start(&self, is_signed_out: bool) {
        calls::start(&self.0, is_signed_out);
    }

    /// What is told from here on happened then and there, before the tracker was here, until [`Handle::catch_up`].
    #[wasm_bindgen(js_name = goBackTo)]
    pub fn go_back_to(&self, ms: f64, address: &str, title: &str) {
        replay::go_back_to(&self.0, ms, address, title);
    }

    /// What is told from here on happens now.
    #[wasm_bindgen(js_name = catchUp)]
    pub fn catch_up(&self) {
        replay::catch_up(&self.0);
    }

    /// A page was shown: `load` or `app` by a load, the latter where a router may set its title; `replace` in the place of the page
    /// before; `restored` as the page came back from the back/forward cache; or in any other way.
    pub fn navigated(&self, how: &str) {
        if how == "restored" {
            self.0.tell(Input::Restored);
        }
        let navigation = match how {
            "load" | "restored" => Navigation::Load,
            "app" => Navigation::App,
            "replace" => Navigation::Replace,
            _ => Navigation::Other,
        };
        look(&self.0, navigation);
    }

    /// A form was submitted: its `name` or `id`, and what people call it.
    pub fn submitted(&self, form: &str, name: &str) {
        replay::tell_submission(&self.0, form, name);
    }

    /// What would become of an interaction with these settings. Nothing is listened to. `kind` is the place in [`Kind::ALL`] of the call
    /// that would make it, for what the interaction alone does not tell.
    ///
    /// # Errors
    /// An `OmneoError` with the mistake in the settings or in the interaction.
    #[wasm_bindgen(js_name = explainWith)]
    pub fn explain_with(
        settings: &JsValue,
        host: &Script,
        given: &JsValue,
        kind: Option<u8>,
    ) -> Result<JsValue, JsValue> {
        let tracker = tracker_of(settings, host)?;
        let kind = kind.and_then(|place| Kind::ALL.get(usize::from(place)).copied());
        explained(host, tracker.explain_as(kind, read_call(host, given)?))
    }

    /// The setting that an attribute of the script tag stands for, or nearly; undefined where it is somebody else's.
    #[wasm_bindgen(js_name = settingFor)]
    pub fn setting_for(name: &str) -> JsValue {
        setting_for(name).map_or(JsValue::UNDEFINED, JsValue::from)
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
        explained(&self.1, self.0.ask(|tracker, _| tracker.explain(given)))
    }

    /// The visitor answered.
    pub fn consent(&self, answer: &JsValue) -> Result<(), JsValue> {
        let answer = self.read(answer)?;
        if !calls::consent(&self.0, &answer) {
            let invalid = Invalid::new("consent", Some(&answer), "unknown, granted, denied or an array of purposes");
            return Err(mistake(&self.1, "invalid-call", &invalid));
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
        calls::sign_out(&self.0);
    }

    /// Sends what waits; the event `settled` says what came of it.
    pub fn flush(&self) {
        calls::flush(&self.0);
    }

    /// The site told somebody else of an event: one of the calls and what it takes, or the name of any other.
    pub fn hear(&self, event: &JsValue, given: &JsValue) -> Result<(), JsValue> {
        let named = self.read(event)?.text_or_number().unwrap_or_default();
        let given = if given.is_undefined() { None } else { Some(self.read(given)?) };
        calls::hear(&self.0, named, given);
        Ok(())
    }

    /// The visitor's answer as it counts, for whoever inspects the page.
    pub fn inspected(&self) -> String {
        inspection::state(&self.0)
    }

    /// What would become of a form if it were submitted now; no field's value is read.
    #[wasm_bindgen(js_name = previewForm)]
    pub fn preview_form(&self, form: &Object) -> JsValue {
        inspection::preview_form(&self.0, form)
    }

    /// Stops; what is under way goes on, and then all is freed.
    pub fn stop(&self) {
        calls::stop(&self.0);
    }

    fn call(&self, call: CallName, given: &JsValue) -> Result<(), JsValue> {
        let given = self.read(given)?;
        self.0.try_tell(Input::Call { call, given }).map_err(|error| refused(&self.1, &error))
    }

    fn read(&self, given: &JsValue) -> Result<Value, JsValue> {
        read_call(&self.1, given)
    }
}

// A tracker at rest. Once for all who ask for one.
#[inline(never)]
fn tracker_of(settings: &JsValue, script: &Script) -> Result<Tracker, JsValue> {
    let refuse = |invalid: &Invalid| mistake(script, "invalid-settings", invalid);
    let given = read(settings).map_err(|error| refuse(&unreadable(&error)))?;
    let settings = Settings::read_with(&given, signals(), Words::given(script.words()));
    settings.map(Tracker::new).map_err(|invalid| refuse(&invalid))
}

fn read_call(script: &Script, given: &JsValue) -> Result<Value, JsValue> {
    read(given).map_err(|error| mistake(script, "invalid-call", &unreadable(&error)))
}

fn explained(script: &Script, explained: Result<Explanation, Error>) -> Result<JsValue, JsValue> {
    explained.map(|explanation| to_js(&explanation.detail())).map_err(|error| refused(script, &error))
}

fn refused(script: &Script, error: &Error) -> JsValue {
    error.invalid().map_or(JsValue::UNDEFINED, |invalid| mistake(script, error.code(), invalid))
}

// The error of JavaScript's that a site sees.
fn mistake(script: &Script, code: &str, invalid: &Invalid) -> JsValue {
    script.mistake(code, &invalid.field, &invalid.given, &invalid.accepted, &invalid.message())
}

fn unreadable(error: &JsValue) -> Invalid {
    let why = Reflect::get(error, &"message".into()).ok().and_then(|why| why.as_string()).unwrap_or_default();
    Invalid::new("argument", Some(&why.into()), "what JSON can write")
}
