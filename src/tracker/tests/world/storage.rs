//! What the browser keeps for all pages of the site: texts, as `localStorage` has them.

use super::*;
use crate::queue::Snapshot;
use serde::Serialize;

#[derive(Default)]
pub(super) struct Storage {
    /// The session; empty where there is none.
    pub(super) session: String,
    /// When whoever wrote it had last heard of something that ended.
    pub(super) heard: u32,
    /// Each record under its page and id.
    pub(super) records: BTreeMap<(usize, Box<str>), String>,
    /// The pages that said that they go.
    pub(super) gone: BTreeSet<usize>,
}

impl World {
    pub(super) fn remember(&mut self, at: usize, session: &Value) {
        let text = written(session);
        self.pages[at].is_open = true;
        self.pages[at].session.clone_from(&text);
        self.pages[at].knows.session = named(&text);
        self.storage.session = text;
        self.storage.heard = self.pages[at].knows.heard;
        self.post(at, Message::Storage);
    }

    /// Unless another page took it over, or emptied storage.
    pub(super) fn keep(&mut self, at: usize, id: Box<str>, stored: &Snapshot) {
        let is_new = self.pages[at].kept.insert(id.clone());
        let key = (at, id);
        if is_new || self.storage.records.contains_key(&key) {
            self.storage.records.insert(key, written(stored));
        }
    }

    pub(super) fn drop_kept(&mut self, at: usize, id: Box<str>) {
        self.pages[at].kept.remove(&id);
        self.storage.records.remove(&(at, id));
    }

    pub(super) fn forget(&mut self, at: usize) {
        let page = &mut self.pages[at];
        page.is_open = false;
        page.session.clear();
        page.kept.clear();
        self.promises.forget(self.storage.records.keys().map(|(_, id)| id));
        self.storage = Storage::default();
        self.post(at, Message::Storage);
    }

    pub(super) fn recall(&mut self, at: usize) {
        let text = self.storage.session.clone();
        self.recalls(at, &text);
        let session = Some(Stored::from(&*text));
        self.pages[at].session = text;
        let had_consent = self.pages[at].tracker.consent;
        self.tell(at, Input::Recalled { session, clienteling: Some(Stored::default()) });
        if self.pages[at].tracker.consent != had_consent {
            self.is_withdrawn_for(at);
        }
    }

    /// The page looks what other pages changed.
    pub(super) fn refresh(&mut self, at: usize) {
        if !self.pages[at].is_open {
            return;
        }
        if self.storage.session != self.pages[at].session {
            self.recall(at);
        }
        let kept = core::mem::take(&mut self.pages[at].kept);
        let (kept, taken) = kept.into_iter().partition(|id| self.storage.records.contains_key(&(at, id.clone())));
        self.pages[at].kept = kept;
        if !taken.is_empty() {
            self.tell(at, Input::TakenOver { ids: taken.into_iter().collect() });
        }
    }

    /// Takes over the records of pages that said that they go, or, where it has waited for an answer, of any that gave none.
    pub(super) fn adopt(&mut self, at: usize, also_silent: bool) {
        if !self.pages[at].is_open {
            return;
        }
        let is_gone = |of: usize| self.storage.gone.contains(&of) || also_silent && self.pages[of].life != Life::Shown;
        let others: Vec<usize> = (0..self.pages.len()).filter(|of| *of != at && is_gone(*of)).collect();
        self.take_over(at, &others);
    }

    pub(super) fn take_over(&mut self, at: usize, others: &[usize]) {
        let keys = self.storage.records.keys().filter(|(of, _)| others.contains(of)).cloned().collect::<Vec<_>>();
        let mut records = Vec::new();
        for key in keys {
            let text = self.storage.records.remove(&key).unwrap();
            let (of, id) = key;
            records.push(StoredRecord { id: id.clone(), stored: Stored::from(&*text) });
            self.pages[at].kept.insert(id.clone());
            self.storage.records.insert((at, id), text);
            self.storage.gone.remove(&of);
        }
        if !records.is_empty() {
            self.tell(at, Input::Adopted { records });
        }
    }
}

/// The customer whom a session's text names.
pub(super) fn named(session: &str) -> Option<Customer> {
    let stored = Stored::from(session);
    let profile = stored.object.get("profile")?.text()?;
    NAMES.iter().position(|name| *profile_of(name) == *profile)
}

/// The text that a value is kept as.
fn written(value: &impl Serialize) -> String {
    serde_json::to_string(value).unwrap()
}
