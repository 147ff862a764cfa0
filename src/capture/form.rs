//! What a page says of a form that was submitted, and whether that is a submission to record.

pub use crate::privacy::FormField;

/// One submission of a form.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Submission {
    /// Which form: its `name`, else its `id`, or what an embedded form's own script calls it.
    pub form: Box<str>,
    /// What people call it: its accessible name.
    pub name: Box<str>,
    /// What it is for, where that discloses nothing: it counts only where a rule names the form.
    pub purpose: Option<Purpose>,
    /// The last time that this very form was submitted, where it was.
    pub last: Option<LastTime>,
    /// Its fields, in the order of the form.
    pub fields: Vec<FormField>,
}

/// When a form was submitted before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LastTime {
    /// How long ago, in milliseconds.
    pub ago_ms: i64,
    /// Whether a field of it was changed since, or a script emptied it.
    pub was_changed: bool,
}

/// What a form is for that discloses nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// It searches the site.
    Search,
    /// It closes a dialog (HTML standard, `method=dialog`).
    Dialog,
}

impl Submission {
    /// Whether it tells nothing new.
    ///
    /// What is in a form is never read, but that somebody changes it can be seen. So a form that is submitted again within a minute is
    /// submitted once (a second click, a script that sends it after a captcha or a dialog, a visitor who waits in vain), unless a field
    /// of it was changed since, or a script emptied it, as sites do with one that is done. For the time of a double click even that is
    /// nothing new: it is what the site does with the first click.
    pub fn is_repeated(&self) -> bool {
        self.last.is_some_and(|last| last.ago_ms < if last.was_changed { DOUBLE_CLICK_MS } else { REPEAT_MS })
    }
}

impl Purpose {
    /// What a form is for: by the method that it is sent with, whether it lies in a `search` element or one of that role, and its fields.
    pub fn of(method: &str, is_in_search: bool, fields: &[FormField]) -> Option<Purpose> {
        // A form that is posted may have a field called `search`; one that is got with it is what browsers know as a search.
        let is_got = !method.eq_ignore_ascii_case("post");
        let searches = |field: &FormField| {
            let is_named = !field.name.is_empty() && *field.kind == *"search";
            is_named || is_got && matches!(&*field.name, "q" | "s" | "query" | "search")
        };
        if method.eq_ignore_ascii_case("dialog") {
            Some(Purpose::Dialog)
        } else if is_in_search || fields.iter().any(searches) {
            Some(Purpose::Search)
        } else {
            None
        }
    }
}

/// The longest double click that systems know by default.
const DOUBLE_CLICK_MS: i64 = 500;
const REPEAT_MS: i64 = 60_000;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_that_is_sent_again_unchanged_within_a_minute_is_sent_once() {
        for (ago_ms, was_changed, is_repeated) in [
            (0, true, true),
            (499, true, true),
            (500, true, false),
            (500, false, true),
            (59_999, false, true),
            (60_000, false, false),
        ] {
            let last = Some(LastTime { ago_ms, was_changed });
            assert_eq!(Submission { last, ..Submission::default() }.is_repeated(), is_repeated, "{last:?}");
        }
        assert!(!Submission::default().is_repeated());
    }

    #[test]
    fn a_search_and_a_dialog_disclose_nothing() {
        let field = |name: &str, kind: &str| FormField { name: name.into(), kind: kind.into(), ..FormField::default() };
        for (method, is_in_search, name, kind, purpose) in [
            ("get", false, "q", "text", Some(Purpose::Search)),
            ("", false, "query", "text", Some(Purpose::Search)),
            ("post", false, "q", "text", None),
            ("POST", false, "email", "search", Some(Purpose::Search)),
            ("post", false, "", "search", None),
            ("post", true, "email", "text", Some(Purpose::Search)),
            ("Dialog", true, "q", "text", Some(Purpose::Dialog)),
            ("get", false, "email", "text", None),
        ] {
            assert_eq!(Purpose::of(method, is_in_search, &[field(name, kind)]), purpose, "{method} {name} {kind}");
        }
    }
}
