//! What whoever inspects a page is shown: the visitor's answer, and what would become of the page's forms. Nothing is recorded.

use super::attempts::of_submission;
use super::event::set_texts;
use super::signed_in::Access;
use super::{CallName, Context, Explanation, Tracker};
use crate::capture::Submission;
use crate::interaction::{Map, Value};
use crate::privacy::Kind;

impl Tracker {
    /// What would become of that form if it were submitted now, with the `fields` whose values would be kept, none of which is read for
    /// it; null where it makes no record.
    pub fn preview_form(&self, submission: &Submission, context: &Context) -> Value {
        let untitled = Context { title: Box::default(), ..context.clone() };
        let mut struck = Vec::new();
        let record = self.read(CallName::FormSubmission, Value::Map(of_submission(submission)), &untitled, &mut struck);
        let Ok(record) = record else { return Value::Null };
        let policy = &self.settings.policy;
        let mut explanation = self.foresee(Kind::FormSubmission, record, struck, &submission.fields);
        if !self.settings.capture.forms {
            explanation = Explanation::refused(explanation.record, "capture", "The setting `capture` switches it off.");
        } else if submission.purpose.is_some() && !policy.names_form(&submission.form) {
            explanation = Explanation::refused(explanation.record, "search", ASKS);
        }
        let mut detail = explanation.detail();
        if let Value::Map(map) = &mut detail
            && explanation.allowed
        {
            let kept = policy.fields_to_read(Kind::FormSubmission, &explanation.record, &submission.fields);
            set_texts(map, "fields", kept.into_iter().map(|place| submission.fields[place].name_or_id()));
        }
        detail
    }

    /// The visitor's answer as it counts, whether the browser declined for them, and whether somebody is signed in, where that is known.
    pub fn inspected(&self) -> Value {
        let mut map = Map::new();
        map.set("consent", self.consent.as_str());
        map.set("declined", self.settings.declined);
        match self.sending.access {
            Access::Open(_) => map.set("signedIn", true),
            Access::SignedOut => map.set("signedIn", false),
            Access::Asked | Access::Unasked => {}
        }
        Value::Map(map)
    }
}

const ASKS: &str = "It asks for something and discloses nothing; a rule that names the form lets it count.";
