//! The page's life: what is shown on it, and when it is hidden, left, and back again.

use super::edge::Edge;
use super::listener::{Listeners, Phase};
use super::navigation::look;
use super::timers::Timer;
use super::window::{is_hidden, window};
use super::{adoption, clicks, forms, guard, history, locks, post, storage};
use crate::capture::Navigation;
use crate::tracker::Input;
use std::rc::Rc;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Event, PageTransitionEvent};

/// Begins to listen.
pub(super) fn listen(edge: &Edge) {
    let page = &edge.parts().page;
    if !page.is_over.get() && edge.listeners().is_none() {
        let listeners = Rc::new(Listeners::new(edge.host()));
        page.listeners.replace(Some(listeners.clone()));
        appear(edge);
        follow_life(edge, &listeners);
        follow(edge, &listeners);
    }
    // Where the document is still being read, `DOMContentLoaded` says when its markup is whole. What was shown until now may be noted.
    if edge.parts().past.borrow().is_none() && guard::of_document("readyState").is_ok_and(|state| state != "loading") {
        look_at_load(edge);
    }
}

pub(super) fn wake(edge: &Edge, after_ms: i64) {
    let timer = Timer::new(edge, i32::try_from(after_ms).unwrap_or(i32::MAX), |edge| {
        edge.parts().page.wake.take();
        edge.tell(Input::Woke);
    });
    edge.parts().page.wake.replace(Some(timer));
}

fn follow_life(edge: &Edge, listeners: &Listeners) {
    let window = window();
    // Never `unload` or `beforeunload`: they would keep the page out of the back/forward cache.
    let on = |event: &str, heard: fn(&Edge, JsValue)| listeners.on(edge, &window, event, Phase::Bubble, heard);
    on("pagehide", |edge, _| leave(edge));
    on("pageshow", |edge, event| restore(edge, event.unchecked_ref()));
    on("focus", |edge, _| adoption::adopt(edge));
    on("online", |edge, _| edge.tell(Input::Online));
    // Another page has written.
    on("storage", |edge, _| storage::refresh(edge));
    on("submit", |edge, event| post::expect_to_leave(edge, event.unchecked_ref()));
    on("click", |edge, event| expect_to_follow(edge, event.unchecked_ref()));
    let Some(document) = window.document() else { return };
    let on = |event: &str, heard: fn(&Edge, JsValue)| listeners.on(edge, &document, event, Phase::Bubble, heard);
    on("DOMContentLoaded", |edge, _| look_at_load(edge));
    on("visibilitychange", |edge, _| if is_hidden() { hide(edge, Input::Hidden) } else { return_to(edge) });
    on("resume", |edge, _| resume(edge));
}

fn follow(edge: &Edge, listeners: &Rc<Listeners>) {
    let attempt = |what: &str, begun: Result<(), JsValue>| {
        if let Err(error) = begun {
            edge.failed(&["The page's ", what, " could not be followed."].concat(), &error);
        }
    };
    if edge.host().embeds().is_some() {
        attempt("forms", forms::follow(edge, listeners));
    }
    attempt("clicks", clicks::follow(edge, listeners));
    attempt("history", history::follow(edge, listeners));
}

// A router leaves a state with the page's entry of the history.
fn look_at_load(edge: &Edge) {
    let state = window().history().and_then(|history| history.state());
    look(edge, if state.is_ok_and(|state| state.is_truthy()) { Navigation::App } else { Navigation::Load });
}

// The page is hidden: perhaps it is never seen again, and perhaps it stays.
fn hide(edge: &Edge, how: Input) {
    storage::refresh(edge);
    look(edge, Navigation::Leave);
    edge.parts().page.end_search();
    edge.tell(how);
    storage::write(edge);
}

fn leave(edge: &Edge) {
    post::leave(edge, |edge| hide(edge, Input::Leaving));
    locks::end_turn(edge);
    storage::leave(edge);
}

fn appear(edge: &Edge) {
    if !is_hidden() {
        storage::refresh(edge);
        edge.tell(Input::Visible);
    }
}

fn return_to(edge: &Edge) {
    appear(edge);
    adoption::adopt(edge);
}

// Back from the back/forward cache, or thawed.
fn resume(edge: &Edge) {
    post::give_up(edge);
    storage::resume(edge);
    edge.tell(Input::Woke);
}

// A view like any other, but that nothing of it is still to come.
fn restore(edge: &Edge, event: &PageTransitionEvent) {
    if !event.persisted() {
        return;
    }
    // First of all: somebody else may be here by now.
    appear(edge);
    resume(edge);
    edge.tell(Input::Restored);
    look(edge, Navigation::Load);
}

fn expect_to_follow(edge: &Edge, event: &Event) {
    let has_address = |node: JsValue| js_sys::Reflect::get(&node, &"href".into()).is_ok_and(|href| href.is_truthy());
    if event.composed_path().iter().any(has_address) {
        post::expect_to_leave(edge, event);
    }
}
