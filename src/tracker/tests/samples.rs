//! Settings, tokens, sessions and records, as pages and storage have them.

use super::*;
use serde::Serialize;

pub(super) fn settings_of(text: &str) -> Settings {
    Settings::read(&json(text), Signals::default()).unwrap()
}

pub(super) fn adopted(shelf: &BTreeMap<String, String>) -> Input {
    let record = |(id, text): (&String, &String)| StoredRecord { id: id.as_str().into(), stored: text.as_str().into() };
    Input::Adopted { records: shelf.iter().map(record).collect() }
}

/// The JSON that a browser makes of it.
pub(super) fn text_of(value: &impl Serialize) -> String {
    serde_json::to_string(value).unwrap()
}

/// The profile of a customer of that name, a UUID.
pub(super) fn profile_of(name: &str) -> String {
    let digits: String = name.bytes().map(|byte| format!("{byte:02x}")).collect();
    format!("5f0d5a4e-6a52-4b0e-9a52-{digits:0>12}")
}

/// A token source's answer: a token of that customer's.
pub(super) fn token_of(name: &str) -> TokenAnswer {
    let claims = Map::from_iter([("pid", Value::from(profile_of(name)))]);
    TokenAnswer::Answered { answer: format!("token-of-{name}").into(), claims: claims.into() }
}

/// A token source's answer without claims.
pub(super) fn source_answers(answer: &str) -> TokenAnswer {
    TokenAnswer::Answered { answer: json(answer), claims: Value::Null }
}

/// A token source's answer: nobody is signed in.
pub(super) fn nobody() -> TokenAnswer {
    source_answers("null")
}

/// A session of that customer's that storage has, seen a second before [`PageUnderTest`] begins.
pub(super) fn session_of(name: &str) -> String {
    session_at(1_763_999_999_000, Some(name))
}

/// A session that began then, as storage has it; of nobody where there is no name.
pub(super) fn session_at(now: i64, name: Option<&str>) -> String {
    let profile = name.map(|name| profile_of(name).into());
    text_of(&Session { profile, seen: Instant(now), signed_out: Instant(now) }.to_stored())
}

/// The settings of a page whose records go by a relay.
pub(super) const RELAY: &str =
    r#"{"endpoint":"https://shop.example","route":"relay","consent":"granted","capture":{"logins":false}}"#;

/// What a relay says of a record.
pub(super) fn result(record: &Interaction, status: u16) -> String {
    format!(r#"{{"event_id":"{}","status":{status}}}"#, id(record))
}

/// The `meta` of a record, as JSON.
pub(super) fn meta(record: &Interaction) -> String {
    text_of(record.meta.as_ref().expect("a record has its id"))
}

/// The `event_id` of a record.
pub(super) fn id(record: &Interaction) -> &str {
    record.meta(crate::privacy::EVENT_ID).and_then(Value::text).expect("a record has its id")
}
