//! The keys of servers. Only their hashes are known here, so that a settings file opens nothing.

use super::Refusal;
use crate::config::{Key, Scope};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use subtle::ConstantTimeEq;

/// The hashes of all keys, and what each opens.
pub struct Keys(Vec<(Vec<u8>, Vec<Scope>)>);

impl Keys {
    pub fn new(keys: &BTreeMap<String, Key>) -> Keys {
        let each = keys.values().flat_map(|key| key.sha256.iter().map(|hash| (hash, &key.scopes)));
        Keys(each.map(|(hash, scopes)| (hex::decode(hash).unwrap_or_default(), scopes.clone())).collect())
    }

    /// # Errors
    /// Why the key does not open this.
    pub fn open(&self, key: &str, scope: Scope) -> Result<(), Refusal> {
        let hash = Sha256::digest(key);
        // Each is compared, in the same time whether it is right or not.
        let mut scopes = None;
        for (known, own) in &self.0 {
            if bool::from(known.as_slice().ct_eq(&hash)) {
                scopes = Some(own);
            }
        }
        match scopes {
            None => Err(Refusal::Unauthenticated("The key is not known here.")),
            Some(scopes) if scopes.contains(&scope) => Ok(()),
            Some(_) => Err(Refusal::Forbidden("The key does not open this.")),
        }
    }
}
