//! When and where something happens.

use super::guard;
use crate::interaction::Instant;
use crate::tracker::{Context, Moment};
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

/// The time, the dice, and the page as it is now.
pub(super) fn read() -> Context {
    let place = guard::place().map_or_else(|_| String::new(), String::from);
    let (address, title) = place.split_once('\n').unwrap_or_default();
    Context { moment: Moment { now: now(), entropy: entropy() }, address: address.into(), title: title.into() }
}

/// The time. A page may have broken its clock: within the years that ISO 8601 writes, no time that is computed from it overflows.
pub(super) fn now() -> Instant {
    instant(date_now().unwrap_or_default())
}

/// As [`now`], of any time that a page's clock has told.
pub(super) fn instant(ms: f64) -> Instant {
    Instant((ms as i64).clamp(0, LATEST_MS))
}

fn entropy() -> [u8; 16] {
    let mut bytes = [0; 16];
    _ = random_values(&mut bytes);
    bytes
}

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(catch, js_namespace = Date, js_name = now)]
    fn date_now() -> Result<f64, JsValue>;

    #[wasm_bindgen(catch, js_namespace = crypto, js_name = getRandomValues)]
    fn random_values(bytes: &mut [u8]) -> Result<(), JsValue>;
}

/// 9999-12-31T23:59:59.999Z.
const LATEST_MS: i64 = 253_402_300_799_999;
