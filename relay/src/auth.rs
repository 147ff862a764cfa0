//! Who calls, and whose records they may hand in.
//!
//! Only bearer tokens count (RFC 6750), never a cookie, so that no other site's page can act in a customer's name. No token is
//! stored or logged.

mod id_token;
mod jwt;
mod key;

use crate::config::{self, Scope};
use crate::omneo::Omneo;
use crate::subject::Subject;
use id_token::IdTokens;
use jwt::Verifier;
use key::Keys;

/// Who may call for a brand.
pub struct Door {
    verifiers: Vec<Verifier>,
    id_tokens: Option<IdTokens>,
    keys: Keys,
}

/// Why somebody may not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// No token, or none that is good: 401.
    Unauthenticated(&'static str),
    /// It is good, and does not open this: 403.
    Forbidden(&'static str),
    /// Whether it is good cannot be found out now: 503.
    Unavailable(&'static str),
}

impl Door {
    /// # Errors
    /// The setting, and what is wrong with it.
    pub fn new(own: &config::Tenant, omneo: Omneo) -> Result<Door, (String, String)> {
        let verifiers = own
            .jwt
            .iter()
            .enumerate()
            .map(|(at, jwt)| Verifier::new(jwt).map_err(|why| (format!("jwt[{at}].key"), why)));
        Ok(Door {
            verifiers: verifiers.collect::<Result<_, _>>()?,
            id_tokens: own.omneo_id.then(|| IdTokens::new(omneo)),
            keys: Keys::new(&own.keys),
        })
    }

    /// The customer whose token it is: the brand's own, or Omneo's.
    ///
    /// # Errors
    /// Why it opens nothing.
    pub async fn customer(&self, token: &str) -> Result<Subject, Refusal> {
        let issuer = jwt::issuer(token);
        let verifier = self.verifiers.iter().find(|verifier| Some(verifier.issuer()) == issuer.as_deref());
        let profile = match (verifier, &self.id_tokens) {
            (Some(verifier), _) => verifier.profile(token)?,
            (None, Some(id_tokens)) => id_tokens.profile(token).await?,
            (None, None) => return Err(Refusal::Unauthenticated("The token is of no issuer that is known here.")),
        };
        Subject::profile(&profile).ok_or(Refusal::Unauthenticated("The token names no profile."))
    }

    /// # Errors
    /// Why the key does not open this.
    pub fn server(&self, key: &str, scope: Scope) -> Result<(), Refusal> {
        self.keys.open(key, scope)
    }
}
