//! What is kept between pages, with consent, and what comes back.

use super::{Effect, Event, Failed, Moment, StoredRecord, Tracker};
use crate::delivery::Route;
use crate::interaction::Stored;
use crate::privacy::Consent;
use crate::queue::Entry;

impl Tracker {
    /// What is kept with consent: asked for by [`Effect::Recall`], and again whenever another page may have changed it, before this
    /// one sends or records anything more.
    pub(super) fn recalled(&mut self, session: Option<Stored>, clienteling: Option<Stored>, moment: Moment) {
        if self.consent != Consent::Granted {
            return;
        }
        if let Some(session) = session {
            self.recall_session(&session, moment);
        }
        if let Some(clienteling) = clienteling {
            self.recall_clienteling(&clienteling, moment);
        }
        self.pump(moment);
    }

    /// Takes in the records that earlier pages kept and could not deliver. What no version of this tracker wrote, or not to its end,
    /// is dropped.
    pub(super) fn adopt(&mut self, records: Vec<StoredRecord>, moment: Moment) {
        if self.consent != Consent::Granted {
            return;
        }
        for StoredRecord { id, stored } in records {
            match Entry::from_stored(&stored).filter(|entry| entry.id == id) {
                Some(entry) => self.adopt_entry(entry),
                None => self.effects.push(Effect::Drop { id }),
            }
            // After each, so that the queue never grows with what storage has.
            let dropped = self.queue.make_room();
            self.give_up(dropped);
        }
        self.refuse_uncovered();
        self.refuse_strangers();
        // They have waited long enough.
        self.drain(moment);
    }

    fn adopt_entry(&mut self, mut entry: Entry) {
        // A relay drops second copies.
        entry.unconfirmed = entry.unconfirmed.filter(|_| self.settings.route != Route::Relay);
        // This page may have made it again, and storage has it as it was left.
        if let Some(known) = self.queue.adopt(entry) {
            self.effects.push(keep(known));
        }
    }

    /// Another page adopted these records while this one lay in the back/forward cache, or did not answer, and delivers them.
    pub(super) fn taken_over(&mut self, ids: &[Box<str>], moment: Moment) {
        let mut is_under_way = false;
        for id in ids {
            let taken = self.queue.extract(&|entry| entry.id == *id);
            is_under_way |= taken.is_some_and(|entry| entry.request.is_some());
        }
        if is_under_way {
            // Its request may not have begun yet.
            self.abort();
        }
        self.pump(moment);
    }

    /// Storage is full or blocked: what waits is in memory only from here on.
    pub(super) fn storage_failed(&mut self) {
        if core::mem::take(&mut self.keeps) {
            let reason = "The browser's storage is full or blocked; records wait in memory.".into();
            self.emit(Event::Failed(Failed { rule: Some("storage"), reason, ..Failed::default() }));
        }
    }

    /// Without consent nothing was kept, and storage is not even touched.
    pub(super) fn drop_kept(&mut self, entry: &Entry) {
        if self.consent == Consent::Granted {
            self.effects.push(Effect::Drop { id: entry.id.clone() });
        }
    }

    /// Gives up what had to make room.
    pub(super) fn give_up(&mut self, dropped: Vec<Entry>) {
        for entry in dropped {
            self.drop_kept(&entry);
            self.fail(&entry, "queue-full", "The queue was full, and this was its oldest record.", 0);
        }
    }
}

/// Keeps a record as it is now.
pub(super) fn keep(entry: &Entry) -> Effect {
    Effect::Keep { id: entry.id.clone(), stored: entry.snapshot() }
}
