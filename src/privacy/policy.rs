//! The allowlist of a site, as data.
//!
//! A rule allows the records that meet all its conditions; a condition left out is met by every record:
//! `{"rule": "store-finder", "because": "You asked for a store.", "action": ["service"], "channel": ["website"]}`.

use super::glob::matches;
use super::kept::check_fields;
use super::model::model_of;
use super::{Verdict, clean, path_and_route, scrubbed_json};
use crate::interaction::{HANDLE, Interaction, Invalid};
use crate::json::{Json, digits, quoted};
use crate::shape::check;
use crate::text::{joined, text_of};

/// What a site allows: the default rules, with or without its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Policy {
    /// The rules that Omneo's documentation names, or none; an array.
    base: &'static str,
    /// The site's own; an array.
    own: Box<str>,
    /// The query parameters that an address keeps, an array of texts; every other is struck.
    query: Box<str>,
}

impl Policy {
    /// Reads `{"extends": "default" | "nothing", "rules": [...], "query": [...]}`, each member optional.
    ///
    /// # Errors
    /// The first mistake, with its path in the policy.
    pub fn read(given: Json<'_>) -> Result<Policy, Invalid> {
        check(given, Json::view(SHAPE), "policy")?;
        let array = |name: &str| given.field(name).unwrap_or(Json::EMPTY_LIST);
        for (at, rule) in array("rules").items().enumerate() {
            check_rule(rule, &joined(&["policy.rules[", &digits(at as u64), "]"]))?;
        }
        Ok(Policy {
            base: if given.field("extends").is_some_and(|rules| rules.is("nothing")) { "" } else { DEFAULT_RULES },
            own: array("rules").as_str().into(),
            query: array("query").as_str().into(),
        })
    }

    /// The address without what this policy strikes from it.
    pub fn clean(&self, address: &str) -> Box<str> {
        clean(address, &|parameter| Json::view(&self.query).items().any(|kept| kept.is(parameter)))
    }

    /// The record with what looks personal struck out of its address, its texts and its `meta`.
    pub fn scrubbed(&self, mut interaction: Interaction) -> Interaction {
        for name in ["url", "name", "description", "tags", "meta"] {
            if let Some(value) = interaction.field(name) {
                let struck = if name == "url" { quoted(&self.clean(&text_of(value))) } else { scrubbed_json(value) };
                interaction = interaction.with(name, struck);
            }
        }
        interaction
    }

    /// Whether the allowlist has this record, and which rule says so.
    pub fn verdict(&self, kind: &str, interaction: &Interaction) -> Verdict {
        if let Some(model) = model_of(kind, interaction) {
            let reason = joined(&["Omneo has a model of its own for this, ", model, "; it is no interaction."]);
            return Verdict::refused(OWN_MODEL, &reason);
        }
        if let Some(rule) = self.rule(kind, interaction) {
            let text = |name: &str| rule.field(name).and_then(Json::text);
            return Verdict {
                allowed: true,
                rule: text_of(rule.field("rule")),
                reason: text("because").unwrap_or_else(|| "The site's policy allows it.".into()),
                purpose: text_of(rule.field("purpose")),
            };
        }
        let mut reason = String::from("No rule of the allowlist has ");
        for name in ["action", "channel", "namespace"] {
            reason.push_str(name);
            reason.push(' ');
            reason.push_str(&text_of(interaction.field(name)));
            reason.push_str(", ");
        }
        reason.push_str("kind ");
        reason.push_str(kind);
        reason.push_str("; add one to policy.rules if the customer would expect it.");
        Verdict::refused("not-listed", &reason)
    }

    /// Whether a rule of the site's own names that form.
    pub fn names_form(&self, form: &str) -> bool {
        let names = |rule: Json<'_>| {
            let words = rule.field("form").unwrap_or(Json::EMPTY_LIST);
            words.items().any(|word| matches(&text_of(word), form))
        };
        Json::view(&self.own).items().any(names)
    }

    /// The first rule that allows the record. The site's own come first, so that one can say of what a default rule allows
    /// what is kept of it.
    pub(super) fn rule(&self, kind: &str, interaction: &Interaction) -> Option<Json<'_>> {
        for rules in [&self.own, self.base] {
            for rule in Json::view(rules).items() {
                if allows(rule, kind, interaction) {
                    return Some(rule);
                }
            }
        }
        None
    }
}

fn allows(rule: Json<'_>, kind: &str, interaction: &Interaction) -> bool {
    CONDITIONS.iter().all(|name| {
        let Some(words) = rule.field(name) else { return true };
        let text = text_of(interaction.field(name));
        let value = match *name {
            "kind" => kind.into(),
            "url" => path_and_route(&text),
            "form" => text_of(interaction.field("meta").and_then(|meta| meta.field("form"))),
            _ => text,
        };
        words.items().any(|word| matches(&text_of(word), &value))
    })
}

// A rule without any condition would open the allowlist to everything, so it is refused as well.
fn check_rule(rule: Json<'_>, place: &str) -> Result<(), Invalid> {
    check(rule, Json::view(RULE), place)?;
    let at = |name: &str| joined(&[place, ".", name]);
    if rule.field("rule").is_none() {
        return Err(Invalid::new(&at("rule"), None, HANDLE));
    }
    let mut conditions = 0;
    for name in CONDITIONS {
        if let Some(words) = rule.field(name) {
            conditions += 1;
            if words.items().next().is_none() {
                return Err(Invalid::new(&at(name), Some(words), "an array of one or more"));
            }
        }
    }
    if conditions == 0 {
        let accepted = "a rule with at least one of kind, action, channel, namespace, url, form";
        return Err(Invalid::new(place, Some(rule), accepted));
    }
    check_fields(rule.field("fields").unwrap_or(Json::EMPTY_LIST), &at("fields"))
}

/// The rule that refuses what is no interaction.
pub const OWN_MODEL: &str = "own-model";

/// What a rule can ask of a record.
const CONDITIONS: [&str; 6] = ["kind", "action", "channel", "namespace", "url", "form"];

/// See [`crate::shape`].
const SHAPE: &str = r#"{"extends":["default","nothing"],"rules":["a rule"],"query":["text"]}"#;
const RULE: &str = r#"{
"rule":"a handle of 1 to 255 letters, digits or . _ : -",
"because":"text",
"purpose":"a handle of 1 to 255 letters, digits or . _ : -",
"kind":[["login","pageView","productView","formSubmission","record"]],
"action":[["broadcast","disclose","feedback","product","reach","refer","service","visit","view"]],
"channel":[["app","email","location","push","sms","social","support","website"]],
"namespace":["a handle of 1 to 255 letters, digits or . _ : -"],
"url":["a path, or a pattern of paths"],
"form":["the name of a form"],
"meta":["text"],
"fields":["the name of a field"]}"#;

const DEFAULT_RULES: &str = r#"[
{"rule":"login","because":"A login on website or app.","kind":["login"],"channel":["website","app"]},
{"rule":"clienteling","because":"A view within a clienteling session.","kind":["pageView","productView"],"namespace":["clienteling"]},
{"rule":"view","because":"A view of a page or a product.","kind":["pageView","productView"]},
{"rule":"form","because":"The submission of a form.","kind":["formSubmission"]}]"#;

#[cfg(test)]
mod tests;
