//! What whoever inspects a page is shown: the visitor's answer, and what would become of the page's forms. Nothing is recorded.

use super::attempts::of_submission;
use super::event::set_texts;
use super::signed_in::Access;
use super::{CallName, Context, Tracker};
use crate::capture::Submission;
use crate::interaction::Value;
use crate::privacy::{Kind, Struck};

impl Tracker {
    /// What would become of that form if it were submitted now, with the `fields` whose values would be kept, none of which is read for
    /// it; null where it makes no record. `search`, for what asks and discloses nothing, and `capture`, a switch, need no reason.
    pub fn preview_form(&self, submission: &Submission, context: &Context) -> Value {
        let mut struck = Struck::default();
        let given = Value::Map(of_submission(submission));
        let Ok(record) = self.read(CallName::FormSubmission, given, context, &mut struck) else { return Value::Null };
        let policy = &self.settings.policy;
        let mut explanation = self.foresee(Kind::FormSubmission, record, struck, &submission.fields);
        let asks = submission.purpose.is_some() && !policy.names_form(&submission.form);
        if asks || !self.settings.capture.forms {
            explanation.allowed = false;
            explanation.rule = if asks { "search" } else { "capture" }.into();
            explanation.reason = Box::default();
        }
        let mut detail = explanation.detail();
        if let Value::Map(map) = &mut detail
            && explanation.allowed
        {
            let kept = policy.fields_to_read(Kind::FormSubmission, &explanation.record, &submission.fields);
            set_texts(map, "fields", &mut kept.into_iter().map(|place| submission.fields[place].name_or_id()));
        }
        detail
    }

    /// The visitor's answer as it counts, whether the browser declined for them, and whether somebody is signed in, where that is known:
    /// three words with a space between two.
    pub fn inspected(&self) -> String {
        let declined = if self.settings.declined { "declined" } else { "" };
        let signed_in = match self.sending.access {
            Access::Open(_) => "yes",
            Access::SignedOut => "no",
            Access::Asked | Access::Unasked => "",
        };
        [self.consent.as_str(), " ", declined, " ", signed_in].concat()
    }
}
