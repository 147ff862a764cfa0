//! What outlives a page, with consent only: the session, the clienteling of a tab, and each record that was accepted and not yet
//! confirmed, in localStorage. That is synchronous, so a record is safe in the task it was accepted in: what happened in a task is
//! written once, when its microtasks run, or before where a request begins or the page is hidden or left. One record costs the same
//! whether 1 or 500 wait.

use super::edge::Edge;
use super::keys::{self, CLIENTELING, PREFIX, SESSION};
use super::state::Storage;
use super::{json, stages, timers, value};
use crate::interaction::Value;
use crate::queue::{Change, Snapshot};
use crate::tracker::Input;
use wasm_bindgen::prelude::{JsCast, JsValue, wasm_bindgen};
use web_sys::{Storage as WebStorage, window};

/// There is consent to keep things.
pub(super) fn recall(edge: &Edge) {
    own(edge).is_open.set(true);
    read_session(edge);
}

/// Another page may have written the session since, or taken over records of this one: whatever goes on goes on with that.
pub(super) fn refresh(edge: &Edge) {
    let own = own(edge);
    if !own.is_open.get() {
        return;
    }
    if is_another_session(edge) {
        read_session(edge);
    }
    let taken = forget_taken(edge);
    if !taken.is_empty() {
        edge.tell(Input::TakenOver { ids: taken });
    }
}

pub(super) fn remember(edge: &Edge, session: &Value) {
    let own = own(edge);
    own.is_open.set(true);
    let text = json::text(session);
    with(edge, |storage| storage.set_item(SESSION, &text));
    own.session.replace(text);
}

pub(super) fn remember_in_tab(edge: &Edge, clienteling: Option<&Value>) {
    with_tab(edge, |storage| match clienteling {
        Some(clienteling) => storage.set_item(CLIENTELING, &json::text(clienteling)),
        None => storage.remove_item(CLIENTELING),
    });
}

pub(super) fn keep(edge: &Edge, id: Box<str>, stored: Snapshot) {
    own(edge).kept.borrow_mut().keep(id, stored);
    write_soon(edge);
}

pub(super) fn drop(edge: &Edge, id: &str) {
    own(edge).kept.borrow_mut().drop(id);
    write_soon(edge);
}

/// Keeps a record of an earlier page's as it is, at once.
///
/// # Errors
/// There is no room.
pub(super) fn adopt(edge: &Edge, storage: &WebStorage, id: Box<str>, text: &str) -> Result<(), JsValue> {
    let own = own(edge);
    let number = own.kept.borrow_mut().adopt(id);
    let written = storage.set_item(&own.key(number), text);
    if written.is_err() {
        own.kept.borrow_mut().lose(number);
    }
    written
}

/// Writes what has changed, before this task ends.
pub(super) fn write(edge: &Edge) {
    let own = own(edge);
    own.is_to_write.set(false);
    while let Some(change) = own.next_change() {
        match with(edge, |storage| write_one(storage, &own.key(change.key), &change)) {
            Some(()) => stages::stored(edge, &change.records),
            None if change.is_new => _ = own.kept.borrow_mut().lose(change.key),
            None => {}
        }
    }
}

fn write_soon(edge: &Edge) {
    if !own(edge).is_to_write.replace(true) {
        timers::soon(edge, write);
    }
}

fn write_one(storage: &WebStorage, key: &str, change: &Change) -> Result<(), JsValue> {
    // Another page took it over, or emptied storage: `refresh` tells.
    if !change.is_new && !has(storage, key)? {
        return Ok(());
    }
    match &change.records[..] {
        [] => storage.remove_item(key),
        [record] => storage.set_item(key, &json::text(record)),
        records => storage.set_item(key, &json::text(&records)),
    }
}

/// `is_heard`: so did another page. Where storage has another session since, that is what the visitor agreed to anew.
pub(super) fn forget(edge: &Edge, is_heard: bool) {
    let own = own(edge);
    let is_anew = is_heard && is_another_session(edge);
    let prefix = if is_anew { [&own.page, ":"].concat() } else { PREFIX.into() };
    own.is_open.set(false);
    own.session.replace(String::new());
    own.kept.take();
    with(edge, |storage| {
        keys::all(storage)?.iter().filter(|key| key.starts_with(&prefix)).try_for_each(|key| storage.remove_item(key))
    });
    remember_in_tab(edge, None);
}

/// The page goes, perhaps for good: whoever comes may have its records.
pub(super) fn leave(edge: &Edge) {
    let own = own(edge);
    write(edge);
    if !own.kept.borrow().is_empty() {
        with(edge, |storage| storage.set_item(&own.page, ""));
        own.adoption.say(&own.page, false);
    }
}

/// Nobody is told any more; what is kept is whoever's comes.
pub(super) fn end(edge: &Edge) {
    leave(edge);
    let own = own(edge);
    own.is_open.set(false);
    own.adoption.end();
}

/// The page is back.
pub(super) fn resume(edge: &Edge) {
    let own = own(edge);
    if !own.is_open.get() {
        return;
    }
    with(edge, |storage| storage.remove_item(&own.page));
    // Also where the session is the same: the tab's other pages may have opened or ended a staff-assisted one.
    read_session(edge);
    refresh(edge);
}

/// The records of a page whose module has trapped are anybody's.
pub(super) fn leave_for_previous(edge: &Edge) {
    let Some(previous) = &own(edge).previous else { return };
    with(edge, |storage| match keys::all(storage)?.iter().any(|key| keys::page_of(key) == Some(previous)) {
        true => storage.set_item(previous, ""),
        false => Ok(()),
    });
}

/// Storage may be full or blocked; the tracker works on without it, and is told.
pub(super) fn with<T>(edge: &Edge, act: impl FnOnce(&WebStorage) -> Result<T, JsValue>) -> Option<T> {
    local().and_then(|storage| act(&storage)).map_err(|_| fail(edge)).ok()
}

fn with_tab<T>(edge: &Edge, act: impl FnOnce(&WebStorage) -> Result<T, JsValue>) -> Option<T> {
    of_tab().and_then(|storage| act(&storage)).map_err(|_| fail(edge)).ok()
}

// Nothing where storage is blocked, an empty text where there is none.
fn session(edge: &Edge) -> Option<String> {
    with(edge, |storage| Ok(storage.get_item(SESSION)?.unwrap_or_default()))
}

fn is_another_session(edge: &Edge) -> bool {
    session(edge).is_some_and(|session| session != *own(edge).session.borrow())
}

fn read_session(edge: &Edge) {
    let session = session(edge);
    if let Some(session) = &session {
        own(edge).session.replace(session.clone());
    }
    let clienteling = with_tab(edge, |storage| Ok(storage.get_item(CLIENTELING)?.unwrap_or_default()));
    let [session, clienteling] = [session, clienteling].map(|text| Some(value::stored(&text?)));
    edge.tell(Input::Recalled { session, clienteling });
}

// The ids of those that another page took over.
fn forget_taken(edge: &Edge) -> Vec<Box<str>> {
    let own = own(edge);
    let keys = own.kept.borrow().keys();
    let mut taken = Vec::new();
    for key in keys {
        if with(edge, |storage| has(storage, &own.key(key))) == Some(false) {
            taken.append(&mut own.kept.borrow_mut().lose(key));
        }
    }
    taken
}

fn own(edge: &Edge) -> &Storage {
    &edge.parts().storage
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
