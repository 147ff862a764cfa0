//! The allowlist of a site, as data.
//!
//! A rule allows the records that meet all its conditions; a condition left out is met by every record:
//! `{"rule": "store-finder", "because": "You asked for a store.", "action": ["service"], "channel": ["website"]}`.

use super::glob::matches;
use super::kept::check_fields;
use super::model::model_of;
use super::{KINDS, Verdict, clean, path_and_route, scrubbed_json};
use crate::interaction::{ACTIONS, CHANNELS, HANDLE, Interaction, Invalid, is_handle};
use crate::json::{Json, digits, quoted};

/// What a site allows: the default rules, with or without its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Policy {
    /// The rules that Omneo's documentation names, or none; an array.
    base: &'static str,
    /// The site's own; an array.
    own: String,
    /// The query parameters that an address keeps, an array of texts; every other is struck.
    query: String,
}

impl Policy {
    /// Reads `{"extends": "default" | "nothing", "rules": [...], "query": [...]}`, each member optional.
    ///
    /// # Errors
    /// The first mistake, with its path in the policy.
    pub fn read(given: Json<'_>) -> Result<Policy, Invalid> {
        if !given.is_object() {
            return Err(Invalid::new("policy", Some(given), "an object"));
        }
        let mut policy = Policy { base: DEFAULT_RULES, own: String::new(), query: String::new() };
        for (name, value) in given.members() {
            let name = name.text().unwrap_or_default();
            let accepted = match name.as_str() {
                "extends" if value.is("default") => continue,
                "extends" if value.is("nothing") => {
                    policy.base = "";
                    continue;
                }
                "rules" if value.is_array() => {
                    for (at, rule) in value.items().enumerate() {
                        check_rule(rule, &["policy.rules[", &digits(at as u64), "]"].concat())?;
                    }
                    value.as_str().clone_into(&mut policy.own);
                    continue;
                }
                "query" if value.is_array() && value.items().all(Json::is_text) => {
                    value.as_str().clone_into(&mut policy.query);
                    continue;
                }
                "extends" => "default or nothing",
                "rules" => "an array of rules",
                "query" => "an array of names of query parameters",
                _ => "extends, rules or query",
            };
            return Err(Invalid::new(&["policy.", &name].concat(), Some(value), accepted));
        }
        Ok(policy)
    }

    /// The address without what this policy strikes from it.
    pub fn clean(&self, address: &str) -> String {
        clean(address, &|parameter| Json::view(&self.query).items().any(|kept| kept.is(parameter)))
    }

    /// The record with what looks personal struck out of its address, its texts and its `meta`.
    pub fn scrubbed(&self, mut interaction: Interaction) -> Interaction {
        for name in ["url", "name", "description", "tags", "meta"] {
            if let Some(value) = interaction.field(name) {
                let struck = if name == "url" {
                    quoted(&self.clean(&value.text().unwrap_or_default())).into()
                } else {
                    scrubbed_json(value)
                };
                interaction = interaction.with(name, &struck);
            }
        }
        interaction
    }

    /// Whether the allowlist has this record, and which rule says so.
    pub fn verdict(&self, kind: &str, interaction: &Interaction) -> Verdict {
        if let Some(model) = model_of(kind, interaction) {
            let reason = ["Omneo has a model of its own for this, ", model, "; it is no interaction."].concat();
            return Verdict::refused(OWN_MODEL, &reason);
        }
        if let Some(rule) = self.rule(kind, interaction) {
            let text = |name: &str| rule.field(name).and_then(Json::text);
            return Verdict {
                allowed: true,
                rule: text("rule").unwrap_or_default(),
                reason: text("because").unwrap_or_else(|| "The site's policy allows it.".to_owned()),
                purpose: text("purpose").unwrap_or_default(),
            };
        }
        let mut reason = String::from("No rule of the allowlist has ");
        for name in ["action", "channel", "namespace"] {
            reason.push_str(name);
            reason.push(' ');
            reason.push_str(&interaction.text(name).unwrap_or_default());
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
            words.items().any(|word| matches(&word.text().unwrap_or_default(), form))
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
    CONDITIONS.iter().all(|condition| {
        let Some(words) = rule.field(condition.name) else { return true };
        let text = interaction.text(condition.name).unwrap_or_default();
        let value = match condition.name {
            "kind" => kind.to_owned(),
            "url" => path_and_route(&text),
            "form" => interaction.field("meta").and_then(|meta| meta.field("form")?.text()).unwrap_or_default(),
            _ => text,
        };
        words.items().any(|word| matches(&word.text().unwrap_or_default(), &value))
    })
}

// A rule without any condition would open the allowlist to everything, so it is refused as well.
fn check_rule(rule: Json<'_>, place: &str) -> Result<(), Invalid> {
    if !rule.is_object() {
        return Err(Invalid::new(place, Some(rule), "an object with the members of a rule"));
    }
    let at = |name: &str| [place, ".", name].concat();
    let name = rule.field("rule");
    if !name.and_then(Json::text).is_some_and(|name| is_handle(&name)) {
        return Err(Invalid::new(&at("rule"), name, HANDLE));
    }
    let mut conditions = 0;
    for (name, value) in rule.members() {
        let name = name.text().unwrap_or_default();
        let (fits, accepted) = match CONDITIONS.iter().find(|condition| condition.name == name) {
            Some(condition) => {
                conditions += 1;
                (condition.can_be(value), condition.accepted)
            }
            None => match name.as_str() {
                "rule" | "because" => (value.is_text(), "text"),
                "purpose" => (value.text().is_some_and(|word| is_handle(&word)), HANDLE),
                "meta" => (value.is_array() && value.items().all(Json::is_text), "an array of keys of meta"),
                "fields" => {
                    check_fields(value, &at("fields"))?;
                    (value.is_array(), "an array of names of fields")
                }
                _ => (
                    false,
                    "a member of a rule: rule, because, purpose, kind, action, channel, namespace, url, form, meta, fields",
                ),
            },
        };
        if !fits {
            return Err(Invalid::new(&at(&name), Some(value), accepted));
        }
    }
    if conditions == 0 {
        let accepted = "a rule with at least one of kind, action, channel, namespace, url, form";
        return Err(Invalid::new(place, Some(rule), accepted));
    }
    Ok(())
}

/// The rule that refuses what is no interaction.
pub const OWN_MODEL: &str = "own-model";

/// What a rule can ask of a record.
struct Condition {
    name: &'static str,
    fits: fn(&str) -> bool,
    accepted: &'static str,
}

impl Condition {
    fn can_be(&self, value: Json<'_>) -> bool {
        let fits = |word: Json<'_>| word.text().is_some_and(|word| (self.fits)(&word));
        value.items().next().is_some() && value.items().all(fits)
    }
}

const CONDITIONS: [Condition; 6] = [
    Condition {
        name: "kind",
        fits: |word| KINDS.contains(&word),
        accepted: "an array of login, pageView, productView, formSubmission, record",
    },
    Condition { name: "action", fits: |word| ACTIONS.contains(&word), accepted: "an array of Omneo's actions" },
    Condition { name: "channel", fits: |word| CHANNELS.contains(&word), accepted: "an array of Omneo's channels" },
    Condition { name: "namespace", fits: is_handle, accepted: "an array of handles" },
    Condition {
        name: "url",
        fits: |word| matches!(word.as_bytes().first(), Some(b'/' | b'*')),
        accepted: "an array of paths",
    },
    Condition { name: "form", fits: |word| !word.is_empty(), accepted: "an array of names of forms" },
];

const DEFAULT_RULES: &str = r#"[
{"rule":"login","because":"A login on website or app.","kind":["login"],"channel":["website","app"]},
{"rule":"clienteling","because":"A view within a clienteling session.","kind":["pageView","productView"],"namespace":["clienteling"]},
{"rule":"view","because":"A view of a page or a product.","kind":["pageView","productView"]},
{"rule":"form","because":"The submission of a form.","kind":["formSubmission"]}]"#;

#[cfg(test)]
mod tests;
