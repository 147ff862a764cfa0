//! What a webhook subscribes to, as it is asked for.

use crate::condition;
use crate::here::is_here;
use axum::http::Uri;
use axum::http::uri::Scheme;
use omneo_interactions::interaction::{Invalid, Value, json};
use serde::Serialize;

/// The event that a new interaction is.
pub const INTERACTION_CREATED: &str = "interaction.created";

/// One trigger, one URL.
#[derive(Clone, Debug, Serialize)]
pub struct Subscription {
    pub trigger: String,
    /// Where it is posted to.
    pub url: String,
    /// The integration that owns it: what its own token causes is not delivered back to it.
    pub namespace: String,
    pub queue: String,
    /// JSON Logic: only events of which it says `true`.
    pub condition: Option<serde_json::Value>,
}

impl Subscription {
    /// Reads it off a body.
    ///
    /// # Errors
    /// Every member that cannot be.
    pub fn read(body: &Value) -> Result<Subscription, Vec<Invalid>> {
        let mut mistakes = Vec::new();
        let mut text = |field: &str, accepted: &str, fits: fn(&str) -> bool| {
            let text = body.get(field).and_then(Value::text).filter(|text| fits(text));
            text.map(str::to_owned).unwrap_or_else(|| {
                mistakes.push(Invalid::new(field, body.get(field), accepted));
                String::new()
            })
        };
        let trigger =
            text("trigger", "interaction.created, the one event of the sandbox", |text| text == INTERACTION_CREATED);
        let url = text("url", "an http address on this machine, such as http://127.0.0.1:3000/hook", is_http_here);
        let namespace = text("namespace", "a handle of 1 to 255 letters, digits or . _ : -", is_handle);
        let condition = rule(body.get("condition")).unwrap_or_else(|mistake| {
            mistakes.push(mistake);
            None
        });
        let subscription = Subscription { trigger, url, namespace, queue: queue(body.get("queue")), condition };
        if mistakes.is_empty() { Ok(subscription) } else { Err(mistakes) }
    }

    /// With these members in the place of its own.
    ///
    /// # Errors
    /// Every member that cannot be.
    pub fn changed(&self, changes: &Value) -> Result<Subscription, Vec<Invalid>> {
        let own = serde_json::to_string(self).ok().and_then(|text| json::read(text).ok());
        match (own, changes) {
            (Some(Value::Map(mut members)), Value::Map(changes)) => {
                changes.iter().for_each(|(name, value)| members.set(name, value.clone()));
                Subscription::read(&Value::Map(members))
            }
            _ => Err(vec![Invalid::new("body", Some(changes), "an object")]),
        }
    }
}

fn is_http_here(url: &str) -> bool {
    let uri: Option<Uri> = url.parse().ok();
    let uri = uri.filter(|uri| uri.scheme() == Some(&Scheme::HTTP));
    uri.is_some_and(|uri| {
        uri.authority().is_some_and(|authority| is_here(authority) && !authority.as_str().contains('@'))
    })
}

fn is_handle(text: &str) -> bool {
    let fits = |byte: u8| byte.is_ascii_alphanumeric() || b"._:-".contains(&byte);
    (1..=255).contains(&text.len()) && text.bytes().all(fits)
}

// Omneo takes what is no queue for the lowest.
fn queue(given: Option<&Value>) -> String {
    let given = given.filter(|queue| !queue.is_null()).map(|queue| queue.text().unwrap_or_default());
    match given {
        None | Some("default") => "default".into(),
        Some("high") => "high".into(),
        Some(_) => "low".into(),
    }
}

fn rule(given: Option<&Value>) -> Result<Option<serde_json::Value>, Invalid> {
    let Some(given) = given.filter(|rule| !rule.is_null()) else { return Ok(None) };
    let rule = serde_json::json!(given);
    let checked = if given.map().is_some() { condition::check(&rule) } else { Err("no object".into()) };
    let accepted = |why| format!(r#"a rule of JSON Logic, such as {{"===": [{{"var": "action"}}, "view"]}} ({why})"#);
    checked.map(|()| Some(rule)).map_err(|why| Invalid::new("condition", Some(given), &accepted(why)))
}
