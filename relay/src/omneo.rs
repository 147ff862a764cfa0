//! Omneo's API, as its documentation has it ("An Interaction in Omneo"), and what it does not say, inferred: it is a Laravel
//! application, which answers 422 with `{"message", "errors"}` and 429 with `Retry-After` in seconds.

use crate::config::{self, Secret};
use crate::store::Claim;
use reqwest::{Client, Method, RequestBuilder, Response, redirect};
use serde_json::{Map, Value};
use std::time::{Duration, Instant};

/// A brand's Omneo, and the tokens that open it. They never leave this machine but to there.
#[derive(Clone)]
pub struct Omneo {
    tenant: Box<str>,
    client: Client,
    origin: Box<str>,
    token: Secret,
    erase_token: Option<Secret>,
}

/// What Omneo said to a request.
#[derive(Clone, Debug, PartialEq)]
pub enum Answer {
    /// It has the record.
    Has(Found),
    /// Any other status.
    Status {
        /// The status.
        status: u16,
        /// How long it wants to be left alone.
        retry_after: Option<Duration>,
        /// The names of the fields that it refuses, without their values.
        detail: String,
    },
    /// None came.
    None {
        /// Whether the request certainly never reached it.
        is_unsent: bool,
    },
}

/// A record at Omneo.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// Its id there.
    pub id: Option<i64>,
    /// The profile that it is on.
    pub profile: Option<Box<str>>,
}

/// Omneo did not say whether a token is good.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asked {
    /// It may say later.
    Later,
}

impl Omneo {
    /// # Errors
    /// A sentence, where the system's certificates cannot be read.
    pub fn new(name: &str, own: &config::Tenant) -> Result<Omneo, String> {
        // A redirect is never followed: a record belongs nowhere else.
        let client = Client::builder().redirect(redirect::Policy::none()).connect_timeout(CONNECT).timeout(PATIENCE);
        Ok(Omneo {
            tenant: name.into(),
            client: client.user_agent(AGENT).build().map_err(|error| format!("cannot call Omneo: {error}"))?,
            origin: own.omneo.trim_end_matches('/').into(),
            token: own.omneo_token.clone().ok_or("`omneo_token` is missing")?,
            erase_token: own.omneo_erase_token.clone(),
        })
    }

    /// Whether records can be deleted.
    pub fn may_erase(&self) -> bool {
        self.erase_token.is_some()
    }

    /// Records it: `POST /api/v3/profiles/{profile}/interactions`, or `POST /api/v3/interactions` where only an identifier is known.
    pub async fn create(&self, claim: &Claim) -> Answer {
        let Ok(Value::Object(mut record)) = serde_json::from_str(&claim.body) else {
            return Answer::Status { status: 422, retry_after: None, detail: String::new() };
        };
        let path = match (claim.subject.as_profile(), &claim.identification) {
            (Some(profile), _) => format!("/api/v3/profiles/{profile}/interactions"),
            (None, identification) => {
                let given = identification.as_deref().and_then(|text| serde_json::from_str(text).ok());
                record.extend(given.unwrap_or_else(Map::new));
                "/api/v3/interactions".to_owned()
            }
        };
        let request = self.request(Method::POST, &path, &self.token).json(&record);
        match self.send("create", request).await {
            Ok(response) if response.status().is_success() => Answer::Has(found(&json(response).await["data"])),
            Ok(response) => status(response).await,
            Err(answer) => answer,
        }
    }

    /// Looks for a record by its `meta.event_id` among those that were made since a moment, on its profile, or, where that is not
    /// known, on all. `Ok(None)`: Omneo does not have it.
    ///
    /// # Errors
    /// What it answered in place of a list.
    pub async fn find(&self, profile: Option<&str>, event_id: &str, since: i64) -> Result<Option<Found>, Answer> {
        let path =
            profile.map_or("/api/v3/interactions".to_owned(), |id| format!("/api/v3/profiles/{id}/interactions"));
        let since = omneo_interactions::interaction::Instant(since - CLOCKS_DIFFER_MS).to_iso();
        for page in 1..=MOST_PAGES {
            let page_text = page.to_string();
            let query =
                [("per_page", "100"), ("page", &page_text), ("sort", "-id"), ("filter[created_at][gte]", &since)];
            let response = self.send("look", self.request(Method::GET, &path, &self.token).query(&query)).await?;
            if !response.status().is_success() {
                return Err(status(response).await);
            }
            let list = json(response).await;
            let Some(records) = list["data"].as_array() else { return Err(Answer::None { is_unsent: false }) };
            if let Some(record) = records.iter().find(|record| record["meta"]["event_id"] == *event_id) {
                return Ok(Some(found(record)));
            }
            let last = list["meta"]["last_page"].as_u64();
            if records.is_empty() || last.map_or(records.len() < 100, |last| page >= last) {
                return Ok(None);
            }
        }
        // Whatever has so many since a moment ago is no list of them.
        Err(Answer::None { is_unsent: false })
    }

    /// Deletes a record; one that is gone already counts as deleted.
    pub async fn delete(&self, id: i64) -> Answer {
        let Some(token) = &self.erase_token else {
            return Answer::Status { status: 403, retry_after: None, detail: String::new() };
        };
        let request = self.request(Method::DELETE, &format!("/api/v3/interactions/{id}"), token);
        match self.send("delete", request).await {
            Ok(response) if response.status().is_success() || response.status() == 404 => {
                Answer::Has(Found { id: Some(id), profile: None })
            }
            Ok(response) => status(response).await,
            Err(answer) => answer,
        }
    }

    /// A customer's own interactions, or one of them, as Omneo has them: the status and the body.
    ///
    /// # Errors
    /// No answer.
    pub async fn own(
        &self,
        method: Method,
        profile: &str,
        id: Option<u64>,
        query: &[(String, String)],
    ) -> Result<(u16, Value), Answer> {
        let id = id.map(|id| format!("/{id}")).unwrap_or_default();
        let token =
            if method == Method::DELETE { self.erase_token.as_ref().unwrap_or(&self.token) } else { &self.token };
        let request = self.request(method, &format!("/api/v3/profiles/{profile}/interactions{id}"), token).query(query);
        let response = self.send("own", request).await?;
        Ok((response.status().as_u16(), json(response).await))
    }

    /// The profile that an ID token is for; `None` where Omneo does not accept it.
    ///
    /// # Errors
    /// Where Omneo does not say.
    pub async fn profile_of(&self, token: &str) -> Result<Option<String>, Asked> {
        let request = self.request(Method::GET, "/id/api/v1/profiles/me", &Secret::from(token));
        let response = self.send("token", request).await.map_err(|_| Asked::Later)?;
        match response.status().as_u16() {
            200 => Ok(json(response).await["data"]["id"].as_str().map(str::to_owned)),
            401 | 403 | 404 => Ok(None),
            _ => Err(Asked::Later),
        }
    }

    fn request(&self, method: Method, path: &str, token: &Secret) -> RequestBuilder {
        self.client.request(method, [&self.origin, path].concat()).bearer_auth(token.expose())
    }

    async fn send(&self, operation: &'static str, request: RequestBuilder) -> Result<Response, Answer> {
        let start = Instant::now();
        let sent = request.send().await;
        let tenant = self.tenant.to_string();
        metrics::histogram!("omneo_relay_omneo_seconds", "tenant" => tenant.clone(), "operation" => operation)
            .record(start.elapsed());
        let status = sent.as_ref().map_or("none".to_owned(), |response| response.status().as_u16().to_string());
        metrics::counter!("omneo_relay_omneo_answers_total", "tenant" => tenant, "status" => status).increment(1);
        sent.map_err(|error| Answer::None { is_unsent: error.is_connect() || error.is_builder() })
    }
}

fn found(record: &Value) -> Found {
    let profile =
        [&record["profile_id"], &record["profile"], &record["profile"]["id"]].into_iter().find_map(Value::as_str);
    Found { id: record["id"].as_i64(), profile: profile.map(Into::into) }
}

async fn status(response: Response) -> Answer {
    let status = response.status().as_u16();
    let retry_after = response.headers().get("retry-after").and_then(|value| value.to_str().ok()).and_then(seconds);
    let detail = match json(response).await["errors"].as_object() {
        Some(errors) => {
            errors.keys().take(20).map(|name| name.chars().take(60).collect::<String>()).collect::<Vec<_>>().join(", ")
        }
        None => String::new(),
    };
    Answer::Status { status, retry_after, detail }
}

// `null` for anything that is no JSON, or more than any list has.
async fn json(mut response: Response) -> Value {
    let mut body = Vec::new();
    while let Ok(Some(chunk)) = response.chunk().await {
        body.extend_from_slice(&chunk);
        if body.len() > MOST_BYTES {
            return Value::Null;
        }
    }
    serde_json::from_slice(&body).unwrap_or_default()
}

// RFC 9110, section 10.2.3: seconds, or a date.
fn seconds(text: &str) -> Option<Duration> {
    let seconds = text.trim().parse().ok().or_else(|| {
        let until = httpdate::parse_http_date(text).ok()?;
        Some(until.duration_since(std::time::SystemTime::now()).unwrap_or_default().as_secs())
    })?;
    Some(Duration::from_secs(seconds).min(LONGEST_WAIT))
}

const AGENT: &str = concat!("omneo-relay/", env!("CARGO_PKG_VERSION"));
const CONNECT: Duration = Duration::from_secs(5);
/// How long Omneo may take; shorter than any claim.
pub const PATIENCE: Duration = Duration::from_secs(20);
/// The longest that a `Retry-After` counts.
pub const LONGEST_WAIT: Duration = Duration::from_secs(600);
// How much later Omneo's clock may be than ours.
const CLOCKS_DIFFER_MS: i64 = 600_000;
const MOST_PAGES: u64 = 100;
const MOST_BYTES: usize = 16 << 20;
