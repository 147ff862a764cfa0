//! The settings for whoever asks for them, without their secrets.

use super::figment;
use figment::value::{Dict, Value};
use std::path::Path;

/// All that is set, as TOML.
///
/// # Errors
/// What cannot be read.
pub fn shown(file: Option<&Path>) -> Result<String, String> {
    let mut values: Dict = figment(file)?.extract().map_err(|error| error.to_string())?;
    hide(&mut values);
    toml::to_string_pretty(&values).map_err(|error| error.to_string())
}

fn hide(values: &mut Dict) {
    for (name, value) in values.iter_mut() {
        match value {
            Value::Dict(_, inner) => hide(inner),
            Value::Array(_, items) => items.iter_mut().for_each(|item| {
                if let Value::Dict(_, inner) = item {
                    hide(inner);
                }
            }),
            _ if SECRETS.contains(&name.as_str()) => *value = Value::from("(hidden)"),
            Value::String(_, text) if name == "database" => *text = without_password(text),
            _ => {}
        }
    }
}

fn without_password(address: &str) -> String {
    let Ok(mut url) = reqwest::Url::parse(address) else { return address.to_owned() };
    if url.password().is_some() && url.set_password(Some("(hidden)")).is_err() {
        return "(hidden)".into();
    }
    url.to_string()
}

const SECRETS: &[&str] =
    &["admin_key", "database_password", "identifier_key", "key", "omneo_erase_token", "omneo_token"];
