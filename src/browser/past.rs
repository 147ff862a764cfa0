//! What happened on the page before the tracker was there: its notes are told one after the other, each with the time, the address and
//! the title of then.

#[cfg(feature = "module")]
use crate::capture::Submission;
use crate::interaction::Instant;
use crate::tracker::{Context, Moment};

/// When and where the note was made that is told now, and what the notes before it left.
#[derive(Default)]
pub(super) struct Past {
    now: Instant,
    address: Box<str>,
    title: Box<str>,
    /// The forms that were submitted.
    #[cfg(feature = "module")]
    submitted: Vec<Box<str>>,
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
        let known = self.submitted.iter().position(|one| **one == *form);
        let place = known.unwrap_or(self.submitted.len());
        if known.is_none() {
            self.submitted.push(form.into());
        }
        Submission {
            form: form.into(),
            name: name.into(),
            // None that a form of the page will have.
            number: u32::MAX - place as u32,
            ..Submission::default()
        }
    }
}
