//! Refusals: one type, one place where it becomes a response.

mod bearer;
mod body;
mod style;
mod token_endpoint;

use std::{borrow::Cow, fmt, mem};

use axum::{
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};

use self::body::Body;
pub(crate) use self::body::{FieldContext, FieldError};
pub use self::style::ErrorStyle;
use crate::{
    Describe, SchemeInfo,
    challenge::{Challenge, Challenges},
};

/// Why a request is refused.
///
/// It becomes a response in the [`ErrorStyle`] of the scheme that was asked, if that is known where it is made. What it
/// says is for the client: it names neither the check that failed nor anything of the credential.
///
/// ```
/// use axum::{http::StatusCode, response::IntoResponse};
/// use axum_scopes::AuthError;
///
/// let response = AuthError::bad_request("Inactive user").into_response();
/// assert_eq!(response.status(), StatusCode::BAD_REQUEST);
/// ```
#[derive(Clone, Debug)]
#[must_use = "a refusal refuses nothing until it is returned"]
pub struct AuthError {
    status: StatusCode,
    body: Body,
    challenge: Option<Challenge>,
    /// Whole seconds, RFC 9110 §10.2.3.
    retry_after: Option<u32>,
    /// Whether it is in the style of a scheme already, or in a form that no style changes.
    styled: bool,
    /// As RFC 6749 §5.2 has it at the token endpoint.
    no_store: bool,
}

impl AuthError {
    /// 400 without a challenge: the credentials are not the problem.
    ///
    /// ```
    /// # use axum_scopes::AuthError;
    /// assert_eq!(AuthError::bad_request("Inactive user").status(), 400);
    /// ```
    pub fn bad_request(detail: impl Into<Cow<'static, str>>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, Body::Detail { detail: detail.into() }, None)
    }

    /// 401 with the challenge `Bearer`. Inside a dependency,
    /// [`SecurityScopes::unauthorized`](crate::SecurityScopes::unauthorized) also names the scopes.
    ///
    /// ```
    /// # use axum_scopes::AuthError;
    /// assert_eq!(AuthError::unauthorized("Could not validate credentials").status(), 401);
    /// ```
    pub fn unauthorized(detail: impl Into<Cow<'static, str>>) -> Self {
        Self::new(
            StatusCode::UNAUTHORIZED,
            Body::Detail { detail: detail.into() },
            Some(Challenge::Constant(Challenges::BEARER.plain)),
        )
    }

    /// 403 without a challenge: other credentials would not help.
    ///
    /// ```
    /// # use axum_scopes::AuthError;
    /// assert_eq!(AuthError::forbidden("Not the owner").status(), 403);
    /// ```
    pub fn forbidden(detail: impl Into<Cow<'static, str>>) -> Self {
        Self::new(StatusCode::FORBIDDEN, Body::Detail { detail: detail.into() }, None)
    }

    /// 500 that tells the client nothing. Log the reason where you know it.
    ///
    /// ```
    /// # use axum_scopes::AuthError;
    /// assert_eq!(AuthError::internal().status(), 500);
    /// ```
    pub fn internal() -> Self {
        let detail = Cow::Borrowed("Internal Server Error");
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, Body::Detail { detail }, None)
    }

    /// 503: the same request may succeed in `retry_after` seconds.
    ///
    /// ```
    /// # use axum_scopes::AuthError;
    /// assert_eq!(AuthError::unavailable(1).status(), 503);
    /// ```
    pub fn unavailable(retry_after: u32) -> Self {
        let detail = Cow::Borrowed("Service Unavailable");
        let mut error = Self::new(StatusCode::SERVICE_UNAVAILABLE, Body::Detail { detail }, None);
        error.retry_after = Some(retry_after);
        error
    }

    /// The status that the response will have.
    ///
    /// ```
    /// # use axum_scopes::AuthError;
    /// assert!(AuthError::internal().status().is_server_error());
    /// ```
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// In the style of the scheme that extractor `E` reads, with that one's challenge: for a handler, or wherever else no
    /// scheme has been asked. What a scheme has refused, or a dependency below which one is, has its style already.
    ///
    /// ```
    /// use axum_scopes::{AuthError, Bearer, ErrorStyle, Flows, OAuth2Scheme};
    ///
    /// struct Api;
    /// impl OAuth2Scheme for Api {
    ///     const FLOWS: Flows = Flows::password("token");
    ///     const SCOPES: &[(&str, &str)] = &[("items", "Read items.")];
    ///     const ERROR_STYLE: ErrorStyle = ErrorStyle::Rfc6750;
    /// }
    ///
    /// async fn handler() -> Result<String, AuthError> {
    ///     // The body is `{"error":"access_denied","error_description":"Not the owner"}`.
    ///     Err(AuthError::forbidden("Not the owner").in_style_of::<Bearer<Api>>())
    /// }
    /// # axum::Router::<()>::new().route("/", axum::routing::get(handler));
    /// ```
    pub fn in_style_of<E: Describe>(self) -> Self {
        self.in_style(E::NODE.first_scheme())
    }

    pub(crate) fn in_style(mut self, scheme: Option<&'static SchemeInfo>) -> Self {
        self.take_style(scheme);
        self
    }

    /// Changes nothing where no scheme is known, or the style is.
    pub(crate) fn take_style(&mut self, scheme: Option<&'static SchemeInfo>) {
        let Some(scheme) = scheme else { return };
        if mem::replace(&mut self.styled, true) || scheme.error_style() == ErrorStyle::FastApi {
            return;
        }
        if let Body::Fields { .. } = self.body {
            self.status = StatusCode::BAD_REQUEST;
        }
        self.body.restyle(self.status);
        if self.challenge.is_some() {
            self.challenge = Some(Challenge::Constant(scheme.challenges().invalid_token));
        }
    }

    /// 422: fields of a form are missing or wrong.
    pub(crate) fn unprocessable(detail: Vec<FieldError>) -> Self {
        Self::new(StatusCode::UNPROCESSABLE_ENTITY, Body::Fields { detail }, None)
    }

    /// 413: the request is larger than anything the service reads.
    pub(crate) fn too_large(detail: &'static str) -> Self {
        Self::new(StatusCode::PAYLOAD_TOO_LARGE, Body::Detail { detail: detail.into() }, None)
    }

    fn new(status: StatusCode, body: Body, challenge: Option<Challenge>) -> Self {
        Self { status, body, challenge, retry_after: None, styled: false, no_store: false }
    }

    /// The same in a style that is decided.
    fn styled(status: StatusCode, body: Body, challenge: Challenge) -> Self {
        let mut error = Self::new(status, body, Some(challenge));
        error.styled = true;
        error
    }
}

impl IntoResponse for AuthError {
    fn into_response(self) -> Response {
        let Self { status, body, challenge, retry_after, no_store, .. } = self;
        let mut response = Response::new(body.into_bytes().into());
        *response.status_mut() = status;
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
        if let Some(challenge) = challenge {
            challenge.write(headers);
        }
        if let Some(seconds) = retry_after {
            headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        if no_store {
            headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
            headers.insert(header::PRAGMA, HeaderValue::from_static("no-cache"));
        }
        response
    }
}

impl fmt::Display for AuthError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.body.fmt(f)
    }
}

impl std::error::Error for AuthError {}
