//! The session of a page: the cookie in, an access token out. The login itself is that of the token endpoint, with the same rules
//! and the same limits.

use axum::{
    body::Body,
    extract::{FromRequest, Request, State},
    http::{HeaderValue, StatusCode, header, request::Parts},
    response::{IntoResponse, Response},
};
use axum_extra::extract::CookieJar;
use axum_scopes::{
    AuthError,
    login::{RevocationRequest, TokenRequest, TokenResponse},
};

use super::cookie;
use crate::app::App;

/// What the page may do.
const SCOPE: &str = "me+items+account";

/// Logs in with the fields `username` and `password` of a form.
pub async fn log_in(State(app): State<App>, jar: CookieJar, request: Request) -> Result<Response, AuthError> {
    let (parts, body) = request.into_parts();
    let form = String::from_request(Request::new(body), &()).await.map_err(|_| AuthError::bad_request("No form"))?;
    // A field that the page has sent, too, is then there twice, which is refused.
    let form = format!("{form}&grant_type=password&scope={SCOPE}");
    let request = TokenRequest::from_request(with_form(parts, form), &app).await?;
    Ok(answer(&app, jar, app.server.token(request).await?))
}

/// Exchanges the cookie for a new access token, and for a new cookie.
pub async fn refresh(State(app): State<App>, jar: CookieJar, parts: Parts) -> Result<Response, AuthError> {
    let Some(token) = cookie::refresh_token(&jar, &app.config) else {
        return Ok(StatusCode::NO_CONTENT.into_response());
    };
    let form = format!("grant_type=refresh_token&refresh_token={}", encoded(&token));
    let request = TokenRequest::from_request(with_form(parts, form), &app).await?;
    match app.server.token(request).await {
        Ok(token) => Ok(answer(&app, jar, token)),
        // The session has ended. While the database does not answer, it has not.
        Err(error) if error.status() == StatusCode::BAD_REQUEST => {
            Ok((StatusCode::NO_CONTENT, jar.add(cookie::forget(&app.config))).into_response())
        }
        Err(error) => Err(error),
    }
}

/// Ends the session, also for whoever has a copy of the cookie.
pub async fn log_out(State(app): State<App>, jar: CookieJar, parts: Parts) -> Result<Response, AuthError> {
    if let Some(token) = cookie::refresh_token(&jar, &app.config) {
        let form = format!("token={}&token_type_hint=refresh_token", encoded(&token));
        let request = RevocationRequest::from_request(with_form(parts, form), &app).await?;
        app.server.revoke(request).await?;
    }
    Ok((StatusCode::NO_CONTENT, jar.add(cookie::forget(&app.config))).into_response())
}

/// The access token for the page, and the refresh token for the cookie.
fn answer(app: &App, jar: CookieJar, mut token: TokenResponse) -> Response {
    let jar = match token.take_refresh_token() {
        Some(refresh_token) => jar.add(cookie::keep(refresh_token, &app.config)),
        None => jar,
    };
    (jar, token).into_response()
}

/// The request with another body. Where it comes from stays as it is.
fn with_form(mut parts: Parts, form: String) -> Request {
    parts.headers.remove(header::CONTENT_LENGTH);
    parts.headers.remove(header::AUTHORIZATION);
    let form_type = HeaderValue::from_static("application/x-www-form-urlencoded");
    parts.headers.insert(header::CONTENT_TYPE, form_type);
    Request::from_parts(parts, Body::from(form))
}

/// A token has only characters that stand for themselves in a form. What has others is no token, and says so.
fn encoded(token: &str) -> &str {
    let is_plain = token.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'));
    if is_plain && !token.is_empty() { token } else { "none" }
}
