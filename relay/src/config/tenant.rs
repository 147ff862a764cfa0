//! A brand: its Omneo, who may hand in records, and what is kept of them.

use super::Secret;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::PathBuf;

/// A brand.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tenant {
    /// The origin of its Omneo, `https://api.{tenant}.getomneo.com`.
    pub omneo: String,
    /// Omneo's token with the scopes `create-interactions` and `read-interactions`.
    pub omneo_token: Option<Secret>,
    /// The file that has it.
    pub omneo_token_file: Option<PathBuf>,
    /// Omneo's token with the scope `delete-interactions`; without it, nothing is deleted at Omneo.
    pub omneo_erase_token: Option<Secret>,
    /// The file that has it.
    pub omneo_erase_token_file: Option<PathBuf>,
    /// The names under which its shop is reached, as a request's `Host` has them; all where there is one brand only.
    #[serde(default)]
    pub hosts: Vec<String>,
    /// The origins whose pages may call, where they are not the relay's own.
    #[serde(default)]
    pub origins: Vec<String>,
    /// The allowlist that the tracker has as well; the default one without it.
    pub policy: Option<PathBuf>,
    /// The allowlist for records that servers hand in; without it they need only be interactions, and are scrubbed.
    pub server_policy: Option<PathBuf>,
    /// The most requests to Omneo a second.
    #[serde(default = "rate")]
    pub rate: f64,
    /// Whether Omneo's ID tokens open the relay; each is asked of Omneo.
    #[serde(default)]
    pub omneo_id: bool,
    /// The brand's own tokens.
    #[serde(default)]
    pub jwt: Vec<Jwt>,
    /// The keys of servers, by name.
    #[serde(default)]
    pub keys: BTreeMap<String, Key>,
    /// What identifiers are hashed with; made by the relay where none is given.
    pub identifier_key: Option<Secret>,
    /// The file that has it.
    pub identifier_key_file: Option<PathBuf>,
}

/// A kind of the brand's own tokens (RFC 7519): who signs them, for whom, and how.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Jwt {
    /// The claim `iss`.
    pub issuer: String,
    /// The claim `aud`.
    pub audience: String,
    /// How it is signed.
    pub algorithm: Algorithm,
    /// The secret, or the public key in PEM.
    pub key: Option<Secret>,
    /// The file that has it.
    pub key_file: Option<PathBuf>,
    /// The claim that has the customer's profile in Omneo.
    #[serde(default = "profile_claim")]
    pub profile_claim: String,
}

/// How a token is signed (RFC 7518). There is no `none`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[allow(missing_docs)]
pub enum Algorithm {
    HS256,
    HS384,
    HS512,
    RS256,
    RS384,
    RS512,
    PS256,
    PS384,
    PS512,
    ES256,
    ES384,
    EdDSA,
}

/// A key of a server.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Key {
    /// The SHA-256 of the key in hex; two while it is replaced.
    pub sha256: Vec<String>,
    /// What it opens.
    pub scopes: Vec<Scope>,
}

/// What a server's key opens.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Scope {
    /// Records by profile.
    Profiles,
    /// Records by identifier, e-mail address or mobile number.
    Identifiers,
}

impl Tenant {
    pub(super) fn check(&self, path: &str, is_one_of_many: bool) -> Vec<String> {
        let mut mistakes = Vec::new();
        let mut note = |name: &str, why: &str| mistakes.push(format!("`{path}.{name}` {why}"));
        match reqwest::Url::parse(&self.omneo) {
            Ok(url) if matches!(url.scheme(), "http" | "https") && url.path() == "/" => {}
            _ => note("omneo", &format!("is {:?}; accepted: https://api.TENANT.getomneo.com", self.omneo)),
        }
        if self.omneo_token.is_none() {
            note("omneo_token", "is missing; accepted: a token of Omneo, or `omneo_token_file`");
        }
        if is_one_of_many && self.hosts.is_empty() {
            note("hosts", "is empty; accepted: one name or more, as there are several tenants");
        }
        if !(self.rate.is_finite() && (0.1..=10_000.0).contains(&self.rate)) {
            note("rate", &format!("is {}; accepted: 0.1 to 10000 requests a second", self.rate));
        }
        if self.jwt.is_empty() && self.keys.is_empty() && !self.omneo_id {
            note(
                "jwt",
                "is empty, and there is neither `omneo_id` nor a key; accepted: one of these, or nobody may call",
            );
        }
        for (at, jwt) in self.jwt.iter().enumerate() {
            if jwt.key.is_none() {
                note(&format!("jwt[{at}].key"), "is missing; accepted: a secret or a public key, or `key_file`");
            }
        }
        for (name, key) in &self.keys {
            let is_hash = |hash: &String| hash.len() == 64 && hash.bytes().all(|byte| byte.is_ascii_hexdigit());
            if !(1..=2).contains(&key.sha256.len()) || !key.sha256.iter().all(is_hash) {
                note(&format!("keys.{name}.sha256"), "is no list of one or two SHA-256 in hex (64 digits)");
            }
        }
        mistakes
    }
}

fn rate() -> f64 {
    10.0
}

fn profile_claim() -> String {
    "pid".into()
}
