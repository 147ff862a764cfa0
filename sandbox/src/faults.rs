//! Which faults are in force, and which of them a request meets.

use crate::answers::Failure;
use serde::{Deserialize, Serialize};
use std::sync::{Mutex, MutexGuard};

/// The faults in force.
#[derive(Default)]
pub struct Faults(Mutex<Plan>);

impl Faults {
    /// How long a token lives, where a test says so.
    pub fn token_seconds(&self) -> Option<u64> {
        self.plan().token_seconds
    }

    pub fn plan(&self) -> MutexGuard<'_, Plan> {
        self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}

/// `{"seed": 7, "rules": [{"route": "records", "status": 503, "rate": 0.5}], "token_seconds": 2}`
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct Plan {
    /// Chance begins here, so that it can be repeated.
    seed: u64,
    rules: Vec<Rule>,
    /// How long tokens minted from now on live.
    #[serde(skip_serializing_if = "Option::is_none")]
    token_seconds: Option<u64>,
}

/// What happens to the requests of a route; the first rule that strikes counts.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    route: Route,
    /// Only requests for this profile: of the token, the address or the shop's session.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    profile: Option<String>,
    /// How many of the requests, 0 to 1.
    #[serde(default = "always")]
    rate: f64,
    /// How many requests at most.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    times: Option<u32>,
    #[serde(default)]
    pub latency_ms: u64,
    /// When the work is done.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    writes: Option<Writes>,
    /// Answered in place of what would be.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<u16>,
    /// Whether the work is done all the same before `status` is answered.
    #[serde(default)]
    after: bool,
    /// A `Retry-After` beside `status`, as it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retry_after: Option<String>,
    /// A `Location` beside `status`, as it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub location: Option<String>,
    /// The connection closes without an answer, before the work or after it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub drop: Option<Drop>,
    /// No answer at all, until the client goes.
    #[serde(default)]
    pub hang: bool,
    /// So much later than its headers the body comes.
    #[serde(default)]
    pub slow_body_ms: u64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Route {
    /// Creating interactions, on each of Omneo's surfaces.
    Records,
    /// Reading the interactions of a profile.
    Looks,
    /// Deleting an interaction.
    Deletes,
    /// What is passed on to the relay.
    Relay,
    /// The shop's own token endpoint and Omneo's.
    Token,
    /// What a browser asks before a request to another origin.
    Preflights,
    /// All that carry something: records, relay and token.
    Any,
}

/// When the work of a slow request is done; in either case though the client may have gone meanwhile.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Writes {
    /// Before the delay.
    Arrival,
    /// After it.
    End,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Drop {
    Before,
    After,
}

impl Plan {
    /// The rule that strikes a request, and one time less of it.
    ///
    /// Every rule of the request draws, whether it strikes or not, so that one rule's chance does not move another's.
    pub fn draw(&mut self, route: Route, profile: Option<&str>) -> Option<Rule> {
        let Plan { seed, rules, .. } = self;
        let mut struck = None;
        for rule in rules.iter_mut().filter(|rule| rule.is_about(route, profile)) {
            let hits = chance(seed) < rule.rate && rule.times != Some(0);
            if hits && struck.is_none() {
                rule.times = rule.times.map(|times| times - 1);
                struck = Some(rule.clone());
            }
        }
        struck
    }

    /// Whether it matters for whom a request is.
    pub fn names_a_profile(&self) -> bool {
        self.rules.iter().any(|rule| rule.profile.is_some())
    }

    /// # Errors
    /// 422 that names the member of the rule that cannot be.
    pub fn check(&self) -> Result<(), Failure> {
        self.rules.iter().enumerate().try_for_each(|(at, rule)| rule.check(at))
    }
}

impl Rule {
    /// When the work is done; `None` where it is not done at all.
    pub fn writes(&self) -> Option<Writes> {
        let is_kept_from = self.hang || self.drop == Some(Drop::Before) || self.status.is_some() && !self.after;
        self.writes.or((!is_kept_from).then_some(Writes::End))
    }

    fn is_about(&self, route: Route, profile: Option<&str>) -> bool {
        let is_any = self.route == Route::Any && matches!(route, Route::Records | Route::Relay | Route::Token);
        (is_any || self.route == route) && (self.profile.is_none() || self.profile.as_deref() == profile)
    }

    fn redirects(&self) -> bool {
        self.status.is_some_and(|status| (300..=399).contains(&status))
    }

    fn check(&self, at: usize) -> Result<(), Failure> {
        let refuse = |field: &str, given: &dyn std::fmt::Display, accepted: &str| {
            let field = format!("rules[{at}].{field}");
            Err(Failure::field(&field, &format!("`{field}` is {given}; accepted: {accepted}")))
        };
        if !(0.0..=1.0).contains(&self.rate) {
            return refuse("rate", &self.rate, "a number from 0 to 1");
        }
        if let Some(status) = self.status.filter(|status| !(200..=599).contains(status)) {
            return refuse("status", &status, "an HTTP status from 200 to 599");
        }
        if let Some(location) = self.location.as_ref().filter(|_| !self.redirects()) {
            return refuse("location", location, "none, or one beside a `status` from 300 to 399");
        }
        if self.writes.is_some() && self.drop == Some(Drop::Before) {
            return refuse("drop", &"before", "after, where `writes` says that the work is done");
        }
        Ok(())
    }
}

/// The next number from 0 to 1 (splitmix64).
fn chance(seed: &mut u64) -> f64 {
    *seed = seed.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let mut mixed = (*seed ^ *seed >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
    ((mixed ^ mixed >> 31) >> 11) as f64 / (1_u64 << 53) as f64
}

fn always() -> f64 {
    1.0
}
