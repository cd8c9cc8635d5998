//! How users change their password, and everybody else who knows the old one is out.

use axum::{Json, extract::State, http::StatusCode};
use axum_scopes::{AuthError, Depends, credential::Password, password::Passwords, security};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::{app::App, auth::LoggedIn, commands::is_long_enough};

/// The old password and the new one.
#[derive(Deserialize, ToSchema)]
pub struct PasswordChange {
    #[schema(value_type = String)]
    current: Password,
    /// At least 12 characters.
    #[schema(value_type = String, min_length = 12)]
    new: Password,
}

/// Change your password
///
/// Ends all other sessions, and deletes all personal tokens.
#[security(scopes = ["account"])]
#[utoipa::path(
    post,
    path = "/users/me/password",
    request_body = PasswordChange,
    responses(
        (status = NO_CONTENT, description = "The new password counts"),
        (status = BAD_REQUEST, description = "The old password is wrong, or the new one too short or too long", body = AuthError),
        (status = TOO_MANY_REQUESTS, description = "Too many attempts", body = AuthError),
        (status = UNSUPPORTED_MEDIA_TYPE, description = "Not JSON"),
        (status = UNPROCESSABLE_ENTITY, description = "Not two passwords"),
    )
)]
pub async fn change_password(
    Depends(caller): Depends<LoggedIn>,
    State(app): State<App>,
    Json(change): Json<PasswordChange>,
) -> Result<StatusCode, AuthError> {
    if !is_long_enough(change.new.as_str()) || change.new.as_str().len() > Passwords::MAX_LEN {
        return Err(AuthError::bad_request("The new password has less than 12 characters, or too many"));
    }
    app.server.change_password(&caller.sub, &change.current, &change.new, Some(caller.sid)).await?;
    // A thief may have made some.
    app.personal.delete_all(&caller.sub).await?;
    Ok(StatusCode::NO_CONTENT)
}
