//! Submissions of forms. Where a script sends one, its record is held until it shows whether the site took it: kept at once, like any
//! record, so that a page that dies leaves it to the next, and told of only once it counts.

use super::calls::CallName;
use super::{Context, Event, Moment, Recorded, Tracker};
use crate::capture::{Attempt, LOOK_MS, Outcome, Signs, Source, Submission, Submissions};
use crate::interaction::Map;
use crate::queue::Entry;

/// What is known of the forms of this page.
#[derive(Debug, Default)]
pub(super) struct Attempts {
    pub(super) submissions: Submissions,
    /// The one whose record is being made.
    begun: Option<Begun>,
    open: Vec<Open>,
}

/// A submission of a form whose end is awaited.
#[derive(Debug)]
struct Begun {
    number: u32,
    changes: u32,
    attempt: Attempt,
}

#[derive(Debug)]
struct Open {
    begun: Begun,
    /// The record's id.
    id: Box<str>,
    /// What is told of it once it counts.
    recorded: Recorded,
}

impl Attempts {
    pub(super) fn is_empty(&self) -> bool {
        self.open.is_empty()
    }

    /// Whoever it was of is gone.
    pub(super) fn clear(&mut self) {
        self.open.clear();
    }

    fn place(&self, number: u32) -> Option<usize> {
        self.open.iter().position(|open| open.begun.number == number)
    }
}

impl Tracker {
    /// Whether it is still to be seen what became of the last submission of that form.
    pub fn is_open(&self, number: u32) -> bool {
        self.attempts.place(number).is_some()
    }

    pub(super) fn submitted(&mut self, submission: &Submission, context: &Context) {
        let &Submission { number, changes, attempt, .. } = submission;
        let moment = context.moment;
        let is_repeated = self.attempts.submissions.is_repeated(submission, moment.now);
        if let Some(at) = self.attempts.place(number) {
            let earlier = &mut self.attempts.open[at].begun.attempt;
            match attempt {
                Some(attempt) if attempt.press.is_some() => return,
                Some(_) if is_repeated => return earlier.restart(),
                _ => {
                    let counts = earlier.press.is_none();
                    self.conclude(at, counts, moment);
                }
            }
        }
        if is_repeated || !self.counts(submission, context) {
            return;
        }
        if let Some(mut attempt) = attempt {
            if self.look(&mut attempt, &submission.signs, 0, context) == Outcome::Refused {
                return;
            }
            self.attempts.begun = Some(Begun { number, changes, attempt });
        }
        if self.attempts.begun.as_ref().is_none_or(|begun| begun.attempt.press.is_none()) {
            self.attempts.submissions.note(number, changes, moment.now);
        }
        let untitled = Context { title: Box::default(), ..context.clone() };
        self.captured(
            Source::Capture,
            CallName::FormSubmission,
            of_submission(submission),
            &submission.fields,
            &untitled,
        );
        self.attempts.begun = None;
    }

    pub(super) fn counts(&self, submission: &Submission, context: &Context) -> bool {
        let discloses = submission.purpose.is_none();
        let counts = discloses || self.settings.policy.names_form(&submission.form);
        let is_repeated = || self.attempts.submissions.is_repeated(submission, context.moment.now);
        self.settings.capture.forms && counts && !is_repeated()
    }

    /// Takes in a record, at once where it is not the one whose end is awaited.
    pub(super) fn take_in(&mut self, mut entry: Entry, recorded: Recorded, moment: Moment) {
        if let Some(begun) = self.attempts.begun.take() {
            entry.is_held = true;
            self.attempts.open.push(Open { begun, id: entry.id.clone(), recorded });
        } else {
            self.emit(Event::Recorded(recorded));
        }
        self.accept(entry, moment);
    }

    /// Looks again at what became of the last submission of that form.
    pub(super) fn looked_at_form(&mut self, number: u32, signs: &Signs, context: &Context) {
        let Some(at) = self.attempts.place(number) else { return };
        let mut attempt = self.attempts.open[at].begun.attempt;
        let outcome = self.look(&mut attempt, signs, i64::from(LOOK_MS), context);
        self.attempts.open[at].begun.attempt = attempt;
        if outcome != Outcome::Open {
            self.conclude(at, outcome == Outcome::Accepted, context.moment);
        }
    }

    /// The page is left, or shows another, so that nobody can see any more what comes of its forms.
    pub(super) fn conclude_unseen(&mut self, moment: Moment) {
        while let Some(open) = self.attempts.open.first() {
            self.conclude(0, open.begun.attempt.counts_unseen(), moment);
        }
    }

    fn look(&self, attempt: &mut Attempt, signs: &Signs, ms: i64, context: &Context) -> Outcome {
        attempt.look(signs, ms, &context.address, &self.settings.url)
    }

    // Its record may have been refused meanwhile, as any.
    fn conclude(&mut self, at: usize, counts: bool, moment: Moment) {
        let Open { begun: Begun { number, changes, attempt }, id, recorded } = self.attempts.open.remove(at);
        if counts {
            if attempt.press.is_some() {
                self.attempts.submissions.note(number, changes, moment.now);
            }
            let entry = self.queue.entries_mut().find(|entry| entry.id == id);
            let record = entry.map(|entry| {
                entry.is_held = false;
                entry.record().clone()
            });
            if let Some(record) = record {
                self.emit(Event::Recorded(Recorded { record, ..recorded }));
            }
        } else {
            if attempt.press.is_none() {
                self.attempts.submissions.forget(number);
            }
            if let Some(entry) = self.queue.confirm(&id) {
                self.drop_kept(&entry);
            }
        }
        self.pump(moment);
    }
}

/// What `formSubmission` takes.
pub(super) fn of_submission(submission: &Submission) -> Map {
    let mut given = Map::new();
    if !submission.form.is_empty() {
        given.set("form", &*submission.form);
    }
    given.set("name", &*submission.name);
    given
}
