//! What users read about themselves, and how they leave.

use axum::{Json, extract::State, http::StatusCode};
use axum_scopes::{AuthError, Depends, security};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    app::App,
    auth::{Anybody, LoggedIn, current_user},
    users::User,
};

/// Read yourself
#[security(scopes = ["me"])]
#[utoipa::path(
    get,
    path = "/users/me/",
    responses(
        (status = OK, description = "The user whom the token names", body = User),
        (status = FORBIDDEN, description = "The token is that of a client", body = AuthError),
    )
)]
pub async fn read_users_me(Depends(user): Depends<current_user>) -> Json<User> {
    Json(user)
}

/// Something that a user owns.
#[derive(Serialize, ToSchema)]
pub struct Item {
    item_id: &'static str,
    /// The subject of its owner.
    owner: String,
}

/// Read your items
///
/// With a login, or with a personal token. No database is asked for a login's token.
#[security(scopes = ["items", "me"])]
#[utoipa::path(
    get,
    path = "/users/me/items/",
    responses((status = OK, description = "What the user owns", body = [Item]))
)]
pub async fn read_own_items(Depends(caller): Depends<Anybody>) -> Json<[Item; 1]> {
    Json([Item { item_id: "Foo", owner: caller.into_inner().sub.to_string() }])
}

/// Log out
///
/// Ends the session. Every replica refuses its tokens within a few seconds, and this one at once.
#[security]
#[utoipa::path(post, path = "/users/me/logout", responses((status = NO_CONTENT, description = "The session has ended")))]
pub async fn log_out(Depends(caller): Depends<LoggedIn>, State(app): State<App>) -> Result<StatusCode, AuthError> {
    app.server.end_session(&caller.sub, caller.sid).await?;
    Ok(StatusCode::NO_CONTENT)
}
