//! Where tokens come from, and where they are taken back.

use axum::extract::State;
use axum_scopes::{
    AuthError,
    login::{OAuth2PasswordRequestForm, RevocationRequest, TokenRequest, TokenResponse},
    security,
};

use crate::{app::App, auth::Api, events::UnderWay};

/// Get a token
///
/// For a name and a password (`grant_type=password`), for a refresh token (`refresh_token`), or for the client itself
/// (`client_credentials`).
#[security(public = "a login needs no token")]
#[utoipa::path(
    post,
    path = "/token",
    request_body(content = OAuth2PasswordRequestForm, content_type = "application/x-www-form-urlencoded"),
    responses(
        (status = OK, description = "The token", body = TokenResponse),
        (status = BAD_REQUEST, description = "The request, the password or the refresh token is wrong", body = AuthError),
        (status = UNAUTHORIZED, description = "The client is unknown, or its secret is wrong", body = AuthError),
        (status = TOO_MANY_REQUESTS, description = "Too many attempts", body = AuthError),
        (status = SERVICE_UNAVAILABLE, description = "The database does not answer, or too many log in at once", body = AuthError),
    )
)]
pub async fn token(State(app): State<App>, request: TokenRequest<Api>) -> Result<TokenResponse, AuthError> {
    let _measured = UnderWay::begin();
    app.server.token(request).await
}

/// Take a token back
///
/// Ends the session of a refresh token or of an access token (RFC 7009). A token that is not known is as good as taken back.
#[security(public = "who has a token may take it back")]
#[utoipa::path(
    post,
    path = "/revoke",
    responses(
        (status = OK, description = "It is no longer accepted"),
        (status = BAD_REQUEST, description = "The request is wrong", body = AuthError),
        (status = UNAUTHORIZED, description = "The client is unknown, or its secret is wrong", body = AuthError),
        (status = SERVICE_UNAVAILABLE, description = "The database does not answer", body = AuthError),
    )
)]
pub async fn revoke(State(app): State<App>, request: RevocationRequest<Api>) -> Result<(), AuthError> {
    app.server.revoke(request).await
}
