//! The page's life: what is shown on it, and when it is hidden, left, and back again.

use super::edge::Edge;
use super::listener::{Listeners, Phase};
use super::products::Search;
use super::timers::{self, Timer};
use super::{clicks, forms, guard, history, post};
use crate::capture::Navigation;
use crate::tracker::{Input, Signals};
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Event, PageTransitionEvent, Window};

/// What goes on on the page.
#[derive(Default)]
pub(super) struct Page {
    /// While anything listens.
    listeners: RefCell<Option<Rc<Listeners>>>,
    looking: RefCell<Option<Timer>>,
    /// For the product of the page that is shown.
    search: RefCell<Option<Search>>,
    wake: RefCell<Option<Timer>>,
    /// How much is still to come: answers of the token source, and turns.
    awaited: Cell<u32>,
    is_over: Cell<bool>,
}

impl Page {
    pub(super) fn listeners(&self) -> Option<Rc<Listeners>> {
        self.listeners.borrow().clone()
    }

    pub(super) fn is_over(&self) -> bool {
        self.is_over.get()
    }

    pub(super) fn unlisten(&self) {
        self.looking.take();
        self.end_search();
        self.listeners.take();
    }

    pub(super) fn end_search(&self) {
        self.search.take();
    }

    pub(super) fn begin_wait(&self) {
        self.awaited.set(self.awaited.get() + 1);
    }

    pub(super) fn end_wait(&self, edge: &Edge) {
        self.awaited.set(self.awaited.get() - 1);
        finish(edge);
    }
}

/// Begins to listen.
pub(super) fn listen(edge: &Edge) {
    let page = &edge.parts().page;
    if !page.is_over() && page.listeners().is_none() {
        let listeners = Rc::new(Listeners::new(edge));
        page.listeners.replace(Some(listeners.clone()));
        appear(edge);
        follow_life(&listeners);
        follow(edge, &listeners);
    }
    // Where the document is still being read, `DOMContentLoaded` says when its markup is whole. What was shown until now may be noted.
    if !edge.is_in_past() && guard::of_document("readyState").is_ok_and(|state| state != "loading") {
        look_at_load(edge);
    }
}

/// Stops, and frees all that it has once nothing is under way any more. What is still kept then is whoever's comes.
pub(super) fn stop(edge: &Edge) {
    let page = &edge.parts().page;
    look(edge, Navigation::Leave);
    page.unlisten();
    page.is_over.set(true);
    edge.tell(Input::Leaving);
}

/// As [`Edge::look`].
pub(super) fn look(edge: &Edge, navigation: Navigation) {
    let page = &edge.parts().page;
    if page.listeners.borrow().is_some() {
        page.looking.take();
        edge.tell(Input::Navigated { navigation });
    }
}

pub(super) fn look_again(edge: &Edge, after_ms: u32) {
    let timer = Timer::new(edge, after_ms as i32, |edge| look(edge, Navigation::Other));
    edge.parts().page.looking.replace(Some(timer));
}

pub(super) fn find_product(edge: &Edge, address: &str) {
    let page = &edge.parts().page;
    page.end_search();
    if page.listeners.borrow().is_some() {
        let search = Search::begin(edge, address);
        page.search.replace(Some(search));
    }
}

pub(super) fn wake(edge: &Edge, after_ms: i64) {
    let timer = Timer::new(edge, i32::try_from(after_ms).unwrap_or(i32::MAX), |edge| {
        edge.parts().page.wake.take();
        edge.tell(Input::Woke);
    });
    edge.parts().page.wake.replace(Some(timer));
}

/// Once whatever runs now has ended, see [`stop`].
pub(super) fn finish_soon(edge: &Edge) {
    timers::soon(edge, finish);
}

fn finish(edge: &Edge) {
    let page = &edge.parts().page;
    if page.is_over() && page.wake.borrow().is_none() && page.awaited.get() == 0 && edge.parts().post.is_empty() {
        edge.end();
    }
}

fn follow_life(listeners: &Listeners) {
    let window = window();
    // Never `unload` or `beforeunload`: they would keep the page out of the back/forward cache.
    let on = |event: &str, heard: fn(&Edge, JsValue)| listeners.on(&window, event, Phase::Bubble, heard);
    on("pagehide", |edge, _| leave(edge));
    on("pageshow", |edge, event| restore(edge, event.unchecked_ref()));
    on("focus", |edge, _| edge.parts().storage.adoption.adopt(edge));
    on("online", |edge, _| edge.tell(Input::Online));
    // Another page has written.
    on("storage", |edge, _| edge.parts().storage.refresh(edge));
    on("submit", |edge, event| post::expect_to_leave(edge, event.unchecked_ref()));
    on("click", |edge, event| expect_to_follow(edge, event.unchecked_ref()));
    let Some(document) = window.document() else { return };
    let on = |event: &str, heard: fn(&Edge, JsValue)| listeners.on(&document, event, Phase::Bubble, heard);
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
    if edge.embeds().is_some() {
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
    edge.parts().storage.refresh(edge);
    look(edge, Navigation::Leave);
    edge.parts().page.end_search();
    edge.tell(how);
    edge.parts().storage.write(edge);
}

fn leave(edge: &Edge) {
    post::leave(edge, |edge| hide(edge, Input::Leaving));
    edge.parts().storage.leave(edge);
}

fn appear(edge: &Edge) {
    if !is_hidden() {
        edge.parts().storage.refresh(edge);
        edge.tell(Input::Visible);
    }
}

fn return_to(edge: &Edge) {
    appear(edge);
    edge.parts().storage.adoption.adopt(edge);
}

// Back from the back/forward cache, or thawed.
fn resume(edge: &Edge) {
    edge.parts().post.give_up(edge);
    edge.parts().storage.resume(edge);
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

/// The page's global.
pub(super) fn window() -> Window {
    js_sys::global().unchecked_into()
}

/// What the browser says for the visitor.
pub(crate) fn signals() -> Signals {
    let navigator: JsValue = js_sys::Reflect::get(&window(), &"navigator".into()).unwrap_or_default();
    let said = |name: &str| js_sys::Reflect::get(&navigator, &name.into()).unwrap_or_default();
    Signals { global_privacy_control: said("globalPrivacyControl") == true, do_not_track: said("doNotTrack") == "1" }
}

fn is_hidden() -> bool {
    guard::of_document("hidden").is_ok_and(|is_hidden| is_hidden.is_truthy())
}
