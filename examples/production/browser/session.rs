//! The session of a page: the cookie in, an access token out. The login itself is that of the token endpoint, with the same rules
//! and the same limits.

use axum::{
    body::{Body, Bytes},
    extract::{FromRequest, Request, State},
    http::{HeaderMap, Method, StatusCode, header},
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
    let (mut parts, body) = request.into_parts();
    let form = Bytes::from_request(Request::new(body), &()).await.map_err(|_| AuthError::bad_request("No form"))?;
    // A field that the page has sent, too, is then there twice, which is refused.
    let rest = format!("&grant_type=password&scope={SCOPE}");
    parts.headers.remove(header::CONTENT_LENGTH);
    let form = [form.as_ref(), rest.as_bytes()].concat();
    let request = TokenRequest::from_request(Request::from_parts(parts, Body::from(form)), &app).await?;
    Ok(answer(&app, jar, app.server.token(request).await?))
}

/// Exchanges the cookie for a new access token, and for a new cookie.
pub async fn refresh(State(app): State<App>, jar: CookieJar, headers: HeaderMap) -> Result<Response, AuthError> {
    let Some(token) = cookie::refresh_token(&jar, &app.config) else {
        return Ok(StatusCode::NO_CONTENT.into_response());
    };
    let form = format!("grant_type=refresh_token&refresh_token={}", encoded(&token));
    let request = TokenRequest::from_request(own(form, &headers), &app).await?;
    match app.server.token(request).await {
        Ok(token) => Ok(answer(&app, jar, token)),
        // The session has ended. While the database does not answer, it has not.
        Err(error) if error.status().is_client_error() => {
            Ok((StatusCode::NO_CONTENT, jar.add(cookie::forget(&app.config))).into_response())
        }
        Err(error) => Err(error),
    }
}

/// Ends the session, also for whoever has a copy of the cookie.
pub async fn log_out(State(app): State<App>, jar: CookieJar, headers: HeaderMap) -> Result<Response, AuthError> {
    if let Some(token) = cookie::refresh_token(&jar, &app.config) {
        let form = format!("token={}&token_type_hint=refresh_token", encoded(&token));
        let request = RevocationRequest::from_request(own(form, &headers), &app).await?;
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

/// A request of the service's own, from whoever has sent `headers`.
fn own(form: String, headers: &HeaderMap) -> Request {
    let mut request = Request::new(Body::from(form));
    *request.method_mut() = Method::POST;
    *request.headers_mut() = headers.clone();
    request.headers_mut().remove(header::CONTENT_LENGTH);
    request.headers_mut().remove(header::AUTHORIZATION);
    let form = header::HeaderValue::from_static("application/x-www-form-urlencoded");
    request.headers_mut().insert(header::CONTENT_TYPE, form);
    request
}

/// A token has only characters that stand for themselves in a form. What has others is no token, and says so.
fn encoded(token: &str) -> &str {
    let is_plain = token.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'));
    if is_plain { token } else { "none" }
}
