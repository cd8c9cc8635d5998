//! Who is calling: the scheme and the dependencies.

use axum::extract::State;
use axum_scopes::{AuthError, Bearer, Depends, Flows, OAuth2Scheme, SecurityScopes, security};

use crate::{app::App, users::User};

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
