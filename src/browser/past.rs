//! What happened on the page before the tracker was there: its notes are told one after the other, each with the time, the address and
//! the title of then.

#[cfg(feature = "module")]
use crate::capture::{LastTime, Submission};
use crate::interaction::Instant;
use crate::tracker::{Context, Moment};

/// When and where the note was made that is told now, and what the notes before it left.
#[derive(Default)]
pub(super) struct Past {
    now: Instant,
    address: Box<str>,
    title: Box<str>,
    /// When each form was submitted last.
    #[cfg(feature = "module")]
    submitted: Vec<(Box<str>, Instant)>,
    /// The address of the page whose product is to be looked for: there is one page to look at, and that is the last one.
    pub(super) shown: Option<Box<str>>,
}

impl Past {
    pub(super) fn context(&self, context: &Context) -> Context {
        Context {
            moment: Moment { now: self.now, ..context.moment },
            address: self.address.clone(),
            title: self.title.clone(),
        }
    }
}

// Only a site's scripts make notes.
#[cfg(feature = "module")]
impl Past {
    pub(super) fn go_to(&mut self, now: Instant, address: &str, title: &str) {
        self.now = now;
        self.address = address.into();
        self.title = title.into();
    }

    /// A form was submitted; of its fields nothing was noted, nor whether one was changed since the last time.
    pub(super) fn submission(&mut self, form: &str, name: &str) -> Submission {
        let last = self.submitted.iter().find(|(one, _)| **one == *form).map(|(_, last)| self.now.0 - last.0);
        self.submitted.retain(|(one, _)| **one != *form);
        self.submitted.push((form.into(), self.now));
        Submission {
            form: form.into(),
            name: name.into(),
            last: last.map(|ago_ms| LastTime { ago_ms, was_changed: false }),
            ..Submission::default()
        }
    }
}
