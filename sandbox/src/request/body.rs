//! A body of JSON.

use crate::answers::Failure;
use crate::bounds;
use axum::extract::{FromRequest, Request};
use omneo_interactions::interaction::{Value, json};

/// A body of JSON. Its `Content-Type` does not matter.
pub struct Body(pub Value);

impl<S: Send + Sync> FromRequest<S> for Body {
    type Rejection = Failure;

    async fn from_request(request: Request, _: &S) -> Result<Body, Failure> {
        let bytes = bounds::read(request.into_body().into_data_stream()).await?;
        json::read(bytes).map(Body).map_err(|error| Failure::malformed(&format!("not JSON ({error})")))
    }
}
