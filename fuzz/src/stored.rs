//! What storage gives back, which a page or an extension may have written.

use crate::page::Page;
use crate::storage::{again, stored};
use omneo_interactions::capture::{Clienteling, Session};
use omneo_interactions::interaction::{Instant, Interaction, MAX_BYTES, Map, Value};
use omneo_interactions::queue::Entry;
use omneo_interactions::tracker::{CallName, Input, StoredRecord};

/// What is read of storage is written and read back the same.
pub fn check(text: &str) {
    let stored = stored(text);
    if let Some(entry) = Entry::from_stored(&stored) {
        let record = Value::from(&**entry.record());
        // What a page adds to the largest record is read back as well.
        let is_larger = record.json_bytes() > MAX_BYTES;
        assert!(is_larger || Interaction::try_from(record).is_ok(), "what is sent is a record");
        let _ = entry.happened().to_iso();
        assert_eq!(Entry::from_stored(&again(&entry.snapshot())), Some(entry));
    }
    if let Some(session) = Session::from_stored(&stored) {
        let _ = session.is_over("ada", NOW);
        assert_eq!(Session::from_stored(&again(&session.to_stored())), Some(session));
    }
    if let Some(clienteling) = Clienteling::from_stored(&stored) {
        let mut lent = Map::new();
        clienteling.lend_to(&mut lent);
        assert!(lent.len() > 1, "it lends more than its namespace");
        let _ = (clienteling.is_over(60_000, NOW), clienteling.belongs_to_other("ada"));
        assert_eq!(Clienteling::from_stored(&again(&clienteling.to_stored())), Some(clienteling));
    }
}

/// What storage gives to a page that has just started: a line for the session, one for the clienteling of the tab, and then one a
/// record. Whatever it is, a view that comes afterwards is recorded.
pub fn adopted(text: &str) {
    let mut lines = text.lines();
    let mut page = Page::open(r#"{"tenant":"acme","consent":"granted"}"#).expect("settings");
    page.input(Input::Start);
    let [session, clienteling] = [(); 2].map(|()| Some(stored(lines.next().unwrap_or_default())));
    page.input(Input::Recalled { session, clienteling });
    let records = lines.map(|line| {
        let stored = stored(line);
        StoredRecord { id: Entry::from_stored(&stored).map(|entry| entry.id).unwrap_or_default(), stored }
    });
    page.input(Input::Adopted { records: records.collect() });
    let before = page.recorded().count();
    page.call(CallName::PageView, "{}");
    assert_eq!(page.recorded().count(), before + 1);
}

const NOW: Instant = Instant(1_764_000_000_000);
