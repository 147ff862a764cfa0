//! Omneo's ID tokens. Only Omneo can tell whether one is good, so it is asked, and its answer is kept for a while.

use super::{Refusal, jwt};
use crate::omneo::{Asked, Omneo};
use moka::future::Cache;
use sha2::{Digest, Sha256};
use std::sync::Arc;
use std::time::Duration;

/// What Omneo answered, by the SHA-256 of each token.
pub struct IdTokens {
    omneo: Omneo,
    known: Cache<[u8; 32], (Option<Arc<str>>, i64)>,
}

impl IdTokens {
    pub fn new(omneo: Omneo) -> IdTokens {
        IdTokens { omneo, known: Cache::builder().max_capacity(MOST).time_to_live(KEPT).build() }
    }

    /// The profile that the token is for.
    ///
    /// # Errors
    /// Why it is not good, or that Omneo does not say.
    pub async fn profile(&self, token: &str) -> Result<String, Refusal> {
        const NOT_GOOD: Refusal = Refusal::Unauthenticated("Omneo does not accept the token.");
        // What is no token at all need not be asked of anybody.
        let ends = jwt::ends(token).ok_or(NOT_GOOD)?;
        // However many requests come with a token that is not known yet, Omneo is asked once.
        let asked = self.known.try_get_with(Sha256::digest(token).into(), async {
            match self.omneo.profile_of(token).await {
                Ok(Some(profile)) => Ok((Some(Arc::from(profile)), ends)),
                Ok(None) => Ok((None, ends)),
                Err(Asked::Later) => Err(()),
            }
        });
        match asked.await {
            Ok((Some(profile), ends)) if crate::clock::now() < ends => Ok(profile.to_string()),
            Ok(_) => Err(NOT_GOOD),
            Err(_) => Err(Refusal::Unavailable("Omneo does not say now whether the token is good.")),
        }
    }
}

/// How long an answer counts.
const KEPT: Duration = Duration::from_secs(300);
/// How many are kept.
const MOST: u64 = 100_000;
