//! What stands around a tracker: it has set it up, and gives it what is the site's.

use crate::interaction::Value;
use crate::tracker::Event;
use js_sys::{Array, Function};
use wasm_bindgen::JsValue;
use web_sys::AbortSignal;

/// Whoever a tracker is held by: the scripts of a site, or an app in Rust.
///
/// What runs the site's own functions keeps to itself what they throw, but for `ask_token` and `consent`.
pub(crate) trait Host {
    /// The key in storage of what this page keeps.
    fn page(&self) -> String;

    /// The key of the page that came before in this very document, and whose module has trapped.
    fn previous(&self) -> Option<String> {
        None
    }

    /// Is aborted when nothing of the tracker's is run any more: it is done, or the module has trapped.
    fn ended(&self) -> AbortSignal;

    /// The tracker is done.
    fn end(&self);

    /// A function for the page that runs Rust, until the tracker has ended.
    fn guard(&self, run: &Function) -> Function;

    /// Asks the site who is signed in: returns a promise of what its `token` returns, or of why it failed, as a text.
    ///
    /// # Errors
    /// Why it failed at once.
    fn ask_token(&self) -> Result<JsValue, JsValue>;

    /// The visitor's answer on the consent platform, where it is another than the last time.
    ///
    /// # Errors
    /// What the platform threw.
    fn consent(&self) -> Result<JsValue, JsValue> {
        Ok(JsValue::UNDEFINED)
    }

    /// The site's setting `product`.
    fn identify(&self) -> Option<Function> {
        None
    }

    /// The adapters of embedded forms; `None` where no form is to be followed.
    fn embeds(&self) -> Option<Array>;

    /// What reads all that a person sees of a form's fields, see `js/seen.js`; undefined where no policy asks for it.
    fn see(&self) -> JsValue;

    /// Tells who listens to such events.
    fn emit(&self, event: &Event);

    /// Whether anybody wants to know of each stage of a record.
    fn is_inspecting(&self) -> bool {
        false
    }

    /// Tells who listens to `failed` what was thrown.
    fn failed(&self, reason: &str, error: &JsValue);

    /// Remembers the visitor's answer for the instance that comes in the place of one that traps.
    fn remember_answer(&self, _answer: &Value) {}

    /// Remembers in the same way whether the customer signed out.
    fn remember_signed_out(&self, _is_signed_out: bool) {}
}
