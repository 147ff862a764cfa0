//! What is handed in: page views as a browser sends them.

use crate::options::Options;
use bytes::Bytes;
use hyper::header::HeaderValue;
use jsonwebtoken::{EncodingKey, Header, encode};
use std::fmt::Write;
use std::time::{SystemTime, UNIX_EPOCH};

/// Tokens and bodies. A request's number says all of it.
pub struct Records {
    tokens: Vec<HeaderValue>,
    batch: u64,
    run: u32,
}

impl Records {
    pub fn new(options: &Options) -> Records {
        let key = EncodingKey::from_secret(options.key.as_bytes());
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_secs();
        let token = |customer: u64| {
            let claims = serde_json::json!({
                "iss": options.issuer, "aud": options.audience, "iat": now, "exp": now + 86_400,
                "pid": format!("00000000-0000-4000-8000-{customer:012x}"),
            });
            let token = encode(&Header::default(), &claims, &key).expect("HS256 signs with any key");
            HeaderValue::from_str(&format!("Bearer {token}")).expect("a token is ASCII")
        };
        let tokens = (1..=options.customers.max(1)).map(token).collect();
        Records { tokens, batch: options.batch, run: options.run }
    }

    /// How many a request has.
    pub fn batch(&self) -> u64 {
        self.batch
    }

    /// Whose it is.
    pub fn token(&self, number: u64) -> HeaderValue {
        self.tokens[(number % self.tokens.len() as u64) as usize].clone()
    }

    /// What it carries.
    pub fn body(&self, number: u64) -> Bytes {
        let mut body = String::with_capacity(self.batch as usize * (BEFORE.len() + AFTER.len() + 40) + 2);
        for at in 0..self.batch {
            body.push(if at == 0 { '[' } else { ',' });
            body.push_str(BEFORE);
            write!(body, "{:08x}-0000-4000-8000-{number:08x}{at:04x}", self.run).expect("text can be written to");
            body.push_str(AFTER);
        }
        body.push(']');
        body.into()
    }
}

const BEFORE: &str = r#"{"kind":"pageView","action":"view","channel":"website","signal":0,"name":"Viewed page: Linen wrap dress","namespace":"website","url":"https://shop.example/products/linen-wrap-dress?colour=blue","interacted_at":"2026-11-26 09:30:00","meta":{"event_id":""#;
const AFTER: &str = r#""}}"#;
