//! Who is calling: the two schemes with their scopes, and the dependencies that name the caller.

use axum::extract::State;
use axum_scopes::{
    ApiKeyHeader, ApiKeyScheme, AuthError, Depends, Flows, OAuth2Scheme, either,
    login::{PersonalTokens, SessionClaims, SessionVerifier},
    scheme::ErrorStyle,
    security, verified, verified_as,
};

use crate::{app::App, users::User};

/// The tokens of a login. A scope that is not in this list does not compile.
pub struct Api;

impl OAuth2Scheme for Api {
    const NAME: &str = "Login";
    const FLOWS: Flows = Flows::password("token").and(Flows::client_credentials("token")).with_refresh_url("token");
    const SCOPES: &[(&str, &str)] = &[
        ("me", "Read information about yourself."),
        ("items", "Read your items."),
        ("account", "Change your password, and make personal tokens."),
        ("reports", "Read reports: for other services."),
    ];
    const ERROR_STYLE: ErrorStyle = ErrorStyle::Rfc6750;
}

/// The tokens that users make for their scripts. They reach less than a login does, whatever its scopes are.
pub struct PersonalToken;

impl ApiKeyScheme for PersonalToken {
    const NAME: &str = "PersonalToken";
    const DESCRIPTION: Option<&str> = Some("A token that a user has made at `/users/me/tokens/`.");
    const PARAMETER: &str = "x-personal-token";
    const SCOPES: &[(&str, &str)] = &[("me", "Read information about yourself."), ("items", "Read your items.")];
    const ERROR_STYLE: ErrorStyle = ErrorStyle::Rfc6750;
}

/// The beginning of a personal token, by which those who look for lost secrets know it.
pub const PREFIX: &str = "production_pat_";

/// Who has logged in. No database is asked: a session that has ended is in the memory of each replica.
pub type LoggedIn = verified_as<Api, SessionClaims, SessionVerifier>;

/// Who has logged in, or whose personal token it is.
pub type Anybody = either<verified<Api, SessionVerifier>, verified<ApiKeyHeader<PersonalToken>, PersonalTokens>>;

/// The user who has logged in, with what the table says about it now.
#[security]
pub async fn current_user(Depends(caller): Depends<LoggedIn>, State(app): State<App>) -> Result<User, AuthError> {
    let user = app.users.by_subject(&caller.sub).await?;
    // A client's token for itself names no user.
    user.filter(|user| !user.disabled).ok_or_else(|| AuthError::forbidden("Not a user"))
}
