//! Which profile a body means.

use crate::answers::Failure;
use crate::store::{Profile, Store};
use omneo_interactions::interaction::{Invalid, Value};

/// The names under which the global route takes a profile; where several are given, the first of them counts.
pub const IDENTIFICATION: [&str; 5] = ["profile_id", "identifier", "email", "mobile_phone", "mobile"];

/// The profile that a body of the global route means.
///
/// # Errors
/// 422 that names the field, where none is given or none is found.
pub fn resolve(store: &Store, body: &Value) -> Result<Profile, Failure> {
    let given = IDENTIFICATION.iter().find_map(|name| Some((*name, given(body, name)?)));
    let Some((name, value)) = given else {
        return Err(invalid("profile_id", None, "one of profile_id, identifier, email, mobile_phone"));
    };
    let (found, accepted) = match (name, value.text()) {
        ("profile_id", Some(id)) => (store.profile(id)?, "the id of a profile"),
        ("email", Some(email)) => {
            (store.profile_where("email = lower(?1)", [email])?, "the e-mail address of a profile")
        }
        ("mobile_phone" | "mobile", Some(number)) => {
            (store.profile_where("mobile_phone = ?1", [number])?, "the mobile number of a profile")
        }
        ("identifier", Some(id)) => (identified(store, id, None)?, "an identifier of a profile"),
        ("identifier", None) => {
            let id = value.get("id").and_then(Value::text_or_number);
            let found = match (id, value.get("handle").and_then(Value::text)) {
                (Some(id), Some(handle)) => identified(store, &id, Some(handle))?,
                _ => None,
            };
            (found, "an identifier of a profile, as text or as {id, handle}")
        }
        _ => (None, "text"),
    };
    found.ok_or_else(|| invalid(name, Some(value), accepted))
}

/// The profile that a token is asked for; `None` where an anonymous one is. A mistaken id is refused: it must not be answered with
/// an anonymous token, which looks like success.
///
/// # Errors
/// 422 that names the member.
pub fn asked_for(store: &Store, body: &Value) -> Result<Option<Profile>, Failure> {
    if body.map().is_none() {
        return Err(invalid("body", Some(body), "an object with id, and id_handle where it is not a profile's"));
    }
    let handle = given(body, "id_handle");
    let handle =
        handle.map(|value| value.text().ok_or_else(|| invalid("id_handle", Some(value), "text"))).transpose()?;
    let Some(value) = given(body, "id") else { return Ok(None) };
    let found = match (value.text_or_number(), handle) {
        (Some(id), None) => store.profile(&id)?,
        (Some(id), Some(handle)) => identified(store, &id, Some(handle))?,
        (None, _) => None,
    };
    found
        .map(Some)
        .ok_or_else(|| invalid("id", Some(value), "the id of a profile, or an identifier with its id_handle"))
}

/// The profile that has this identifier, of that handle where one is named.
///
/// # Errors
/// Only what the database says.
pub fn identified(store: &Store, id: &str, handle: Option<&str>) -> Result<Option<Profile>, Failure> {
    let condition = "id IN (SELECT profile_id FROM identities WHERE identifier = ?1 AND (?2 IS NULL OR handle = ?2))";
    Ok(store.profile_where(condition, (id, handle))?)
}

/// 422 that names one field.
pub fn invalid(field: &str, given: Option<&Value>, accepted: &str) -> Failure {
    Failure::from(vec![Invalid::new(field, given, accepted)])
}

fn given<'a>(body: &'a Value, name: &str) -> Option<&'a Value> {
    body.get(name).filter(|value| !value.is_null())
}
