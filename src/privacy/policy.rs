//! The allowlist of a site, as data.
//!
//! A rule allows the records that meet all its conditions; a condition left out is met by every record:
//! `{"rule": "store-finder", "because": "You asked for a store.", "action": ["service"], "channel": ["website"]}`.

use super::glob::matches;
use super::kept::check_fields;
use super::model::model_of;
use super::{KINDS, Verdict, clean, path, scrubbed_json};
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
        clean(address, |parameter| Json::view(&self.query).items().any(|kept| kept.is(parameter)))
    }

    /// The record with what looks personal struck out of its address, its texts and its `meta`.
    pub fn scrubbed(&self, mut interaction: Interaction) -> Interaction {
        for name in ["url", "name", "description", "tags", "meta"] {
            if let Some(value) = interaction.field(name) {
                let struck = if name == "url" {
                    quoted(&self.clean(&value.text().unwrap_or_default()))
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
            return Verdict::refused("own-model", &reason);
        }
        if let Some(rule) = self.rule(kind, interaction) {
            let text = |name: &str| rule.field(name).and_then(Json::text);
            return Verdict {
                allowed: true,
                rule: text("rule").unwrap_or_default(),
                reason: text("because").unwrap_or_else(|| "The site's policy allows it.".to_owned()),
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
        Verdict { allowed: false, rule: "not-listed".to_owned(), reason }
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
            "url" => path(&text).to_owned(),
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
                "meta" => (value.is_array() && value.items().all(Json::is_text), "an array of keys of meta"),
                "fields" => {
                    check_fields(value, &at("fields"))?;
                    (value.is_array(), "an array of names of fields")
                }
                _ => (
                    false,
                    "a member of a rule: rule, because, kind, action, channel, namespace, url, form, meta, fields",
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
mod tests {
    use super::super::{FORM_SUBMISSION, LOGIN, PAGE_VIEW, PRODUCT_VIEW, RECORD};
    use super::*;

    fn policy(text: &str) -> Result<Policy, String> {
        Policy::read(Json::parse(text).unwrap()).map_err(|invalid| invalid.message())
    }

    fn interaction(action: &str, channel: &str, namespace: &str) -> Interaction {
        let text =
            format!(r#"{{"action":"{action}","channel":"{channel}","signal":0,"name":"n","namespace":"{namespace}"}}"#);
        Interaction::read(Json::parse(&text).unwrap()).unwrap()
    }

    #[test]
    fn the_default_allows_the_four_and_nothing_else() {
        let default = policy("{}").unwrap();
        let rule = |kind, namespace| default.verdict(kind, &interaction("view", "website", namespace)).rule;
        assert_eq!(rule(LOGIN, "web-engagement"), "login");
        assert_eq!(rule(PAGE_VIEW, "web-engagement"), "view");
        assert_eq!(rule(PRODUCT_VIEW, "clienteling"), "clienteling");
        assert_eq!(rule(FORM_SUBMISSION, "web-engagement"), "form");
        let verdict = default.verdict(RECORD, &interaction("service", "website", "web-engagement"));
        assert_eq!((verdict.allowed, verdict.rule.as_str()), (false, "not-listed"));
        assert!(verdict.reason.contains("has action service, channel website, namespace web-engagement, kind record;"));
    }

    #[test]
    fn a_login_by_text_message_is_not_a_login_on_website_or_app() {
        assert!(!policy("{}").unwrap().verdict(LOGIN, &interaction("visit", "sms", "web-engagement")).allowed);
    }

    #[test]
    fn a_site_adds_rules_or_begins_with_none() {
        let rule = r#"{"rule":"store-finder","because":"You asked for a store.","action":["service"]}"#;
        let more = policy(&format!(r#"{{"rules":[{rule}]}}"#)).unwrap();
        let (service, view) = (interaction("service", "website", "n"), interaction("view", "website", "n"));
        let verdict = more.verdict(RECORD, &service);
        assert_eq!((verdict.rule.as_str(), verdict.reason.as_str()), ("store-finder", "You asked for a store."));
        assert!(more.verdict(PAGE_VIEW, &view).allowed);
        for text in [
            format!(r#"{{"extends":"nothing","rules":[{rule}]}}"#),
            format!(r#"{{"rules":[{rule}],"extends":"nothing"}}"#),
        ] {
            let only = policy(&text).unwrap();
            assert!(only.verdict(RECORD, &service).allowed);
            assert!(!only.verdict(PAGE_VIEW, &view).allowed);
        }
    }

    /// The JSON Schema is held against the same examples, in `tests/tools/policy.test.mjs`.
    #[test]
    fn the_examples_are_accepted_and_rejected_with_the_path_of_the_mistake() {
        let examples = Json::parse(include_str!("../../tests/policies.json")).unwrap();
        let list = |name: &str| examples.field(name).unwrap().items();
        for accepted in list("accepted") {
            assert!(Policy::read(accepted).is_ok(), "{}", accepted.as_str());
        }
        let rejected = list("rejected").chain(list("rejectedForTheirWords"));
        assert!(rejected.clone().count() > 30);
        for rejected in rejected {
            let invalid = Policy::read(rejected.field("policy").unwrap()).unwrap_err();
            assert!(rejected.field("path").unwrap().is(&invalid.field), "{} in {}", invalid.field, rejected.as_str());
        }
    }

    #[test]
    fn a_rule_asks_for_a_path_and_a_form() {
        let rules = r#"{"rule":"guide","url":["/guides/*","*/help"]},{"rule":"survey","form":["survey-*"]}"#;
        let policy = policy(&format!(r#"{{"extends":"nothing","rules":[{rules}]}}"#)).unwrap();
        let rule = |more: &str| {
            let least = r#""action":"service","channel":"website","signal":0,"name":"n","namespace":"n""#;
            let text = format!("{{{least},{more}}}");
            policy.verdict(RECORD, &Interaction::read(Json::parse(&text).unwrap()).unwrap()).rule
        };
        assert_eq!(rule(r#""url":"https://shop.example/guides/wool?page=2""#), "guide");
        assert_eq!(rule(r#""url":"/sizes/help""#), "guide");
        assert_eq!(rule(r#""url":"https://shop.example/?/guides/wool""#), "not-listed");
        assert_eq!(rule(r#""meta":{"form":"survey-2026"}"#), "survey");
        assert_eq!(rule(r#""meta":{"form":"login"}"#), "not-listed");
    }

    #[test]
    fn a_sites_own_rule_comes_before_a_default_one() {
        let own = policy(r#"{"rules":[{"rule":"survey","form":["survey"]}]}"#).unwrap();
        let text = r#"{"action":"disclose","channel":"website","signal":0,"name":"n","namespace":"n","meta":{"form":"survey"}}"#;
        let submission = Interaction::read(Json::parse(text).unwrap()).unwrap();
        assert_eq!(own.verdict(FORM_SUBMISSION, &submission).rule, "survey");
    }

    #[test]
    fn what_has_a_model_of_its_own_is_refused_whatever_the_policy_says() {
        let all = policy(r#"{"rules":[{"rule":"all","namespace":["*","n"]}]}"#);
        assert!(all.is_err(), "a star is no handle");
        let all = policy(r#"{"rules":[{"rule":"all","channel":["website"]}]}"#).unwrap();
        let text = r#"{"action":"service","channel":"website","signal":1,"name":"Order Completed","namespace":"n"}"#;
        let verdict = all.verdict(RECORD, &Interaction::read(Json::parse(text).unwrap()).unwrap());
        assert_eq!((verdict.allowed, verdict.rule.as_str()), (false, "own-model"));
        assert_eq!(verdict.reason, "Omneo has a model of its own for this, Transaction; it is no interaction.");
    }

    #[test]
    fn a_mistake_is_named_with_its_path() {
        for (text, message) in [
            ("[]", "`policy` is []; accepted: an object"),
            (r#"{"rule":[]}"#, "`policy.rule` is []; accepted: extends, rules or query"),
            (r#"{"extends":"all"}"#, "`policy.extends` is \"all\"; accepted: default or nothing"),
            (r#"{"rules":{}}"#, "`policy.rules` is {}; accepted: an array of rules"),
            (
                r#"{"rules":[{"rule":"x","action":["buy"]}]}"#,
                "`policy.rules[0].action` is [\"buy\"]; accepted: an array of Omneo's actions",
            ),
            (
                r#"{"rules":[{"rule":"x","action":[]}]}"#,
                "`policy.rules[0].action` is []; accepted: an array of Omneo's actions",
            ),
            (
                r#"{"rules":[{"rule":"x","namespace":["a b"]}]}"#,
                "`policy.rules[0].namespace` is [\"a b\"]; accepted: an array of handles",
            ),
            (
                r#"{"rules":[{"action":["view"]}]}"#,
                "`policy.rules[0].rule` is missing; accepted: a handle of 1 to 255 letters, digits or . _ : -",
            ),
            (
                r#"{"rules":[{"rule":"x"}]}"#,
                "`policy.rules[0]` is {\"rule\":\"x\"}; accepted: a rule with at least one of kind, action, channel, namespace, url, form",
            ),
            (
                r#"{"rules":[{"rule":"x","actions":["view"]}]}"#,
                "`policy.rules[0].actions` is [\"view\"]; accepted: a member of a rule: rule, because, kind, action, channel, namespace, url, form, meta, fields",
            ),
            (r#"{"rules":[7]}"#, "`policy.rules[0]` is 7; accepted: an object with the members of a rule"),
            (
                r#"{"query":["page",7]}"#,
                "`policy.query` is [\"page\",7]; accepted: an array of names of query parameters",
            ),
        ] {
            assert_eq!(policy(text).unwrap_err(), message);
        }
    }
}
