//! Faults on demand: what goes wrong in the world goes wrong here, as often as a test says, and the same way every time.

use crate::answers::Failure;
use crate::app::App;
use axum::Json;
use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::convert::Infallible;
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;
use tokio_stream::StreamExt;

/// The faults in force.
#[derive(Default)]
pub struct Faults(Mutex<Plan>);

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
struct Rule {
    route: Route,
    /// How many of the requests, 0 to 1.
    #[serde(default = "always")]
    rate: f64,
    /// How many requests at most.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    times: Option<u32>,
    #[serde(default)]
    latency_ms: u64,
    /// Answered in place of what would be.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    status: Option<u16>,
    /// Whether the work is done all the same before `status` is answered.
    #[serde(default)]
    after: bool,
    /// A `Retry-After` beside `status`, as it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    retry_after: Option<String>,
    /// The connection closes without an answer, before the work or after it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    drop: Option<Drop>,
    /// No answer at all, until the client goes.
    #[serde(default)]
    hang: bool,
    /// So much later than its headers the body comes.
    #[serde(default)]
    slow_body_ms: u64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
enum Route {
    /// Creating interactions, on each of Omneo's surfaces.
    Records,
    /// Batches to the relay.
    Relay,
    /// The shop's own token endpoint and Omneo's.
    Token,
    /// All of these.
    Any,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
enum Drop {
    Before,
    After,
}

impl Faults {
    /// How long a token lives, where a test says so.
    pub fn token_seconds(&self) -> Option<u64> {
        self.plan().token_seconds
    }

    fn plan(&self) -> MutexGuard<'_, Plan> {
        self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}

impl Plan {
    // Every rule of the route draws, whether it strikes or not, so that one rule's chance does not move another's.
    fn draw(&mut self, route: Route) -> Option<Rule> {
        let Plan { seed, rules, .. } = self;
        let mut struck = None;
        for rule in rules.iter_mut().filter(|rule| rule.route == route || rule.route == Route::Any) {
            let hits = chance(seed) < rule.rate && rule.times != Some(0);
            if hits && struck.is_none() {
                rule.times = rule.times.map(|times| times - 1);
                struck = Some(rule.clone());
            }
        }
        struck
    }
}

/// Lets the request through, or does to it what the faults in force say.
pub async fn strike(State(app): State<Arc<App>>, request: Request, next: Next) -> Response {
    let rule = route_of(&request).and_then(|route| app.faults.plan().draw(route));
    let Some(rule) = rule else { return next.run(request).await };
    tokio::time::sleep(Duration::from_millis(rule.latency_ms)).await;
    if rule.hang {
        return std::future::pending().await;
    }
    if rule.drop == Some(Drop::Before) {
        close_connection();
    }
    if let (Some(status), false) = (rule.status, rule.after) {
        return faulty(status, rule.retry_after.as_deref());
    }
    let response = next.run(request).await;
    if rule.drop == Some(Drop::After) {
        close_connection();
    }
    match rule.status {
        Some(status) => faulty(status, rule.retry_after.as_deref()),
        None => slowed(response, Duration::from_millis(rule.slow_body_ms)).await,
    }
}

fn route_of(request: &Request) -> Option<Route> {
    let path = request.extensions().get::<axum::extract::OriginalUri>().map_or(request.uri().path(), |uri| uri.path());
    match path {
        _ if path.starts_with("/relay/") => Some(Route::Relay),
        _ if path.ends_with("/token") => Some(Route::Token),
        _ if request.method() == Method::POST && path.ends_with("/interactions") => Some(Route::Records),
        _ => None,
    }
}

// Each connection is a task of its own, so unwinding ends that one and nothing else; without the hook nothing is printed.
fn close_connection() -> ! {
    std::panic::resume_unwind(Box::new("a fault on demand"))
}

fn faulty(status: u16, retry_after: Option<&str>) -> Response {
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let mut response = (status, Json(json!({ "message": "A fault on demand." }))).into_response();
    if let Some(value) = retry_after.and_then(|text| HeaderValue::from_str(text).ok()) {
        response.headers_mut().insert(header::RETRY_AFTER, value);
    }
    response
}

async fn slowed(response: Response, delay: Duration) -> Response {
    if delay.is_zero() {
        return response;
    }
    let (parts, body) = response.into_parts();
    let bytes = to_bytes(body, usize::MAX).await.unwrap_or_default();
    let late = tokio_stream::once(bytes).then(move |bytes: Bytes| async move {
        tokio::time::sleep(delay).await;
        Ok::<Bytes, Infallible>(bytes)
    });
    Response::from_parts(parts, Body::from_stream(late))
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

/// `POST /_sandbox/faults`: these faults and no others from now on.
pub async fn set(State(app): State<Arc<App>>, body: Bytes) -> Result<Json<Value>, Failure> {
    let plan: Plan = serde_json::from_slice(&body).map_err(|error| Failure::field("faults", &error.to_string()))?;
    check(&plan)?;
    let shown = json!(plan);
    *app.faults.plan() = plan;
    Ok(Json(shown))
}

/// `GET /_sandbox/faults`
pub async fn show(State(app): State<Arc<App>>) -> Json<Value> {
    Json(json!(*app.faults.plan()))
}

/// `DELETE /_sandbox/faults`
pub async fn clear(State(app): State<Arc<App>>) -> StatusCode {
    *app.faults.plan() = Plan::default();
    StatusCode::NO_CONTENT
}

fn check(plan: &Plan) -> Result<(), Failure> {
    for (at, rule) in plan.rules.iter().enumerate() {
        let refuse = |field: &str, given: &dyn std::fmt::Display, accepted: &str| {
            let field = format!("rules[{at}].{field}");
            Err(Failure::field(&field, &format!("`{field}` is {given}; accepted: {accepted}")))
        };
        if !(0.0..=1.0).contains(&rule.rate) {
            return refuse("rate", &rule.rate, "a number from 0 to 1");
        }
        if let Some(status) = rule.status.filter(|status| !(200..=599).contains(status)) {
            return refuse("status", &status, "an HTTP status from 200 to 599");
        }
    }
    Ok(())
}
