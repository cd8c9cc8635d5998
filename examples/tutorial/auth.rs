//! Who is calling: the scheme, the dependencies, and the login.

use axum::extract::State;
use axum_scopes::{
    AuthError, Bearer, Claims, Depends, Flows, OAuth2Scheme, SecurityScopes,
    login::{OAuth2PasswordRequestForm, TokenResponse},
    security,
};

use crate::{
    app::{App, TOKEN_LIFETIME},
    users::User,
};

/// The scheme, declared once with its scopes. A scope that is not in this list does not compile.
pub struct Api;

impl OAuth2Scheme for Api {
    const FLOWS: Flows = Flows::password("token");
    const SCOPES: &[(&str, &str)] = &[("me", "Read information about the current user."), ("items", "Read items.")];
}

/// The user whom the token names, if it covers every scope required on the way here.
#[security]
pub async fn get_current_user(
    required: SecurityScopes,
    Bearer(token): Bearer<Api>,
    State(app): State<App>,
) -> Result<User, AuthError> {
    let refused = || required.unauthorized("Could not validate credentials");
    let claims = app.verifier.verify(token.as_str()).map_err(|_| refused())?;
    let user = app.users.find(&claims.sub).ok_or_else(refused)?;
    required.check(&claims.scope)?;
    Ok(user.clone())
}

/// The same, unless the user is disabled. Whoever depends on it requires `me`.
#[security(scopes = ["me"])]
pub async fn get_current_active_user(Depends(user): Depends<get_current_user>) -> Result<User, AuthError> {
    if user.disabled {
        return Err(AuthError::bad_request("Inactive user"));
    }
    Ok(user)
}

/// Exchanges name and password for a token with the scopes that were asked for and that the user may have.
pub async fn log_in(app: &App, form: &OAuth2PasswordRequestForm<Api>) -> Result<TokenResponse, AuthError> {
    let user = app.users.find(&form.username);
    // Also without such a user, so that the time of the answer does not tell which names exist.
    let verification = app.passwords.verify(&form.password, user.map(|user| user.hashed_password)).await?;
    let Some(user) = user.filter(|_| verification.is_accepted()) else {
        return Err(AuthError::bad_request("Incorrect username or password"));
    };
    let scopes = form.grant(user.scopes);
    let claims = Claims::new(user.username, scopes.clone(), TOKEN_LIFETIME);
    let token = app.signer.sign(&claims).map_err(|error| {
        tracing::error!(%error, "cannot sign a token");
        AuthError::internal()
    })?;
    Ok(TokenResponse::bearer(token).expires_in(TOKEN_LIFETIME).scope(&scopes))
}
