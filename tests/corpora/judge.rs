//! How many of the corpora's fields and texts the code decides as is wanted of them, for each half.

use omneo_interactions::interaction::{Interaction, Value as Given};
use omneo_interactions::privacy::{FormField, Kind, Policy, scrub};
use serde_json::{Value, json};
use unicode_normalization::UnicodeNormalization;

/// A row of the table: what is counted, and what is not as it is wanted.
pub struct Row {
    pub what: &'static str,
    pub all: usize,
    /// Each with what became of it.
    pub wrong: Vec<String>,
}

impl Row {
    fn of<'a>(
        what: &'static str,
        entries: impl Iterator<Item = &'a Value>,
        judge: impl Fn(&Value) -> Option<String>,
    ) -> Row {
        let mut row = Row { what, all: 0, wrong: Vec::new() };
        for entry in entries {
            row.all += 1;
            row.wrong.extend(judge(entry));
        }
        row
    }
}

/// The entries of a half: 0 is there to work with, 1 is held back.
fn half(corpus: &Value, half: usize) -> impl Iterator<Item = &Value> {
    corpus.as_array().expect("a list").iter().skip(half).step_by(2)
}

pub fn fields(place: usize) -> [Row; 3] {
    let corpus: Value = serde_json::from_str(include_str!("fields.json")).expect("JSON");
    let rows = [
        ("never", "sensitive fields kept", true, false),
        ("personal", "personal fields kept without being said to be so", false, false),
        ("kept", "innocent fields dropped", false, true),
    ];
    rows.map(|(wanted, what, personal, keeps)| {
        let entries = half(&corpus, place).filter(|entry| text(entry, "wanted") == wanted);
        Row::of(what, entries, |entry| (is_kept(entry, personal) != keeps).then(|| entry.to_string()))
    })
}

/// Whether a policy that names the field, as personal or not, keeps it.
pub fn is_kept(entry: &Value, personal: bool) -> bool {
    let named = if text(entry, "name").is_empty() { "f1" } else { text(entry, "name") };
    let policy = json!({"rules": [{"rule": "f", "kind": ["formSubmission"], "fields": [{"name": named, "personal": personal}]}]});
    let Ok(policy) = Policy::read(&given(policy)) else { return false };
    let record = json!({"action": "disclose", "channel": "website", "signal": 0, "name": "n", "namespace": "n"});
    let record = Interaction::try_from(given(record)).expect("valid");
    let own = |name: &str| text(entry, name).into();
    let seen = [named, text(entry, "id"), text(entry, "label")].join("\n");
    let field = FormField {
        name: named.into(),
        id: own("id"),
        label: seen.nfkc().collect::<String>().into(),
        kind: own("kind"),
        autocomplete: own("autocomplete"),
        inputmode: own("inputmode"),
        pattern: own("pattern"),
        masked: entry["masked"] == true,
        ..FormField::default()
    };
    policy.fields_to_read(Kind::FormSubmission, &record, &[field]).len() == 1
}

fn given(value: Value) -> Given {
    serde_json::from_value(value).expect("a value")
}

pub fn texts(place: usize) -> [Row; 3] {
    let corpus: Value = serde_json::from_str(include_str!("texts.json")).expect("JSON");
    let is_address = |entry: &Value| text(entry, "text").starts_with("https:");
    let stays = |entry: &&Value| entry["goes"].is_null();
    let harmed = |entry: &Value| {
        let struck = struck(text(entry, "text"));
        (struck != text(entry, "text")).then(|| format!("{} became {struck}", entry["text"]))
    };
    [
        Row::of("personal texts left", half(&corpus, place).filter(|entry| !entry["goes"].is_null()), |entry| {
            let struck = struck(text(entry, "text"));
            let rule = entry["leaves"].as_str().unwrap_or("no rule");
            struck.contains(text(entry, "goes")).then(|| format!("{}: {struck}, by {rule}", entry["what"]))
        }),
        Row::of("innocent texts harmed", half(&corpus, place).filter(stays).filter(|entry| !is_address(entry)), harmed),
        Row::of("addresses harmed", half(&corpus, place).filter(stays).filter(|entry| is_address(entry)), harmed),
    ]
}

// Of an address the origin is never looked at.
fn struck(text: &str) -> String {
    match text.strip_prefix(ORIGIN) {
        Some(path) => format!("{ORIGIN}{}", scrub(path)),
        None => scrub(text).into(),
    }
}

pub fn text<'a>(entry: &'a Value, name: &str) -> &'a str {
    entry[name].as_str().unwrap_or_default()
}

const ORIGIN: &str = "https://fern.example";
