//! Changes of the page's address without a load.
//!
//! The Navigation API tells of them by itself. Where it is absent, `pushState` and `replaceState` are wrapped.

use super::edge::Edge;
use super::listener::{Listeners, Phase};
use super::navigation::look;
use super::node::ask;
use super::window::window;
use super::wrap::wrap;
use crate::capture::Navigation;
use js_sys::Reflect;
use std::rc::Rc;
use wasm_bindgen::prelude::{JsCast, JsValue, wasm_bindgen};
use web_sys::EventTarget;

/// Looks at the page whenever its address has changed, until `listeners` end.
///
/// # Errors
/// What wrapping threw.
pub(super) fn follow(edge: &Edge, listeners: &Rc<Listeners>) -> Result<(), JsValue> {
    let window = window();
    // A variable of the page, or an element, may be called so.
    if let Some(navigation) = Reflect::get(&window, &"navigation".into())?.dyn_ref::<NavigationApi>() {
        listeners.on(edge, navigation, "currententrychange", Phase::Capture, |edge, event| {
            let is_replaced = ask(&event, "navigationType") == "replace";
            look(edge, if is_replaced { Navigation::Replace } else { Navigation::Other });
        });
        return Ok(());
    }
    // Before the router hears of it, which may set the title at once.
    for event in ["popstate", "hashchange"] {
        listeners.on(edge, &window, event, Phase::Capture, |edge, _| look(edge, Navigation::Other));
    }
    let history = Reflect::get(&window, &"history".into())?;
    for (method, how) in [("pushState", Navigation::Other), ("replaceState", Navigation::Replace)] {
        let changed = listeners.function(edge, move |edge, _| look(edge, how));
        wrap(&history, method, &listeners.signal(), None, Some(&changed))?;
    }
    Ok(())
}

// web-sys has the Navigation API behind a flag of the compiler's.
#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(extends = EventTarget, js_name = Navigation)]
    type NavigationApi;
}
