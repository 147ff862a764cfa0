//! The brand's own tokens (RFC 7519).

use super::Refusal;
use crate::config::{Algorithm, Jwt, Secret};
use jsonwebtoken::{DecodingKey, Validation, decode};
use serde_json::{Map, Value};

/// What checks the tokens of one issuer.
pub struct Verifier {
    issuer: String,
    profile_claim: String,
    key: DecodingKey,
    validation: Validation,
}

impl Verifier {
    /// # Errors
    /// What is wrong with the key.
    pub fn new(jwt: &Jwt) -> Result<Verifier, String> {
        let text = jwt.key.as_ref().map(Secret::expose).unwrap_or_default();
        let algorithm = algorithm(jwt.algorithm);
        // The algorithm is ours to choose, never the token's.
        let mut validation = Validation::new(algorithm);
        validation.set_issuer(&[&jwt.issuer]);
        validation.set_audience(&[&jwt.audience]);
        validation.set_required_spec_claims(&["exp", "iss", "aud"]);
        validation.validate_nbf = true;
        validation.leeway = LEEWAY_SECONDS;
        let key =
            decoding_key(jwt.algorithm, text).map_err(|error| format!("is no key for {algorithm:?} ({error})"))?;
        Ok(Verifier { issuer: jwt.issuer.clone(), profile_claim: jwt.profile_claim.clone(), key, validation })
    }

    /// Whose tokens it checks.
    pub fn issuer(&self) -> &str {
        &self.issuer
    }

    /// The profile that the token is for.
    ///
    /// # Errors
    /// Why it is not good.
    pub fn profile(&self, token: &str) -> Result<String, Refusal> {
        let decoded = decode::<Map<String, Value>>(token, &self.key, &self.validation);
        let claims = decoded.map_err(|_| Refusal::Unauthenticated("The token is not valid, or has ended."))?.claims;
        let profile = claims.get(&self.profile_claim).and_then(Value::as_str);
        profile.map(str::to_owned).ok_or(Refusal::Unauthenticated("The token names no profile."))
    }
}

/// Who a token says that issued it. Nothing is proved by it: it only says who is to be asked.
pub fn issuer(token: &str) -> Option<String> {
    let claims = jsonwebtoken::dangerous::insecure_decode::<Map<String, Value>>(token).ok()?.claims;
    claims.get("iss")?.as_str().map(str::to_owned)
}

fn decoding_key(algorithm: Algorithm, text: &str) -> jsonwebtoken::errors::Result<DecodingKey> {
    match algorithm {
        Algorithm::HS256 | Algorithm::HS384 | Algorithm::HS512 => Ok(DecodingKey::from_secret(text.as_bytes())),
        Algorithm::ES256 | Algorithm::ES384 => DecodingKey::from_ec_pem(text.as_bytes()),
        Algorithm::EdDSA => DecodingKey::from_ed_pem(text.as_bytes()),
        _ => DecodingKey::from_rsa_pem(text.as_bytes()),
    }
}

fn algorithm(algorithm: Algorithm) -> jsonwebtoken::Algorithm {
    use jsonwebtoken::Algorithm as Of;
    match algorithm {
        Algorithm::HS256 => Of::HS256,
        Algorithm::HS384 => Of::HS384,
        Algorithm::HS512 => Of::HS512,
        Algorithm::RS256 => Of::RS256,
        Algorithm::RS384 => Of::RS384,
        Algorithm::RS512 => Of::RS512,
        Algorithm::PS256 => Of::PS256,
        Algorithm::PS384 => Of::PS384,
        Algorithm::PS512 => Of::PS512,
        Algorithm::ES256 => Of::ES256,
        Algorithm::ES384 => Of::ES384,
        Algorithm::EdDSA => Of::EdDSA,
    }
}

/// How far two clocks may differ.
const LEEWAY_SECONDS: u64 = 5;

/// When a token says that it ends, in milliseconds since 1970. Nothing is proved by it.
pub fn ends(token: &str) -> Option<i64> {
    let claims = jsonwebtoken::dangerous::insecure_decode::<Map<String, Value>>(token).ok()?.claims;
    Some((claims.get("exp")?.as_f64()? * 1_000.0) as i64)
}
