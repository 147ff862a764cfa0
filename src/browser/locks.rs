//! One page of the site at a time, by the Web Locks API. A frame without an origin has it, and may not use it.

use super::edge::Edge;
use super::listener::once;
use super::storage::SESSION;
use super::{guard, timers};
use crate::tracker::Input;
use js_sys::Function;
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use wasm_bindgen::{JsCast, JsValue};

/// Calls `act` once, while no other page does so under that name, where the browser can see to that.
pub(super) fn hold(edge: &Edge, name: &str, act: impl FnOnce(&Edge) + 'static) {
    let act = Rc::new(Cell::new(Some(act)));
    let otherwise = act.clone();
    let held = once(edge, move |edge, release, _| {
        run(edge, &act);
        self::release(&release);
    });
    settled(edge, guard::lock(name, 0, &edge.host().ended(), &held), move |edge| run(edge, &otherwise));
}

fn run(edge: &Edge, act: &Cell<Option<impl FnOnce(&Edge)>>) {
    if let Some(act) = act.take() {
        act(edge);
    }
}

/// Lets the next page have its turn.
#[derive(Default)]
pub(super) struct Turn {
    release: RefCell<Option<JsValue>>,
}

impl Turn {
    pub(super) fn end(&self) {
        if let Some(release) = self.release.take() {
            self::release(&release);
        }
    }
}

/// When the next page reads the session, it sees what this one wrote. Whoever waits for too long goes on without.
pub(super) fn take_turn(edge: &Edge) {
    edge.parts().page.begin_wait();
    let came = Rc::new(Cell::new(false));
    let without = came.clone();
    let held = once(edge, move |edge, release, _| {
        come(edge, &came);
        edge.parts().storage.turn.release.replace(Some(release.clone()));
        timers::later(edge, SEEN_MS, move |_| self::release(&release));
    });
    settled(edge, guard::lock(SESSION, TURN_MS, &edge.host().ended(), &held), move |edge| {
        come(edge, &without);
        edge.parts().page.end_wait(edge);
    });
}

fn come(edge: &Edge, came: &Cell<bool>) {
    if !came.replace(true) {
        edge.parts().storage.refresh(edge);
        edge.tell(Input::TurnCame);
    }
}

fn settled(edge: &Edge, lock: Result<JsValue, JsValue>, act: impl FnOnce(&Edge) + 'static) {
    match lock {
        Ok(lock) => timers::then(edge, &lock, |edge, _| act(edge)),
        Err(_) => act(edge),
    }
}

fn release(release: &JsValue) {
    _ = release.unchecked_ref::<Function>().call0(&JsValue::UNDEFINED);
}

/// How long a page keeps its turn for what it wrote to be seen in another process, and how long others wait for theirs.
const SEEN_MS: i32 = 100;
const TURN_MS: u32 = 1_000;
