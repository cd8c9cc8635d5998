//! What other services read, with tokens for themselves.

use axum::{Json, extract::State};
use axum_scopes::{AuthError, Depends, security};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{app::App, auth::LoggedIn};

/// A report.
#[derive(Serialize, ToSchema)]
pub struct Report {
    users: i64,
}

/// How many users there are
///
/// No user may have the scope `reports`; the client `reports` gets it by `client_credentials`.
#[security(scopes = ["reports"])]
#[utoipa::path(get, path = "/reports/users", responses((status = OK, description = "The report", body = Report)))]
pub async fn count_users(_: Depends<LoggedIn>, State(app): State<App>) -> Result<Json<Report>, AuthError> {
    Ok(Json(Report { users: app.users.count().await? }))
}
