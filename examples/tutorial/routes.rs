//! The routes.

use axum::{
    Json, Router,
    extract::State,
    routing::{get, post},
};
use axum_scopes::{AuthError, Claims, Depends, OAuth2PasswordRequestForm, Token, security};
use serde::Serialize;

use crate::{
    app::{App, TOKEN_LIFETIME},
    auth::{Api, get_current_active_user, get_current_user},
    users::User,
};

/// All routes, over the given state.
pub fn router(app: App) -> Router {
    Router::new()
        .route("/token", post(login))
        .route("/users/me/", get(read_users_me))
        .route("/users/me/items/", get(read_own_items))
        .route("/status/", get(read_system_status))
        .with_state(app)
}

/// Exchanges name and password for a token with the scopes that were asked for and that the user may have.
async fn login(State(app): State<App>, form: OAuth2PasswordRequestForm) -> Result<Token, AuthError> {
    let user = app.users.find(&form.username);
    // Also without such a user, so that the time of the answer does not tell which names exist.
    let verification = app.passwords.verify(&form.password, user.map(|user| user.hashed_password)).await?;
    let Some(user) = user.filter(|_| verification.is_accepted()) else {
        return Err(AuthError::bad_request("Incorrect username or password"));
    };
    let scopes = form.grant::<Api>(user.scopes);
    let claims = Claims::new(user.username, scopes.clone(), TOKEN_LIFETIME);
    let token = app.signer.sign(&claims).map_err(|error| {
        tracing::error!(%error, "cannot sign a token");
        AuthError::internal()
    })?;
    Ok(Token::bearer(token).expires_in(TOKEN_LIFETIME).scope(&scopes))
}

#[security]
async fn read_users_me(Depends(user): Depends<get_current_active_user>) -> Json<User> {
    Json(user)
}

/// Something that a user owns.
#[derive(Serialize)]
pub struct Item {
    item_id: &'static str,
    owner: &'static str,
}

#[security(scopes = ["items"])]
pub async fn read_own_items(Depends(user): Depends<get_current_active_user>) -> Json<[Item; 1]> {
    Json([Item { item_id: "Foo", owner: user.username }])
}

/// How the service is.
#[derive(Serialize)]
struct Status {
    status: &'static str,
}

#[security]
async fn read_system_status(_: Depends<get_current_user>) -> Json<Status> {
    Json(Status { status: "ok" })
}
