//! One rule of an allowlist.
//!
//! A rule allows the records that meet all its conditions; a condition left out is met by every record:
//! `{"rule": "store-finder", "because": "You asked for a store.", "action": ["service"], "channel": ["website"]}`.

use super::field::{FormField, Said, refusal};
use super::glob::matches;
use super::words::Words;
use super::{Kind, path_and_route};
use crate::interaction::{Action, Channel, HANDLE, Interaction, Members, Mistake, Value, integer, is_handle};

/// A rule, read once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rule {
    /// Its name, which every record that it allows is told with.
    pub name: Box<str>,
    /// Why the customer would find it convenient.
    pub because: Option<Box<str>>,
    /// What for the visitor must have agreed; `None` where any consent will do.
    pub purpose: Option<Box<str>>,
    kinds: Option<Vec<Kind>>,
    actions: Option<Vec<Action>>,
    channels: Option<Vec<Channel>>,
    namespaces: Option<Vec<Box<str>>>,
    /// Patterns of paths.
    urls: Option<Vec<Box<str>>>,
    /// Patterns of names of forms.
    pub(super) forms: Option<Vec<Box<str>>>,
    /// The keys of `meta` that are kept; all where it names none.
    pub(super) meta: Option<Vec<Box<str>>>,
    /// The fields of a form whose values are kept.
    pub(super) fields: Vec<NamedField>,
}

/// A field of a form that a rule names: `"size"`, `{"name": "birthday", "personal": true}`, or
/// `{"name": "city", "is": "not-personal", "because": "The city that a bicycle is for."}`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct NamedField {
    pub(super) name: Box<str>,
    /// What the policy says of it.
    pub(super) said: Said,
}

impl Rule {
    /// Reads a rule. One without any condition would open the allowlist to everything, so it is refused as well.
    ///
    /// # Errors
    /// The first mistake, with its path.
    pub(super) fn read(given: &Value, path: &str, words: &Words, mistake: &Mistake) -> Rule {
        let members = Members::of(given, path, MEMBERS, mistake);
        let name = members.text("rule", HANDLE, is_handle);
        if name.is_none() {
            members.refuse("rule", HANDLE);
        }
        let rule = Rule {
            name: name.unwrap_or_default(),
            because: members.text("because", "text", |_| true),
            purpose: members.text("purpose", HANDLE, is_handle),
            kinds: members.words("kind", Kind::WORDS).map(|places| pick(Kind::ALL, &places)),
            actions: members.words("action", Action::WORDS).map(|places| pick(Action::ALL, &places)),
            channels: members.words("channel", Channel::WORDS).map(|places| pick(Channel::ALL, &places)),
            namespaces: members.texts("namespace", HANDLE, is_handle),
            urls: members.texts("url", "a path, or a pattern of paths", is_path),
            forms: members.texts("form", "the name of a form", |name| !name.is_empty()),
            meta: members.texts("meta", "text", |_| true),
            fields: read_fields(members.get("fields"), &members.path("fields"), words, mistake),
        };
        for name in CONDITIONS {
            if members.get(name).is_some_and(|words| words.items().is_empty()) {
                members.refuse(name, "an array of one or more");
            }
        }
        if CONDITIONS.iter().all(|name| members.get(name).is_none()) {
            let accepted = "a rule with at least one of kind, action, channel, namespace, url, form";
            mistake.note(path, Some(given), accepted);
        }
        rule
    }

    /// Whether the record meets all its conditions.
    pub(super) fn allows(&self, kind: Kind, record: &Interaction) -> bool {
        let url = || path_and_route(record.url.as_deref().unwrap_or_default());
        let form = || record.meta("form").and_then(Value::text).unwrap_or_default();
        is_one_of(&self.kinds, &kind)
            && is_one_of(&self.actions, &record.action)
            && is_one_of(&self.channels, &record.channel)
            && is_one_of(&self.namespaces, &record.namespace)
            && self.urls.as_ref().is_none_or(|patterns| matches_any(patterns, &url()))
            && self.forms.as_ref().is_none_or(|patterns| matches_any(patterns, form()))
    }

    /// The rules that Omneo's documentation names.
    pub(super) fn defaults() -> Vec<Rule> {
        let rule = |name: &str, because: &str, kinds: &[Kind]| Rule {
            name: name.into(),
            because: Some(because.into()),
            kinds: Some(kinds.into()),
            ..Rule::default()
        };
        let views = &[Kind::PageView, Kind::ProductView];
        vec![
            Rule {
                channels: Some(vec![Channel::Website, Channel::App]),
                ..rule("login", "A login on website or app.", &[Kind::Login])
            },
            Rule {
                namespaces: Some(vec!["clienteling".into()]),
                ..rule("clienteling", "A view within a clienteling session.", views)
            },
            rule("view", "A view of a page or a product.", views),
            rule("form", "The submission of a form.", &[Kind::FormSubmission]),
        ]
    }
}

fn is_one_of<T: PartialEq>(accepted: &Option<Vec<T>>, value: &T) -> bool {
    accepted.as_ref().is_none_or(|accepted| accepted.contains(value))
}

pub(super) fn matches_any(patterns: &[Box<str>], text: &str) -> bool {
    patterns.iter().any(|pattern| matches(pattern, text))
}

// Once for all three vocabularies, whose words are a byte each.
#[inline(never)]
fn pick<T: Copy>(all: &[T], places: &[usize]) -> Vec<T> {
    places.iter().map(|place| all[*place]).collect()
}

fn is_path(text: &str) -> bool {
    matches!(text.as_bytes(), [b'/' | b'*', ..])
}

// What the names of fields alone forbid is a mistake in the policy.
fn read_fields(given: Option<&Value>, path: &str, words: &Words, mistake: &Mistake) -> Vec<NamedField> {
    let mut fields = Vec::new();
    let Some(given) = given else { return fields };
    if !matches!(given, Value::List(_)) {
        mistake.note(path, Some(given), "an array, each the name of a field");
    }
    for (at, item) in given.items().iter().enumerate() {
        let named = read_field(item);
        let refused = match &named {
            // Without the words, each field is dropped when it is asked for.
            Some(_) if !words.are_known() => None,
            Some(named) => refusal(&FormField { name: named.name.clone(), ..FormField::default() }, named.said, words),
            None => Some("the name of a field, or {\"name\", \"personal\"}, or {\"name\", \"is\": \"not-personal\", \"because\"}".into()),
        };
        if let Some(reason) = refused {
            mistake.note(&[path, "[", &integer(at as u32), "]"].concat(), Some(item), &reason);
        }
        fields.extend(named);
    }
    fields
}

fn read_field(given: &Value) -> Option<NamedField> {
    let Value::Map(map) = given else {
        let name = given.text().filter(|name| !name.is_empty())?;
        return Some(NamedField { name: name.into(), said: Said::default() });
    };
    if map.iter().any(|(name, _)| !matches!(name, "name" | "personal" | "is" | "because")) {
        return None;
    }
    let personal = match map.get("personal") {
        Some(Value::Bool(personal)) => *personal,
        Some(_) => return None,
        None => false,
    };
    // Who lifts what a word says says why.
    let has_reason = map.get("because").and_then(Value::text).is_some_and(|because| !because.is_empty());
    let not_personal = match map.get("is") {
        Some(is) => is.text() == Some("not-personal") && has_reason && !personal,
        None => false,
    };
    if map.get("is").is_some() != not_personal || map.get("because").is_some() != not_personal {
        return None;
    }
    let name = map.get("name")?.text().filter(|name| !name.is_empty())?;
    Some(NamedField { name: name.into(), said: Said { personal, not_personal } })
}

/// What a rule can ask of a record.
const CONDITIONS: &[&str] = &["kind", "action", "channel", "namespace", "url", "form"];
const MEMBERS: &[&str] =
    &["rule", "because", "purpose", "kind", "action", "channel", "namespace", "url", "form", "meta", "fields"];
