//! What the site's listeners hear.

use super::edge::Edge;
use super::timers;
use crate::interaction::Value;
use crate::privacy::Kind;
use crate::tracker::{Event, Recorded};
use serde::Serialize;
use serde_wasm_bindgen::Serializer;
use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use wasm_bindgen::JsValue;

/// The events that are still to be told.
#[derive(Default)]
pub(super) struct Events {
    waiting: RefCell<VecDeque<Event>>,
    is_telling: Cell<bool>,
}

impl Events {
    pub(super) fn add(&self, edge: &Edge, event: Event) {
        // Whoever told it, this is the page's product.
        if let Event::Recorded(Recorded { kind: Kind::ProductView, .. }) = event {
            edge.parts().page.end_search();
        }
        self.waiting.borrow_mut().push_back(event);
    }

    fn next(&self) -> Option<Event> {
        self.waiting.borrow_mut().pop_front()
    }
}

/// Tells all that waits. What a listener records is told behind it; so many in one go that the page still answers, where each of
/// them leads to another.
pub(super) fn emit_all(edge: &Edge) {
    let events = &edge.parts().events;
    if events.is_telling.replace(true) {
        return;
    }
    for _ in 0..AT_ONCE {
        match events.next() {
            Some(event) => emit(edge, &event),
            None => break,
        }
    }
    events.is_telling.set(false);
    if !events.waiting.borrow().is_empty() {
        timers::later(edge, 0, emit_all);
    }
}

fn emit(edge: &Edge, event: &Event) {
    let host = edge.host();
    if host.hears(event.name()) {
        host.emit(event.name(), &to_js(&event.detail()));
    }
}

/// As an object of JavaScript's.
pub(crate) fn to_js(detail: &Value) -> JsValue {
    detail.serialize(&Serializer::json_compatible()).unwrap_or(JsValue::NULL)
}

/// More than a full queue that is given up leads to.
const AT_ONCE: u32 = 1_000;
