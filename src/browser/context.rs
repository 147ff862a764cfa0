//! When and where something happens.

use super::guard;
use crate::interaction::Instant;
use crate::tracker::{Context, Moment, Scope};
use std::cell::RefCell;
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

/// The time, the dice, and as much of the page as is asked for.
pub(super) fn read(scope: Scope) -> Context {
    let moment = Moment { now: now(), entropy: entropy() };
    let place = match scope {
        Scope::Moment => String::new(),
        Scope::Address | Scope::Page => guard::place(scope == Scope::Page).map_or_else(|_| String::new(), String::from),
    };
    let (address, title) = place.split_once('\n').unwrap_or((&place, ""));
    Context { moment, address: address.into(), title: title.into() }
}

/// The time. A page may have broken its clock: within the years that ISO 8601 writes, no time that is computed from it overflows.
pub(super) fn now() -> Instant {
    instant(date_now().unwrap_or_default())
}

/// As [`now`], of any time that a page's clock has told.
pub(super) fn instant(ms: f64) -> Instant {
    Instant((ms as i64).clamp(0, LATEST_MS))
}

// Thrown in advance, as one call takes long, however many bytes it is for.
fn entropy() -> [u8; 16] {
    // A page may have a function of its own in the place of the browser's, that leads back here.
    let mut dice = DICE.take();
    if dice.is_empty() {
        dice.resize(THROWN, [0; 16]);
        _ = random_values(dice.as_flattened_mut());
    }
    let thrown = dice.pop().unwrap_or_default();
    DICE.set(dice);
    thrown
}

thread_local! {
    static DICE: RefCell<Vec<[u8; 16]>> = RefCell::default();
}

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(catch, js_namespace = Date, js_name = now)]
    fn date_now() -> Result<f64, JsValue>;

    #[wasm_bindgen(catch, js_namespace = crypto, js_name = getRandomValues)]
    fn random_values(bytes: &mut [u8]) -> Result<(), JsValue>;
}

const THROWN: usize = 64;
/// 9999-12-31T23:59:59.999Z.
const LATEST_MS: i64 = 253_402_300_799_999;
