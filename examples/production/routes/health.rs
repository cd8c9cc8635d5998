//! Whether requests should be sent here.

use axum::{extract::State, http::StatusCode};
use axum_scopes::security;

use crate::app::App;

/// Whether the service is ready
///
/// It is, if the database answers, and if this replica knows which sessions have ended.
#[security(public = "load balancers have no token")]
#[utoipa::path(
    get,
    path = "/health/ready",
    responses(
        (status = OK, description = "It is"),
        (status = SERVICE_UNAVAILABLE, description = "It is not"),
    )
)]
pub async fn is_ready(State(app): State<App>) -> StatusCode {
    match app.sessions.revocations().is_current() && app.store.check().await.is_ok() {
        true => StatusCode::OK,
        false => StatusCode::SERVICE_UNAVAILABLE,
    }
}
