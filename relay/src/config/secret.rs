//! A text that is shown to nobody.

use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use std::path::Path;

/// A key, a token or a password. It is wiped from memory, and is in no log.
#[derive(Clone, Debug, Deserialize)]
#[serde(transparent)]
pub struct Secret(SecretString);

impl Secret {
    /// The text, for the one place that needs it.
    pub fn expose(&self) -> &str {
        self.0.expose_secret()
    }

    /// What a file has, without the line's end that editors leave.
    pub(super) fn of_file(file: &Path) -> Result<Secret, String> {
        let text = std::fs::read_to_string(file).map_err(|error| format!("it cannot be read ({error})"))?;
        match text.trim_end_matches(['\r', '\n']) {
            "" => Err("it is empty".into()),
            text => Ok(Secret::from(text)),
        }
    }
}

impl From<&str> for Secret {
    fn from(text: &str) -> Secret {
        Secret(SecretString::from(text))
    }
}
