//! Each page delivers its own records. Those of a page that is gone are adopted: renamed by whoever comes first.
//!
//! A page that could not say that it goes is gone when it does not answer. It holds no Web Lock to say that it lives, though that
//! would be simpler: Firefox keeps a page with a lock out of the back/forward cache, even one that is given back on `pagehide`.

use super::edge::Edge;
use super::keys::{self, PREFIX, page_of};
use super::timers::Timer;
use super::{json, locks, storage, value};
use crate::interaction::Value;
use crate::tracker::{Input, StoredRecord};
use js_sys::Array;
use wasm_bindgen::JsValue;
use web_sys::Storage;

/// Begins to hear of the others.
pub(super) fn listen(edge: &Edge) {
    edge.parts().storage.adoption.channel.open(edge, PREFIX, heard);
}

/// Makes the records of pages that are gone its own, and hands them over.
pub(super) fn adopt(edge: &Edge) {
    if !edge.parts().storage.is_open.get() {
        return;
    }
    locks::hold(edge, PREFIX, |edge| {
        take(edge, &|storage, page| matches!(storage.get_item(page), Ok(Some(_))));
        ask(edge);
    });
}

// Perhaps they live; or their mark is not seen yet, because another process wrote it.
fn ask(edge: &Edge) {
    let own = &edge.parts().storage.adoption;
    let has_others = storage::with(edge, |storage| Ok(!others(edge, storage)?.is_empty()));
    if own.asking.borrow().is_some() || has_others != Some(true) {
        return;
    }
    own.alive.take();
    own.channel.post(&Array::new());
    let silence = Timer::new(edge, SILENCE_MS, |edge| {
        edge.parts().storage.adoption.asking.take();
        locks::hold(edge, PREFIX, |edge| {
            let alive = &edge.parts().storage.adoption.alive;
            take(edge, &|_, page| !alive.borrow().iter().any(|one| **one == *page));
        });
    });
    own.asking.replace(Some(silence));
}

fn heard(edge: &Edge, data: &Value) {
    let Value::List(items) = data else { return };
    let storage = &edge.parts().storage;
    let page = items.first().and_then(Value::text).unwrap_or_default();
    match items.get(1) {
        _ if page.is_empty() => storage.adoption.say(&storage.page, true),
        Some(Value::Bool(true)) => storage.adoption.alive.borrow_mut().push(page.into()),
        // Another page went and left records.
        Some(Value::Bool(false)) => adopt(edge),
        _ => {}
    }
}

fn take(edge: &Edge, is_gone: &dyn Fn(&Storage, &str) -> bool) {
    let mut records = Vec::new();
    storage::with(edge, |storage| {
        let mut gone = others(edge, storage)?;
        gone.retain(|key| page_of(key).is_some_and(|page| is_gone(storage, page)));
        gone.iter().try_for_each(|key| take_over(edge, storage, key, &mut records))
    });
    if !records.is_empty() {
        edge.tell(Input::Adopted { records });
    }
}

// Each gets a key of its own: what of it is confirmed first does not have the others written again.
fn take_over(edge: &Edge, storage: &Storage, key: &str, records: &mut Vec<StoredRecord>) -> Result<(), JsValue> {
    let page = page_of(key).unwrap_or_default();
    let Some(text) = storage.get_item(key)? else { return Ok(()) };
    let taken = value::records(&key[page.len() + 1..], &text);
    let is_one = taken.len() == 1;
    for StoredRecord { id, stored } in &taken {
        let own = if is_one { text.clone() } else { json::text(&stored.object) };
        storage::adopt(edge, storage, id.clone(), &own)?;
    }
    storage.remove_item(key)?;
    storage.remove_item(page)?;
    records.extend(taken);
    Ok(())
}

// The keys of the records of other pages.
fn others(edge: &Edge, storage: &Storage) -> Result<Vec<String>, JsValue> {
    let own = &edge.parts().storage;
    if !own.is_open.get() {
        return Ok(Vec::new());
    }
    let mut keys = keys::all(storage)?;
    keys.retain(|key| page_of(key).is_some_and(|page| page != own.page));
    Ok(keys)
}

/// A page whose script is busy for longer than that is taken for gone. It finds its records gone before it sends them.
const SILENCE_MS: i32 = 5_000;
