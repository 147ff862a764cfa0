//! One page of the site at a time, by the Web Locks API. A frame without an origin has it, and may not use it.

use super::edge::Edge;
use super::guard;
use super::listener::once;
use super::storage::SESSION;
use super::timers::Timer;
use crate::tracker::Input;
use js_sys::Function;
use std::cell::RefCell;
use wasm_bindgen::{JsCast, JsValue};

/// Calls `act` once, while no other page does so under that name, where the browser can see to that.
pub(super) fn hold(edge: &Edge, name: &str, act: fn(&Edge)) {
    let held = once(edge, move |edge, release, _| {
        act(edge);
        self::release(&release);
    });
    guard::lock(name, 0, &edge.host().ended(), &held);
}

/// When the next page reads the session, it sees what this one wrote. Whoever waits for too long goes on without.
pub(super) fn take_turn(edge: &Edge) {
    edge.parts().page.begin_wait();
    let held = once(edge, |edge, release, _| {
        edge.parts().storage.refresh(edge);
        edge.tell(Input::TurnCame);
        edge.parts().storage.turn.keep(edge, release);
    });
    guard::lock(SESSION, TURN_MS, &edge.host().ended(), &held);
}

/// The turn of this page, while it is kept.
#[derive(Default)]
pub(super) struct Turn {
    kept: RefCell<Option<(Timer, JsValue)>>,
}

impl Turn {
    fn keep(&self, edge: &Edge, release: JsValue) {
        self.end(edge);
        let seen = Timer::new(edge, SEEN_MS, |edge| edge.parts().storage.turn.end(edge));
        self.kept.replace(Some((seen, release)));
    }

    /// Lets the next page have its turn.
    pub(super) fn end(&self, edge: &Edge) {
        let kept = self.kept.take();
        if let Some((_, release)) = kept {
            self::release(&release);
            edge.parts().page.end_wait(edge);
        }
    }
}

fn release(release: &JsValue) {
    _ = release.unchecked_ref::<Function>().call0(&JsValue::UNDEFINED);
}

/// How long a page keeps its turn for what it wrote to be seen in another process, and how long others wait for theirs.
const SEEN_MS: i32 = 100;
const TURN_MS: u32 = 1_000;
