//! The demo tenant: its customers, catalogue and credentials.

use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::sync::LazyLock;
use subtle::ConstantTimeEq;

/// An admin token with all scopes. Well known, because a sandbox has nothing to protect: it listens on 127.0.0.1 only.
pub const ADMIN_TOKEN: &str = "sandbox-admin-token";
/// The integration that the admin token belongs to.
pub const ADMIN_NAMESPACE: &str = "sandbox-admin";
/// An admin token with `read-interactions` only.
pub const READ_ONLY_TOKEN: &str = "sandbox-read-only-token";
/// What Shopify's signatures are made with: hex HMAC-SHA256 of the customer id.
pub const SHOPIFY_SECRET: &str = "sandbox-shopify-secret";
/// What the bodies of webhooks are signed with: hex HMAC-SHA256.
pub const WEBHOOK_SECRET: &str = "sandbox-webhook-secret";

/// The scopes of an admin token; none for a token that is not one. It takes as long for any wrong one of the same length: the
/// tokens are no secret here, but what is read here is copied.
pub fn scopes(token: &str) -> &'static [&'static str] {
    if is(token, ADMIN_TOKEN) {
        ALL_SCOPES
    } else if is(token, READ_ONLY_TOKEN) {
        &["read-interactions"]
    } else {
        &[]
    }
}

/// The integration that an admin token belongs to. The read-only token causes no event, so it needs none.
pub fn namespace(token: &str) -> Option<&'static str> {
    is(token, ADMIN_TOKEN).then_some(ADMIN_NAMESPACE)
}

fn is(token: &str, known: &str) -> bool {
    token.as_bytes().ct_eq(known.as_bytes()).into()
}

// Omneo documents those of interactions; those of webhooks are inferred from them.
const ALL_SCOPES: &[&str] = &[
    "create-interactions",
    "read-interactions",
    "update-interactions",
    "delete-interactions",
    "create-webhooks",
    "read-webhooks",
    "update-webhooks",
    "delete-webhooks",
];

/// What a fresh database is seeded with.
#[derive(Debug, Deserialize)]
pub struct Tenant {
    pub customers: Vec<Customer>,
}

#[derive(Debug, Deserialize, Serialize)]
pub struct Customer {
    pub id: String,
    pub first_name: String,
    pub last_name: String,
    pub email: String,
    pub mobile_phone: String,
    pub password: String,
    pub identities: Vec<Identity>,
}

#[derive(Debug, Deserialize, Serialize)]
pub struct Identity {
    pub handle: String,
    pub identifier: String,
}

impl Tenant {
    /// The demo tenant.
    pub fn demo() -> Tenant {
        serde_json::from_str(SEED).expect("the seed is part of this program")
    }
}

/// The storefront's catalogue: categories, products, locations and staff.
pub fn catalogue() -> Value {
    CATALOGUE.clone()
}

/// The tenant's reactions.
pub fn reactions() -> Value {
    let seed: Value = serde_json::from_str(SEED).expect("the seed is part of this program");
    seed["reactions"].clone()
}

/// The location of that id; `None` where the tenant has no such place.
pub fn location(id: u64) -> Option<Value> {
    CATALOGUE["locations"].as_array()?.iter().find(|location| location["id"].as_u64() == Some(id)).cloned()
}

static CATALOGUE: LazyLock<Value> = LazyLock::new(|| {
    let mut seed: Value = serde_json::from_str(SEED).expect("the seed is part of this program");
    if let Some(seed) = seed.as_object_mut() {
        seed.remove("customers");
        seed.remove("reactions");
    }
    seed
});

const SEED: &str = include_str!("../seed/tenant.json");
