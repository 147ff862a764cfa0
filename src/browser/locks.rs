//! One page of the site at a time, by the Web Locks API. A frame without an origin has it, and may not use it.

use super::edge::Edge;
use super::keys::SESSION;
use super::listener::once;
use super::timers::Timer;
use super::{ending, guard, storage};
use crate::tracker::Input;
use js_sys::Function;
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
        storage::refresh(edge);
        edge.tell(Input::TurnCame);
        keep_turn(edge, release);
    });
    guard::lock(SESSION, TURN_MS, &edge.host().ended(), &held);
}

/// Lets the next page have its turn.
pub(super) fn end_turn(edge: &Edge) {
    let kept = edge.parts().storage.turn.take();
    if let Some((_, release)) = kept {
        self::release(&release);
        ending::end_wait(edge);
    }
}

fn keep_turn(edge: &Edge, release: JsValue) {
    end_turn(edge);
    let seen = Timer::new(edge, SEEN_MS, end_turn);
    edge.parts().storage.turn.replace(Some((seen, release)));
}

fn release(release: &JsValue) {
    _ = release.unchecked_ref::<Function>().call0(&JsValue::UNDEFINED);
}

/// How long a page keeps its turn for what it wrote to be seen in another process, and how long others wait for theirs.
const SEEN_MS: i32 = 100;
const TURN_MS: u32 = 1_000;
