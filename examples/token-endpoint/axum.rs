use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::{Extension, Json, Router, routing::get};
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::time::Duration;

/// Whoever is signed in: your own session's middleware puts it into the request's extensions.
#[derive(Clone)]
pub struct Customer {
    pub profile: String,
}

/// Where Omneo is, and what opens it: both from the environment.
#[derive(Clone)]
pub struct Omneo {
    pub api: String,
    pub admin_token: String,
}

pub fn router(omneo: Omneo) -> Router {
    Router::new().route("/omneo/token", get(token)).with_state(omneo)
}

async fn token(State(omneo): State<Omneo>, customer: Option<Extension<Customer>>) -> Response {
    let answer = match customer {
        None => StatusCode::UNAUTHORIZED.into_response(),
        Some(Extension(customer)) => match tokio::task::spawn_blocking(move || omneo.mint(&customer)).await {
            Ok(Ok(minted)) => Json(minted).into_response(),
            _ => StatusCode::BAD_GATEWAY.into_response(),
        },
    };
    ([(header::CACHE_CONTROL, "no-store")], answer).into_response()
}

impl Omneo {
    fn mint(&self, customer: &Customer) -> Result<Minted, ureq::Error> {
        let mut answer = ureq::post(format!("{}/id/api/v1/auth/token", self.api))
            .config()
            .timeout_global(Some(Duration::from_secs(10)))
            .build()
            .header("Authorization", format!("Bearer {}", self.admin_token))
            .send_json(json!({ "id": customer.profile }))?;
        Ok(answer.body_mut().read_json::<Answer>()?.data)
    }
}

#[derive(Deserialize)]
struct Answer {
    data: Minted,
}

#[derive(Deserialize, Serialize)]
struct Minted {
    token: String,
    exp: u64,
}
