//! The personal tokens of a user: API keys for scripts, each with a name, scopes and an end.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use axum::{
    Json,
    extract::{Path, State},
    http::{StatusCode, header::CACHE_CONTROL},
    response::{IntoResponse, Response},
};
use axum_scopes::{
    ApiKeyScheme, AuthError, Depends, Grants, Scopes,
    login::{self, store::SessionStore},
    security,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    app::App,
    auth::{LoggedIn, PersonalToken, current_user},
};

/// The sessions of a user in which tokens can be made: the latest, so that nobody makes the service read any number of them.
const LATEST: u32 = 1_000;

/// A token, without its secret. Times are in seconds since 1970.
#[derive(Serialize, ToSchema)]
pub struct Listed {
    id: String,
    name: String,
    scope: String,
    created: u64,
    expires: Option<u64>,
    /// About when it was used last.
    last_used: Option<u64>,
}

/// A new token.
#[derive(Serialize, ToSchema)]
pub struct Created {
    #[serde(flatten)]
    token: Listed,
    /// It is shown now, and never again.
    secret: String,
}

/// What a new token is to be.
#[derive(Deserialize, ToSchema)]
pub struct Wanted {
    /// What it is for, in at most 100 characters.
    #[schema(example = "Backup at night", max_length = 100)]
    name: String,
    /// Of `me` and `items`, those that the user may have.
    #[schema(example = "items me")]
    scope: String,
    /// At most a year.
    #[schema(example = 30, minimum = 1, maximum = 365)]
    days: u32,
}

/// List your personal tokens
#[security(scopes = ["account"])]
#[utoipa::path(
    get,
    path = "/users/me/tokens/",
    responses((status = OK, description = "The tokens that have not expired, the latest first", body = [Listed]))
)]
pub async fn list_tokens(
    Depends(caller): Depends<LoggedIn>,
    State(app): State<App>,
) -> Result<Json<Vec<Listed>>, AuthError> {
    let tokens = app.personal.list(&caller.sub).await?;
    Ok(Json(tokens.iter().map(Listed::of).collect()))
}

/// Make a personal token
#[security(scopes = ["account"])]
#[utoipa::path(
    post,
    path = "/users/me/tokens/",
    request_body = Wanted,
    responses(
        (status = CREATED, description = "The token, which is shown once", body = Created),
        (status = BAD_REQUEST, description = "The name, a scope or the number of days is wrong, or there are too many", body = AuthError),
        (status = UNSUPPORTED_MEDIA_TYPE, description = "Not JSON"),
        (status = UNPROCESSABLE_ENTITY, description = "Fields are missing or wrong"),
    )
)]
pub async fn create_token(
    Depends(caller): Depends<LoggedIn>,
    Depends(user): Depends<current_user>,
    State(app): State<App>,
    Json(wanted): Json<Wanted>,
) -> Result<Response, AuthError> {
    let length = wanted.name.chars().count();
    if !(1..=100).contains(&length) || wanted.name.chars().any(char::is_control) || !(1..=365).contains(&wanted.days) {
        return Err(AuthError::bad_request("The name has 1 to 100 characters, and the token lives for 1 to 365 days"));
    }
    let (scope, allowed) = (Scopes::from(wanted.scope.as_str()), Scopes::from(user.scopes.as_str()));
    let may_have = |scope: &str| allowed.grants(scope) && PersonalToken::SCOPES.iter().any(|(name, _)| *name == scope);
    if scope.is_empty() || !scope.iter().all(may_have) {
        return Err(AuthError::bad_request("A personal token has one or more of the scopes `me` and `items`"));
    }
    let lifetime = Duration::from_secs(u64::from(wanted.days) * 24 * 60 * 60);
    let new = app.server.create_personal_token(&user.subject, &wanted.name, &scope, Some(lifetime)).await?;
    // The body may have taken long. If all sessions have ended meanwhile, all tokens were deleted, and this one came after that.
    let sessions = app.store.sessions_of(&user.subject, SystemTime::now(), LATEST).await?;
    if !sessions.iter().any(|session| session.id == caller.sid) {
        app.server.delete_personal_token(&user.subject, &new.token().id).await?;
        return Err(AuthError::forbidden("The session has ended"));
    }
    let created = Created { token: Listed::of(new.token()), secret: new.secret().to_owned() };
    Ok((StatusCode::CREATED, [(CACHE_CONTROL, "no-store")], Json(created)).into_response())
}

/// Delete a personal token
#[security(scopes = ["account"])]
#[utoipa::path(
    delete,
    path = "/users/me/tokens/{id}",
    params(("id" = String, Path, description = "That of the list")),
    responses(
        (status = NO_CONTENT, description = "It is no longer accepted"),
        (status = NOT_FOUND, description = "You have no such token"),
    )
)]
pub async fn delete_token(
    Depends(caller): Depends<LoggedIn>,
    State(app): State<App>,
    Path(id): Path<String>,
) -> Result<StatusCode, AuthError> {
    let deleted = app.server.delete_personal_token(&caller.sub, &id).await?;
    Ok(if deleted { StatusCode::NO_CONTENT } else { StatusCode::NOT_FOUND })
}

impl Listed {
    fn of(token: &login::store::PersonalToken) -> Self {
        Self {
            id: token.id.clone(),
            name: token.name.clone(),
            scope: token.scope.to_string(),
            created: seconds(token.created),
            expires: token.expires.map(seconds),
            last_used: token.last_used.map(seconds),
        }
    }
}

fn seconds(time: SystemTime) -> u64 {
    time.duration_since(UNIX_EPOCH).unwrap_or_default().as_secs()
}
