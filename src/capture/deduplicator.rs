//! What two sources tell of one thing that happened.

use crate::interaction::{Interaction, Value};
use crate::privacy::Kind;

/// What was told of the page that is shown: by the tracker's own capture, by the site's calls, and by what the site emits for
/// others. That what each of them tells is recorded once is decided by what it is of, not by when it came: the same kind, the
/// same address, and the same form or product.
#[derive(Debug, Default)]
pub struct Deduplicator(Vec<Told>);

#[derive(Debug)]
struct Told {
    subject: Subject,
    /// Told by what the site emits, so that the tracker's own capture may be about to tell it too.
    is_early: bool,
}

/// What a record is of.
#[derive(Clone, Debug, PartialEq)]
struct Subject {
    kind: Kind,
    address: Box<str>,
    /// What the product or the form is called; null stands for any of the page.
    called: Value,
}

/// Who told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// The site, by a call of the tracker. It means what it says.
    Call,
    /// The tracker's own capture.
    Capture,
    /// What the site emits for others, often once for each of them.
    Emitted,
}

impl Source {
    /// `call`, `capture` or `emitted`.
    pub fn as_str(self) -> &'static str {
        match self {
            Source::Call => "call",
            Source::Capture => "capture",
            Source::Emitted => "emitted",
        }
    }
}

impl Deduplicator {
    /// Whether that is to be recorded.
    ///
    /// What the site emits is, where nobody told it on this view of the page. What the tracker captures is too, unless it was
    /// emitted just before: a form may be submitted twice on one page, but each submission is captured once.
    pub fn is_new(&mut self, source: Source, kind: Kind, record: &Interaction) -> bool {
        let subjects = subjects(kind, record);
        let is_emitted = source == Source::Emitted;
        // An emitted submission that names its form repeats no other form's; one that names none may repeat any.
        let names_form = is_emitted && kind == Kind::FormSubmission && subjects.len() > 1;
        let compared = &subjects[usize::from(names_form)..];
        let (mut is_known, mut was_early) = (false, false);
        for told in self.0.iter_mut().filter(|told| compared.contains(&told.subject)) {
            is_known = true;
            was_early |= told.is_early;
            told.is_early &= is_emitted;
        }
        let is_repeated = if is_emitted { is_known } else { was_early };
        for (place, subject) in subjects.into_iter().enumerate() {
            if !self.0.iter().any(|told| told.subject == subject) {
                let is_early = is_emitted && !is_repeated && place >= usize::from(names_form);
                self.0.push(Told { subject, is_early });
            }
        }
        // A page without end that never changes its address.
        self.0.drain(..self.0.len().saturating_sub(MOST));
        source == Source::Call || !is_repeated
    }

    /// Another page is shown, at this address: what was emitted for it already stays.
    pub fn start_page(&mut self, address: &str) {
        self.0.retain(|told| told.is_early && *told.subject.address == *address);
    }
}

/// What a record is of, in each of the ways that somebody may call it.
fn subjects(kind: Kind, record: &Interaction) -> Vec<Subject> {
    let address = record.url.as_deref().unwrap_or_default();
    let mut subjects = Vec::new();
    let mut add = |called: Option<Value>| {
        if let Some(called) = called {
            subjects.push(Subject { kind, address: address.into(), called });
        }
    };
    if kind == Kind::ProductView {
        add(Some((*record.name).into()));
        add(record.meta("sku").cloned());
        add(record.product_id.map(|id| Value::Number(id as f64)));
    } else {
        add(Some(Value::Null));
        add(record.meta("form").cloned());
    }
    subjects
}

const MOST: usize = 100;

#[cfg(test)]
mod tests {
    use super::{Source::*, *};
    use crate::interaction::json;
    use crate::privacy::Kind::*;

    fn record(name: &str, url: &str, more: &str) -> Interaction {
        let text = format!(
            r#"{{"action":"view","channel":"website","signal":0,"name":"{name}","namespace":"n","url":"{url}"{more}}}"#
        );
        Interaction::try_from(json(&text)).unwrap()
    }

    fn told(all: &[(Source, Kind, Interaction)]) -> Vec<bool> {
        let mut deduplicator = Deduplicator::default();
        all.iter().map(|(source, kind, interaction)| deduplicator.is_new(*source, *kind, interaction)).collect()
    }

    #[test]
    fn whoever_comes_first_of_two_is_recorded() {
        let page = || record("A", "/a", "");
        assert_eq!(told(&[(Capture, PageView, page()), (Emitted, PageView, page())]), [true, false]);
        assert_eq!(told(&[(Emitted, PageView, page()), (Capture, PageView, page())]), [true, false]);
        assert_eq!(told(&[(Call, PageView, page()), (Emitted, PageView, page())]), [true, false]);
        assert_eq!(told(&[(Emitted, PageView, page()), (Call, PageView, page())]), [true, true], "a call counts");
        assert_eq!(
            told(&[(Emitted, PageView, page()), (Emitted, PageView, page())]),
            [true, false],
            "to each property"
        );
        assert_eq!(told(&[(Capture, PageView, page()), (Emitted, PageView, record("A", "/b", ""))]), [true, true]);
    }

    #[test]
    fn a_product_is_the_same_by_name_by_sku_or_by_number() {
        let product = |name: &str, more: &str| record(name, "/p", more);
        let sku = r#","meta":{"sku":"C-1"}"#;
        let seen = [
            (Emitted, ProductView, product("Coat", sku)),
            (Capture, ProductView, product("A coat", sku)),
            (Emitted, ProductView, product("A coat", "")),
            (Emitted, ProductView, product("Hat", r#","product_id":7"#)),
            (Capture, ProductView, product("The hat", r#","product_id":7"#)),
            (Emitted, ProductView, product("Scarf", "")),
        ];
        assert_eq!(told(&seen), [true, false, false, true, false, true]);
    }

    #[test]
    fn each_submission_counts_once_and_a_lead_is_of_any_form() {
        let form = |name: &str| {
            let meta = if name.is_empty() { String::new() } else { format!(r#","meta":{{"form":"{name}"}}"#) };
            record("Submitted", "/f", &meta)
        };
        let both = [(Emitted, "a"), (Capture, "a"), (Emitted, ""), (Capture, "a"), (Emitted, "a"), (Emitted, "b")];
        let seen = both.map(|(source, name)| (source, FormSubmission, form(name)));
        assert_eq!(told(&seen), [true, false, false, true, false, true]);
        let others =
            [(Emitted, "a"), (Capture, "b"), (Capture, "a")].map(|(source, name)| (source, FormSubmission, form(name)));
        assert_eq!(told(&others), [true, true, false]);
        let lead =
            [(Emitted, ""), (Capture, "a"), (Emitted, "a")].map(|(source, name)| (source, FormSubmission, form(name)));
        assert_eq!(told(&lead), [true, false, false]);
    }

    #[test]
    fn another_view_of_the_page_is_another_time() {
        let mut deduplicator = Deduplicator::default();
        let (a, b) = (record("A", "/a", ""), record("B", "/a/b", ""));
        assert!(deduplicator.is_new(Capture, PageView, &a) && deduplicator.is_new(Emitted, PageView, &b));
        deduplicator.start_page("/a/b");
        assert!(!deduplicator.is_new(Capture, PageView, &b), "emitted before the page was seen to be another");
        deduplicator.start_page("/a");
        assert!(deduplicator.is_new(Emitted, PageView, &a));
    }
}
