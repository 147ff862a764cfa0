//! What the parts of the edge remember. Each part's own file has what is done with it.

use super::channel::Channel;
use super::host::Host;
use super::listener::Listeners;
use super::search::Search;
use super::timers::Timer;
use super::value::to_js;
use super::{guard, keys};
use crate::interaction::Value;
use crate::queue::{Change, Kept};
use crate::tracker::{Event, Request};
use js_sys::Array;
use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::rc::Rc;
use wasm_bindgen::JsValue;
use web_sys::AbortController;

/// The events that are still to be told.
#[derive(Default)]
pub(super) struct Events {
    pub(super) waiting: RefCell<VecDeque<Event>>,
    pub(super) is_telling: Cell<bool>,
}

impl Events {
    pub(super) fn next(&self) -> Option<Event> {
        self.waiting.borrow_mut().pop_front()
    }
}

/// What goes on on the page.
#[derive(Default)]
pub(super) struct Page {
    /// While anything listens.
    pub(super) listeners: RefCell<Option<Rc<Listeners>>>,
    pub(super) looking: RefCell<Option<Timer>>,
    /// For the product of the page that is shown.
    pub(super) search: RefCell<Option<Search>>,
    pub(super) wake: RefCell<Option<Timer>>,
    /// How much is still to come: answers of the token source, and turns.
    pub(super) awaited: Cell<u32>,
    pub(super) is_over: Cell<bool>,
}

impl Page {
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
}

/// The requests of a page.
#[derive(Default)]
pub(super) struct Post {
    /// Those that begin behind the next frame, and when each was asked for.
    pub(super) waiting: RefCell<Vec<(i64, Request)>>,
    /// Those that are not answered yet.
    pub(super) under_way: RefCell<Vec<u32>>,
    /// Aborts them.
    pub(super) abort: RefCell<Option<AbortController>>,
    pub(super) is_leaving: Cell<bool>,
    /// Runs while the page may be about to be left.
    pub(super) leaves: RefCell<Option<Timer>>,
}

impl Post {
    pub(super) fn is_empty(&self) -> bool {
        self.waiting.borrow().is_empty() && self.under_way.borrow().is_empty()
    }
}

/// What this page keeps.
pub(super) struct Storage {
    /// The key that says that it is gone, and the beginning of those of its records.
    pub(super) page: String,
    pub(super) previous: Option<String>,
    pub(super) is_open: Cell<bool>,
    /// The session's text as this page last read or wrote it.
    pub(super) session: RefCell<String>,
    pub(super) kept: RefCell<Kept>,
    /// What has changed in it is written when this task ends.
    pub(super) is_to_write: Cell<bool>,
    pub(super) adoption: Adoption,
    /// The turn of this page, while it is kept: when the next page has seen what this one wrote, and what ends it.
    pub(super) turn: RefCell<Option<(Timer, JsValue)>>,
}

impl Storage {
    pub(super) fn new(host: &dyn Host) -> Storage {
        Storage {
            page: host.page(),
            previous: host.previous(),
            is_open: Cell::default(),
            session: RefCell::default(),
            kept: RefCell::default(),
            is_to_write: Cell::default(),
            adoption: Adoption::default(),
            turn: RefCell::default(),
        }
    }

    /// One at a time: a page may have a function of its own in the place of the browser's, and withdraw the consent in it.
    pub(super) fn next_change(&self) -> Option<Change> {
        self.kept.borrow_mut().next_change()
    }

    /// The key of a record.
    pub(super) fn key(&self, number: u32) -> String {
        keys::of_record(&self.page, number)
    }
}

/// What this page knows of the others.
#[derive(Default)]
pub(super) struct Adoption {
    /// Where pages ask who lives with nothing, and say of themselves whether they do: `[page, lives]`.
    pub(super) channel: Channel,
    /// Those that were heard of since this page asked last.
    pub(super) alive: RefCell<Vec<Box<str>>>,
    /// Ends the silence in which they may answer.
    pub(super) asking: RefCell<Option<Timer>>,
}

impl Adoption {
    pub(super) fn say(&self, page: &str, lives: bool) {
        self.channel.post(&Array::of2(&page.into(), &lives.into()));
    }

    pub(super) fn end(&self) {
        self.asking.take();
        self.channel.close();
    }
}

/// The site's other pages in this browser.
#[derive(Default)]
pub(super) struct Tabs {
    /// The way to them: `{told}` is the visitor's answer, a word or an array, or `signed-out`.
    pub(super) channel: Channel,
    /// Whether what happens now has happened on one of them.
    pub(super) is_heard: Cell<bool>,
}

impl Tabs {
    pub(super) fn tell(&self, told: &Value) {
        self.channel.post(&guard::message(&to_js(told)));
    }
}
