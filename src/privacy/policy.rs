//! The allowlist of a site, as data.

use super::model::model_of;
use super::record::scrubbed_meta;
use super::rule::{Rule, matches_any};
use super::words::Words;
use super::{Kind, Struck, Verdict, clean, scrub};
use crate::interaction::{Interaction, Invalid, Members, Mistake, Value, integer};

/// What a site allows: the default rules, with or without its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Policy {
    /// The site's own rules. They come first, so that one can say of what a default rule allows what is kept of it.
    own: Vec<Rule>,
    /// The rules that Omneo's documentation names, or none.
    defaults: Vec<Rule>,
    /// The query parameters that an address keeps; every other is struck.
    query: Vec<Box<str>>,
    /// What the fields of forms are called.
    pub(super) words: Words,
}

impl Policy {
    /// Reads `{"extends": "default" | "nothing", "rules": [...], "query": [...]}`, each member optional.
    ///
    /// # Errors
    /// The first mistake, with its path in the policy.
    pub fn read(given: &Value) -> Result<Policy, Invalid> {
        let mistake = Mistake::default();
        let policy = Policy::read_noting(given, Words::default(), &mistake);
        mistake.unless(policy)
    }

    /// The same, as a part of the settings.
    pub(crate) fn read_noting(given: &Value, words: Words, mistake: &Mistake) -> Policy {
        let members = Members::of(given, "policy", &["extends", "rules", "query"], mistake);
        let extends = members.word("extends", &["default", "nothing"]);
        members.read("rules", "an array, each a rule", |value| matches!(value, Value::List(_)).then_some(()));
        let mut own = Vec::new();
        for (at, rule) in members.get("rules").map_or(&[][..], Value::items).iter().enumerate() {
            own.push(Rule::read(rule, &["policy.rules[", &integer(at as u32), "]"].concat(), &words, mistake));
        }
        Policy {
            own,
            defaults: if extends == Some(1) { Vec::new() } else { Rule::defaults() },
            query: members.texts("query", "text", |_| true).unwrap_or_default(),
            words,
        }
    }

    /// The address without what this policy strikes from it.
    pub fn clean(&self, address: &str) -> Box<str> {
        clean(address, &|parameter| self.query.iter().any(|kept| **kept == *parameter)).into()
    }

    /// The record with what looks personal struck out of its address, its texts and its `meta`.
    #[must_use]
    pub fn scrubbed(&self, mut record: Interaction) -> Interaction {
        self.scrub(&mut record, &mut Struck::default());
        record
    }

    /// The same in its place; adds the fields from which something was struck out to `struck`.
    pub fn scrub(&self, record: &mut Interaction, struck: &mut Struck) {
        let mut strike = |field, text: &mut Box<str>| {
            let scrubbed = if field == Struck::URL { self.clean(text) } else { scrub(text) };
            struck.note(field, *scrubbed != **text);
            *text = scrubbed;
        };
        record.url.iter_mut().for_each(|url| strike(Struck::URL, url));
        strike(Struck::NAME, &mut record.name);
        record.description.iter_mut().for_each(|text| strike(Struck::DESCRIPTION, text));
        record.tags.iter_mut().flatten().for_each(|tag| strike(Struck::TAGS, tag));
        if let Some(meta) = &mut record.meta {
            let scrubbed = scrubbed_meta(meta.clone());
            struck.note(Struck::META, scrubbed != *meta);
            *meta = scrubbed;
        }
    }

    /// Whether the allowlist has this record, and which rule says so.
    pub fn verdict(&self, kind: Kind, record: &Interaction) -> Verdict {
        if let Some(model) = model_of(kind, record) {
            let reason = ["Omneo has a model of its own for this, ", model, "; it is no interaction."].concat();
            return Verdict::refused(OWN_MODEL, &reason);
        }
        match self.rule(kind, record) {
            Some(rule) => Verdict {
                allowed: true,
                rule: rule.name.clone(),
                reason: rule.because.clone().unwrap_or_else(|| "The site's policy allows it.".into()),
                purpose: rule.purpose.clone(),
            },
            None => Verdict::refused("not-listed", &not_listed(kind, record)),
        }
    }

    /// Whether a rule of the site's own names that form.
    pub fn names_form(&self, form: &str) -> bool {
        self.own.iter().any(|rule| rule.forms.as_ref().is_some_and(|patterns| matches_any(patterns, form)))
    }

    /// The first rule that allows the record.
    pub(super) fn rule(&self, kind: Kind, record: &Interaction) -> Option<&Rule> {
        self.own.iter().chain(&self.defaults).find(|rule| rule.allows(kind, record))
    }
}

fn not_listed(kind: Kind, record: &Interaction) -> String {
    [
        "No rule of the allowlist has action ",
        record.action.as_str(),
        ", channel ",
        record.channel.as_str(),
        ", namespace ",
        &record.namespace,
        ", kind ",
        kind.as_str(),
        "; add one to policy.rules if the customer would expect it.",
    ]
    .concat()
}

/// The rule that refuses what is no interaction.
pub const OWN_MODEL: &str = "own-model";

#[cfg(test)]
mod tests;
