//! What outlives a page, with consent only: the session, the clienteling of a tab, and each record that was accepted and not yet
//! confirmed, in localStorage. That is synchronous, so a record is safe in the task it was accepted in: what happened in a task is
//! written once, when its microtasks run, or before where a request begins or the page is hidden or left. One record costs the same
//! whether 1 or 500 wait.
//!
//! | key | what it has |
//! | --- | --- |
//! | `omneo:session` | when the customer was last seen, up to when nobody was signed in, and who |
//! | `omneo:clienteling` | the staff-assisted session of this tab, in sessionStorage |
//! | `omneo:<page>:<number>` | a record of that page, or an array of those of one task |
//! | `omneo:<page>` | the page is gone, or rests in the back/forward cache |

use super::adoption::{Adoption, page_of};
use super::edge::Edge;
use super::host::Host;
use super::locks::Turn;
use super::{json, timers, value};
use crate::interaction::Value;
use crate::queue::{Change, Kept, Snapshot};
use crate::tracker::Input;
use std::cell::{Cell, RefCell};
use wasm_bindgen::prelude::{JsCast, JsValue, wasm_bindgen};
use web_sys::{Storage as WebStorage, window};

/// What this page keeps.
pub(super) struct Storage {
    /// The key that says that it is gone, and the beginning of those of its records.
    page: String,
    previous: Option<String>,
    is_open: Cell<bool>,
    /// The session's text as this page last read or wrote it.
    session: RefCell<String>,
    kept: RefCell<Kept>,
    /// What has changed in it is written when this task ends.
    is_to_write: Cell<bool>,
    pub(super) adoption: Adoption,
    pub(super) turn: Turn,
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
            turn: Turn::default(),
        }
    }

    /// There is consent to keep things.
    pub(super) fn recall(&self, edge: &Edge) {
        self.is_open.set(true);
        self.read_session(edge);
        self.adoption.adopt(edge);
    }

    /// Another page may have written the session since, or taken over records of this one: whatever goes on goes on with that.
    pub(super) fn refresh(&self, edge: &Edge) {
        if !self.is_open.get() {
            return;
        }
        if self.read(edge, SESSION).is_some_and(|session| session != *self.session.borrow()) {
            self.read_session(edge);
        }
        let taken = self.forget_taken(edge);
        if !taken.is_empty() {
            edge.tell(Input::TakenOver { ids: taken });
        }
    }

    pub(super) fn remember(&self, edge: &Edge, session: &Value) {
        self.is_open.set(true);
        let text = json::text(session);
        self.with(edge, |storage| storage.set_item(SESSION, &text));
        self.session.replace(text);
    }

    pub(super) fn remember_in_tab(&self, edge: &Edge, clienteling: Option<&Value>) {
        self.with_tab(edge, |storage| match clienteling {
            Some(clienteling) => storage.set_item(CLIENTELING, &json::text(clienteling)),
            None => storage.remove_item(CLIENTELING),
        });
    }

    pub(super) fn keep(&self, edge: &Edge, id: Box<str>, stored: Snapshot) {
        self.kept.borrow_mut().keep(id, stored);
        self.write_soon(edge);
    }

    pub(super) fn drop(&self, edge: &Edge, id: &str) {
        self.kept.borrow_mut().drop(id);
        self.write_soon(edge);
    }

    /// Keeps a record of an earlier page's as it is, at once.
    ///
    /// # Errors
    /// There is no room.
    pub(super) fn adopt(&self, storage: &WebStorage, id: Box<str>, text: &str) -> Result<(), JsValue> {
        let key = self.kept.borrow_mut().adopt(id);
        let written = storage.set_item(&self.key(key), text);
        if written.is_err() {
            self.kept.borrow_mut().lose(key);
        }
        written
    }

    /// Writes what has changed, before this task ends.
    pub(super) fn write(&self, edge: &Edge) {
        self.is_to_write.set(false);
        while let Some(change) = self.next_change() {
            if self.with(edge, |storage| self.write_one(storage, &change)).is_none() && change.is_new {
                self.kept.borrow_mut().lose(change.key);
            }
        }
    }

    // One at a time: a page may have a function of its own in the place of the browser's, and withdraw the consent in it.
    fn next_change(&self) -> Option<Change> {
        self.kept.borrow_mut().next_change()
    }

    fn write_soon(&self, edge: &Edge) {
        if !self.is_to_write.replace(true) {
            timers::soon(edge, |edge| edge.parts().storage.write(edge));
        }
    }

    fn write_one(&self, storage: &WebStorage, change: &Change) -> Result<(), JsValue> {
        let key = self.key(change.key);
        // Another page took it over, or emptied storage: `refresh` tells.
        if !change.is_new && !has(storage, &key)? {
            return Ok(());
        }
        match &change.records[..] {
            [] => storage.remove_item(&key),
            [record] => storage.set_item(&key, &json::text(record)),
            records => storage.set_item(&key, &json::text(&records)),
        }
    }

    /// `is_heard`: so did another page. Where storage has another session since, that is what the visitor agreed to anew.
    pub(super) fn forget(&self, edge: &Edge, is_heard: bool) {
        let is_anew = is_heard && self.read(edge, SESSION).is_some_and(|session| session != *self.session.borrow());
        let prefix = if is_anew { [&self.page, ":"].concat() } else { PREFIX.into() };
        self.is_open.set(false);
        self.session.replace(String::new());
        self.kept.take();
        self.with(edge, |storage| {
            keys(storage)?.iter().filter(|key| key.starts_with(&prefix)).try_for_each(|key| storage.remove_item(key))
        });
        self.remember_in_tab(edge, None);
    }

    /// The page goes, perhaps for good: whoever comes may have its records.
    pub(super) fn leave(&self, edge: &Edge) {
        self.turn.end(edge);
        self.write(edge);
        if !self.kept.borrow().is_empty() {
            self.with(edge, |storage| storage.set_item(&self.page, ""));
            self.adoption.say(&self.page, false);
        }
    }

    /// Nobody is told any more; what is kept is whoever's comes.
    pub(super) fn end(&self, edge: &Edge) {
        self.leave(edge);
        self.is_open.set(false);
        self.adoption.end();
    }

    /// The page is back.
    pub(super) fn resume(&self, edge: &Edge) {
        if !self.is_open.get() {
            return;
        }
        self.with(edge, |storage| storage.remove_item(&self.page));
        // Also where the session is the same: the tab's other pages may have opened or ended a staff-assisted one.
        self.read_session(edge);
        self.refresh(edge);
    }

    /// The records of a page whose module has trapped are anybody's.
    pub(super) fn leave_for_previous(&self, edge: &Edge) {
        let Some(previous) = &self.previous else { return };
        self.with(edge, |storage| match keys(storage)?.iter().any(|key| page_of(key) == Some(previous)) {
            true => storage.set_item(previous, ""),
            false => Ok(()),
        });
    }

    pub(super) fn is_open(&self) -> bool {
        self.is_open.get()
    }

    pub(super) fn page(&self) -> &str {
        &self.page
    }

    /// Storage may be full or blocked; the tracker works on without it, and is told.
    pub(super) fn with<T>(&self, edge: &Edge, act: impl FnOnce(&WebStorage) -> Result<T, JsValue>) -> Option<T> {
        local().and_then(|storage| act(&storage)).map_err(|_| fail(edge)).ok()
    }

    fn with_tab<T>(&self, edge: &Edge, act: impl FnOnce(&WebStorage) -> Result<T, JsValue>) -> Option<T> {
        of_tab().and_then(|storage| act(&storage)).map_err(|_| fail(edge)).ok()
    }

    // Nothing where storage is blocked, an empty text where there is no such key.
    fn read(&self, edge: &Edge, key: &str) -> Option<String> {
        self.with(edge, |storage| Ok(storage.get_item(key)?.unwrap_or_default()))
    }

    fn read_session(&self, edge: &Edge) {
        let session = self.read(edge, SESSION);
        if let Some(session) = &session {
            self.session.replace(session.clone());
        }
        let clienteling = self.with_tab(edge, |storage| Ok(storage.get_item(CLIENTELING)?.unwrap_or_default()));
        let [session, clienteling] = [session, clienteling].map(|text| Some(value::stored(&text?)));
        edge.tell(Input::Recalled { session, clienteling });
    }

    // The ids of those that another page took over.
    fn forget_taken(&self, edge: &Edge) -> Vec<Box<str>> {
        let keys = self.kept.borrow().keys();
        let mut taken = Vec::new();
        for key in keys {
            if self.with(edge, |storage| has(storage, &self.key(key))) == Some(false) {
                taken.append(&mut self.kept.borrow_mut().lose(key));
            }
        }
        taken
    }

    fn key(&self, number: u32) -> String {
        [&self.page, ":", itoa::Buffer::new().format(number)].concat()
    }
}

fn fail(edge: &Edge) {
    edge.tell(Input::StorageFailed);
}

fn local() -> Result<WebStorage, JsValue> {
    window().and_then(|window| window.local_storage().transpose()).unwrap_or(Err(JsValue::NULL))
}

fn of_tab() -> Result<WebStorage, JsValue> {
    window().and_then(|window| window.session_storage().transpose()).unwrap_or(Err(JsValue::NULL))
}

/// All keys of a storage.
pub(super) fn keys(storage: &WebStorage) -> Result<Vec<String>, JsValue> {
    let count = storage.length()?;
    (0..count).filter_map(|at| storage.key(at).transpose()).collect()
}

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(extends = WebStorage)]
    type Texts;

    // A text of JavaScript's stays there.
    #[wasm_bindgen(method, catch, js_name = getItem)]
    fn text(this: &Texts, key: &str) -> Result<JsValue, JsValue>;
}

fn has(storage: &WebStorage, key: &str) -> Result<bool, JsValue> {
    Ok(!storage.unchecked_ref::<Texts>().text(key)?.is_null())
}

pub(super) const PREFIX: &str = "omneo:";
pub(super) const SESSION: &str = "omneo:session";
const CLIENTELING: &str = "omneo:clienteling";
