//! What whoever inspects a page is shown: the settings as they count, and what would become of what the page contains. Nothing is
//! recorded.

use super::attempts::of_submission;
use super::event::set_texts;
use super::signed_in::Access;
use super::{CallName, Capture, Context, Explanation, Found, Tracker};
use crate::capture::{Markup, Submission};
use crate::delivery::Route;
use crate::interaction::{Map, Value};
use crate::privacy::{Kind, Purposes};

/// What would become of something on the page.
#[derive(Clone, Debug, PartialEq)]
pub struct Preview {
    /// The record, and whether it would be recorded.
    pub explanation: Explanation,
    /// The fields of a form whose values would be kept. None is read for it.
    pub fields: Vec<Box<str>>,
}

impl Preview {
    /// What whoever inspects the page is given.
    pub fn detail(&self) -> Value {
        let mut detail = self.explanation.detail();
        if let Value::Map(map) = &mut detail {
            set_texts(map, "fields", &self.fields);
        }
        detail
    }
}

impl Tracker {
    /// What would become of that form if it were submitted now; `None` where it makes no record.
    pub fn preview_form(&self, submission: &Submission, context: &Context) -> Option<Preview> {
        let untitled = Context { title: Box::default(), ..context.clone() };
        let made = self.read(CallName::FormSubmission, Value::Map(of_submission(submission)), &untitled).ok()?;
        let explanation = self.foresee(Kind::FormSubmission, made, &submission.fields);
        if !self.settings.capture.forms {
            return Some(not_captured(explanation));
        }
        if submission.purpose.is_some() && !self.settings.policy.names_form(&submission.form) {
            return Some(refused(explanation, "search", ASKS));
        }
        let fields = self.settings.policy.fields_to_read(Kind::FormSubmission, &explanation.record, &submission.fields);
        let name = |place: usize| {
            let field = &submission.fields[place];
            if field.name.is_empty() { field.id.clone() } else { field.name.clone() }
        };
        let fields = if explanation.allowed { fields.into_iter().map(name).collect() } else { Vec::new() };
        Some(Preview { explanation, fields })
    }

    /// What would become of the product that the markup of the page shows; `None` where it shows none.
    pub fn preview_product(&self, markup: &Markup, context: &Context) -> Option<Preview> {
        let Found::Product(product) = self.shown_by(markup, context) else { return None };
        let given = product.into_iter().filter(|(name, _)| **name != *"id").collect();
        let made = self.read(CallName::ProductView, Value::Map(given), context).ok()?;
        let explanation = self.foresee(Kind::ProductView, made, &[]);
        if self.settings.capture.product_views {
            Some(Preview { explanation, fields: Vec::new() })
        } else {
            Some(not_captured(explanation))
        }
    }

    /// The settings as they count now, by their names, and whether somebody is signed in, where that is known.
    pub fn inspected(&self) -> Value {
        let settings = &self.settings;
        let mut map = Map::new();
        map.set("address", &*settings.url);
        map.set(
            "route",
            match settings.route {
                Route::Me => "me",
                Route::Relay => "relay",
                Route::Profile(_) => "profile",
            },
        );
        map.set("namespace", &*settings.namespace);
        map.set("channel", settings.channel.as_str());
        map.set("consent", self.consent.as_str());
        if let Purposes::Only(purposes) = &self.purposes {
            set_texts(&mut map, "purposes", purposes);
        }
        map.set("declined", settings.declined);
        map.set("capture", settings.capture.detail());
        set_texts(&mut map, "rules", &settings.policy.rules());
        map.set("minutes", settings.clienteling_ms as f64 / 60_000.0);
        map.set("records", settings.batch.records as f64);
        map.set("seconds", settings.batch.wait_ms as f64 / 1_000.0);
        match self.sending.access {
            Access::Open(_) => map.set("signedIn", true),
            Access::SignedOut => map.set("signedIn", false),
            Access::Asked | Access::Unasked => {}
        }
        Value::Map(map)
    }
}

impl Capture {
    fn detail(&self) -> Map {
        let switches = [
            ("pageViews", self.page_views),
            ("productViews", self.product_views),
            ("forms", self.forms),
            ("logins", self.logins),
            ("durations", self.durations),
        ];
        let mut map = Map::new();
        for (name, is_on) in switches {
            map.set(name, is_on);
        }
        map
    }
}

fn not_captured(explanation: Explanation) -> Preview {
    refused(explanation, "capture", NOT_CAPTURED)
}

fn refused(explanation: Explanation, rule: &str, reason: &str) -> Preview {
    Preview { explanation: Explanation::refused(explanation.record, rule, reason), fields: Vec::new() }
}

const NOT_CAPTURED: &str = "The setting `capture` switches it off.";
const ASKS: &str =
    "It asks for something and discloses nothing; a rule that names the form lets it count all the same.";
