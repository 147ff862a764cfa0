//! What two sources tell of one thing that happened.

use crate::interaction::Interaction;
use crate::json::Json;
use crate::privacy::{FORM_SUBMISSION, Kind, PRODUCT_VIEW};
use crate::text::joined;

/// What was told of the page that is shown: by the tracker's own capture, by the site's calls, and by what the site emits for
/// others. That what each of them tells is recorded once is decided by what it is of, not by when it came: the same kind, the
/// same address, and the same form or product.
#[derive(Debug, Default)]
pub struct Echoes(Vec<Echo>);

#[derive(Debug)]
struct Echo {
    what: Box<str>,
    /// Told by what the site emits, so that the tracker's own capture may be about to tell it too.
    is_early: bool,
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

impl Echoes {
    /// Whether that is to be recorded.
    ///
    /// What the site emits is, where nobody told it on this view of the page. What the tracker captures is too, unless it was
    /// emitted just before: a form may be submitted twice on one page, but each submission is captured once.
    pub fn is_news(&mut self, source: Source, kind: Kind, interaction: &Interaction) -> bool {
        let all = subjects(kind, interaction);
        let is_emitted = source == Source::Emitted;
        // An emitted submission that names its form is no echo of another form's; one that names none is of any.
        let any = usize::from(is_emitted && kind == FORM_SUBMISSION && !all[1].is_empty());
        let (mut is_known, mut was_early) = (false, false);
        for what in &all[any..] {
            if let Some(echo) = self.find(what) {
                is_known = true;
                was_early |= echo.is_early;
                echo.is_early &= is_emitted;
            }
        }
        let is_echo = if is_emitted { is_known } else { was_early };
        for (at, what) in all.into_iter().enumerate() {
            if !what.is_empty() && self.find(&what).is_none() {
                self.0.push(Echo { what, is_early: is_emitted && !is_echo && at >= any });
            }
        }
        // A page without end that never changes its address.
        while self.0.len() > MOST {
            self.0.remove(0);
        }
        source == Source::Call || !is_echo
    }

    #[inline(never)]
    fn find(&mut self, what: &str) -> Option<&mut Echo> {
        self.0.iter_mut().find(|echo| *echo.what == *what)
    }

    /// Another page is shown, at this address: what was emitted for it already stays.
    pub fn turn(&mut self, address: &str) {
        self.0.retain(|echo| echo.is_early && echo.what.strip_suffix(address).is_some_and(|rest| rest.ends_with(' ')));
    }
}

/// What a record is of, in each of the ways that somebody may call it; the rest is empty. What differs most comes first; no
/// address has a space.
fn subjects(kind: Kind, interaction: &Interaction) -> [Box<str>; 3] {
    let meta = |key: &str| interaction.field("meta").and_then(|meta| meta.field(key));
    let subjects = if kind == PRODUCT_VIEW {
        [interaction.field("name"), meta("sku"), interaction.field("product_id")]
    } else {
        [Some(Json::EMPTY_LIST), meta("form"), None]
    };
    subjects.map(|subject| {
        let Some(subject) = subject else { return Box::default() };
        joined(&[subject.as_str(), " ", kind, " ", &interaction.text("url").unwrap_or_default()])
    })
}

const MOST: usize = 100;

#[cfg(test)]
mod tests {
    use super::{Source::*, *};
    use crate::privacy::PAGE_VIEW;

    fn record(name: &str, url: &str, more: &str) -> Interaction {
        let text = format!(
            r#"{{"action":"view","channel":"website","signal":0,"name":"{name}","namespace":"n","url":"{url}"{more}}}"#
        );
        Interaction::read(Json::parse(&text).unwrap()).unwrap()
    }

    fn told(all: &[(Source, Kind, Interaction)]) -> Vec<bool> {
        let mut echoes = Echoes::default();
        all.iter().map(|(source, kind, interaction)| echoes.is_news(*source, kind, interaction)).collect()
    }

    #[test]
    fn whoever_comes_first_of_two_is_recorded() {
        let page = || record("A", "/a", "");
        assert_eq!(told(&[(Capture, PAGE_VIEW, page()), (Emitted, PAGE_VIEW, page())]), [true, false]);
        assert_eq!(told(&[(Emitted, PAGE_VIEW, page()), (Capture, PAGE_VIEW, page())]), [true, false]);
        assert_eq!(told(&[(Call, PAGE_VIEW, page()), (Emitted, PAGE_VIEW, page())]), [true, false]);
        assert_eq!(told(&[(Emitted, PAGE_VIEW, page()), (Call, PAGE_VIEW, page())]), [true, true], "a call counts");
        assert_eq!(
            told(&[(Emitted, PAGE_VIEW, page()), (Emitted, PAGE_VIEW, page())]),
            [true, false],
            "to each property"
        );
        assert_eq!(told(&[(Capture, PAGE_VIEW, page()), (Emitted, PAGE_VIEW, record("A", "/b", ""))]), [true, true]);
    }

    #[test]
    fn a_product_is_the_same_by_name_by_sku_or_by_number() {
        let product = |name: &str, more: &str| record(name, "/p", more);
        let sku = r#","meta":{"sku":"C-1"}"#;
        let seen = [
            (Emitted, PRODUCT_VIEW, product("Coat", sku)),
            (Capture, PRODUCT_VIEW, product("A coat", sku)),
            (Emitted, PRODUCT_VIEW, product("A coat", "")),
            (Emitted, PRODUCT_VIEW, product("Hat", r#","product_id":7"#)),
            (Capture, PRODUCT_VIEW, product("The hat", r#","product_id":7"#)),
            (Emitted, PRODUCT_VIEW, product("Scarf", "")),
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
        let seen = both.map(|(source, name)| (source, FORM_SUBMISSION, form(name)));
        assert_eq!(told(&seen), [true, false, false, true, false, true]);
        let others = [(Emitted, "a"), (Capture, "b"), (Capture, "a")]
            .map(|(source, name)| (source, FORM_SUBMISSION, form(name)));
        assert_eq!(told(&others), [true, true, false]);
        let lead =
            [(Emitted, ""), (Capture, "a"), (Emitted, "a")].map(|(source, name)| (source, FORM_SUBMISSION, form(name)));
        assert_eq!(told(&lead), [true, false, false]);
    }

    #[test]
    fn another_view_of_the_page_is_another_time() {
        let mut echoes = Echoes::default();
        let (a, b) = (record("A", "/a", ""), record("B", "/a/b", ""));
        assert!(echoes.is_news(Capture, PAGE_VIEW, &a) && echoes.is_news(Emitted, PAGE_VIEW, &b));
        echoes.turn("/a/b");
        assert!(!echoes.is_news(Capture, PAGE_VIEW, &b), "emitted before the page was seen to be another");
        echoes.turn("/a");
        assert!(echoes.is_news(Emitted, PAGE_VIEW, &a));
    }
}
