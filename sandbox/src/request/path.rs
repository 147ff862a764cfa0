//! What the path of a request names.

use crate::answers::Failure;
use axum::extract::{FromRequestParts, Path};
use axum::http::request::Parts;
use std::collections::HashMap;

/// The parts of the path, by the names that the route has for them.
pub struct Named(HashMap<String, String>);

impl Named {
    /// The part of that name.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str)
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Named {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Named, Failure> {
        // A path that is not UTF-8 names nothing that is there.
        let Path(named) = Path::from_request_parts(parts, state).await.map_err(|_| Failure::NotFound)?;
        Ok(Named(named))
    }
}

/// The id of an interaction; what is no number is the id of none.
pub struct RecordId(pub i64);

impl<S: Send + Sync> FromRequestParts<S> for RecordId {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<RecordId, Failure> {
        let named = Named::from_request_parts(parts, state).await?;
        named.get("id").and_then(|id| id.parse().ok()).map(RecordId).ok_or(Failure::NotFound)
    }
}
