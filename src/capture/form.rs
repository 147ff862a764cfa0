//! What a page says of a form that was submitted, and whether that is news.

use super::{Attempt, Purpose, Signs};
use crate::interaction::Instant;

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
    /// Names this very form as long as the page lives; 0 where nobody can tell it from another.
    pub number: u32,
    /// How often a field of it was changed until now, or a script emptied it.
    pub changes: u32,
    /// Where a script sends it, and not the browser.
    pub attempt: Option<Attempt>,
    /// What is seen of it then.
    pub signs: Signs,
    /// Whether the script that took it over sends it now.
    pub is_continued: bool,
    /// Its fields, in the order of the form.
    pub fields: Vec<FormField>,
}

/// When the forms of a page were submitted last.
#[derive(Debug, Default)]
pub struct Submissions(Vec<Last>);

#[derive(Clone, Copy, Debug)]
struct Last {
    number: u32,
    changes: u32,
    at: Instant,
}

impl Submissions {
    /// Whether it tells nothing new.
    ///
    /// What is in a form is never read, but that somebody changes it can be seen. So a form that is submitted again within a minute is
    /// submitted once (a second click, a script that sends it after a captcha or a dialog, a visitor who waits in vain), unless a field
    /// of it was changed since, or a script emptied it, as sites do with one that is done. For the time of a double click even that is
    /// nothing new: it is what the site does with the first click. What a script took over it may send however late.
    pub fn is_repeated(&self, submission: &Submission, now: Instant) -> bool {
        let Some(last) = self.0.iter().find(|last| last.number == submission.number) else { return false };
        let repeats_for = if last.changes == submission.changes { REPEAT_MS } else { DOUBLE_CLICK_MS };
        submission.is_continued || now.0 - last.at.0 < repeats_for
    }

    /// That form is submitted.
    pub fn note(&mut self, number: u32, changes: u32, at: Instant) {
        self.forget(number);
        if number > 0 {
            self.0.push(Last { number, changes, at });
        }
        // A page without end.
        self.0.drain(..self.0.len().saturating_sub(MOST));
    }

    /// The site refused it, so that the next time is the first.
    pub fn forget(&mut self, number: u32) {
        self.0.retain(|last| last.number != number);
    }
}

/// The longest double click that systems know by default.
const DOUBLE_CLICK_MS: i64 = 500;
const REPEAT_MS: i64 = 60_000;
const MOST: usize = 100;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_that_is_sent_again_unchanged_within_a_minute_is_sent_once() {
        let mut submissions = Submissions::default();
        submissions.note(1, 7, Instant(1_000));
        for (ago_ms, was_changed, is_continued, is_repeated) in [
            (0, true, false, true),
            (499, true, false, true),
            (500, true, false, false),
            (500, false, false, true),
            (59_999, false, false, true),
            (60_000, false, false, false),
            (600_000, true, true, true),
        ] {
            let submission =
                Submission { number: 1, changes: 7 + u32::from(was_changed), is_continued, ..Submission::default() };
            let now = Instant(1_000 + ago_ms);
            assert_eq!(submissions.is_repeated(&submission, now), is_repeated, "{ago_ms} {was_changed}");
            assert!(!submissions.is_repeated(&Submission { number: 2, ..submission }, now), "another form");
        }
    }

    #[test]
    fn a_form_that_was_refused_or_that_nobody_can_tell_from_another_is_new() {
        let mut submissions = Submissions::default();
        for number in [0, 1] {
            submissions.note(number, 0, Instant(0));
        }
        submissions.forget(1);
        for number in [0, 1] {
            assert!(!submissions.is_repeated(&Submission { number, ..Submission::default() }, Instant(0)));
        }
    }
}
