//! Whose a record is, as the relay keeps it.

use hmac::{Hmac, KeyInit, Mac};
use serde_json::Value;
use sha2::Sha256;
use std::fmt;
use uuid::Uuid;

/// A customer of a brand: a profile of Omneo, or somebody of whom only an identifier is known.
///
/// An identifier is kept as its keyed hash (HMAC-SHA256), so that the database has no list of addresses once a record has gone.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Subject(Box<str>);

impl Subject {
    /// The profile of that id; `None` where it is no UUID.
    pub fn profile(id: &str) -> Option<Subject> {
        let id = Uuid::try_parse(id).ok().filter(|_| id.len() == 36)?;
        Some(Subject(id.hyphenated().to_string().into()))
    }

    /// Whoever has that identifier, e-mail address or mobile number: however it is written, and under whichever of the three names.
    pub fn identified(key: &[u8], tenant: &str, identification: &Identification) -> Subject {
        let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("HMAC takes a key of any length");
        for part in [tenant, &identification.id, identification.handle.as_deref().unwrap_or_default()] {
            mac.update(part.as_bytes());
            mac.update(b"\0");
        }
        Subject([HASHED, &hex::encode(mac.finalize().into_bytes())].concat().into())
    }

    /// As it was kept.
    pub fn from_kept(text: &str) -> Subject {
        Subject(text.into())
    }

    /// Omneo's id of the profile, where it is one.
    pub fn as_profile(&self) -> Option<&str> {
        (!self.0.starts_with(HASHED)).then_some(&self.0)
    }

    /// As it is kept.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Subject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// What somebody is known by, in the form in which it is compared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identification {
    id: String,
    handle: Option<String>,
}

impl Identification {
    /// Reads a text, a number, or `{"id", "handle"}`; `None` for anything else.
    pub fn read(given: &Value) -> Option<Identification> {
        match given {
            Value::String(text) => Some(Identification { id: compared(text)?, handle: None }),
            Value::Number(number) => Some(Identification { id: number.to_string(), handle: None }),
            Value::Object(members) if members.keys().all(|name| matches!(&**name, "id" | "handle")) => {
                let id = Identification::read(members.get("id").filter(|id| !id.is_object())?)?.id;
                let handle = members.get("handle")?.as_str().filter(|handle| !handle.is_empty())?;
                Some(Identification { id, handle: Some(handle.to_owned()) })
            }
            _ => None,
        }
    }
}

// Letters of either case are one. A telephone number is its digits, whatever stands between them.
fn compared(text: &str) -> Option<String> {
    let text = text.trim();
    let digits: String = text.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect();
    let is_number = digits.len() >= 7 && text.chars().all(|c| c.is_ascii_digit() || "+-(). /".contains(c));
    let compared = if is_number { digits } else { text.to_lowercase() };
    (1..=MOST).contains(&compared.len()).then_some(compared)
}

/// What stands before a hash.
const HASHED: &str = "~";
/// The longest identifier, in bytes.
const MOST: usize = 320;

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn subject(given: Value) -> Subject {
        Subject::identified(b"key", "acme", &Identification::read(&given).unwrap())
    }

    #[test]
    fn an_address_is_one_however_it_is_written() {
        assert_eq!(subject(json!("Ada@Example.com ")), subject(json!("ada@example.com")));
        assert_eq!(subject(json!("+61 412-345 678")), subject(json!("+61412345678")));
        assert_ne!(subject(json!("ada@example.com")), subject(json!("grace@example.com")));
        assert_ne!(subject(json!("A-1")), subject(json!({ "id": "A-1", "handle": "erp" })));
        assert_eq!(subject(json!("x")).as_profile(), None);
    }

    #[test]
    fn tenants_and_keys_share_no_hash() {
        let ada = Identification::read(&json!("ada@example.com")).unwrap();
        let hashes = [("acme", "k"), ("apex", "k"), ("acme", "l")]
            .map(|(tenant, key)| Subject::identified(key.as_bytes(), tenant, &ada));
        assert!(hashes[0] != hashes[1] && hashes[0] != hashes[2]);
        assert!(!hashes[0].as_str().contains("ada"));
    }

    #[test]
    fn what_identifies_nobody_is_refused() {
        for given in
            [json!(null), json!(""), json!("  "), json!({ "id": "x" }), json!({ "id": {}, "handle": "h" }), json!([])]
        {
            assert_eq!(Identification::read(&given), None, "{given}");
        }
    }

    #[test]
    fn a_profile_is_a_uuid_in_lower_case() {
        let own = Subject::profile("97E9C263-0F79-4E73-B734-BB19FB453D5D").unwrap();
        assert_eq!(own.as_profile(), Some("97e9c263-0f79-4e73-b734-bb19fb453d5d"));
        assert_eq!(Subject::profile("me"), None);
    }
}
