//! Refusals: one type, one place where it becomes a response.

use std::{borrow::Cow, fmt};

use axum::{
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde::Serialize;

use crate::{
    challenge::{self, Challenge},
    dependency::requirement::Requirement,
};

/// How refusals look; a constant of the security scheme.
///
/// ```
/// use axum_scopes::{ErrorStyle, Flows, OAuth2Scheme};
///
/// struct Api;
/// impl OAuth2Scheme for Api {
///     const FLOWS: Flows = Flows::password("token");
///     const SCOPES: &[(&str, &str)] = &[("items", "Read items.")];
///     const ERROR_STYLE: ErrorStyle = ErrorStyle::Rfc6750;
/// }
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum ErrorStyle {
    /// As FastAPI's tutorial answers: 401 for everything that concerns the credential or its scopes,
    /// `WWW-Authenticate: Bearer scope="…"`, and a body of `{"detail": "…"}`.
    #[default]
    FastApi,
    /// RFC 6750 §3: 401 `invalid_token`, 403 `insufficient_scope`, and a body of `error` and `error_description`; without
    /// a credential 401 alone. Schemes other than bearer keep their own challenges.
    Rfc6750,
}

/// Why a request is refused.
///
/// It becomes a response in the [`ErrorStyle`] of the scheme that was asked. What it says is for the client: it names
/// neither the check that failed nor anything of the credential.
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
pub struct AuthError(Box<Refusal>);

#[derive(Clone, Debug)]
struct Refusal {
    status: StatusCode,
    body: Body,
    challenge: Option<Challenge>,
    /// Whole seconds, RFC 9110 §10.2.3.
    retry_after: Option<u32>,
}

#[derive(Clone, Debug, Serialize)]
#[serde(untagged)]
enum Body {
    Detail { detail: Cow<'static, str> },
    Fields { detail: Vec<FieldError> },
    Rfc6750 { error: &'static str, error_description: Cow<'static, str> },
}

/// One field of a form that is missing or wrong.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct FieldError {
    #[serde(rename = "type")]
    pub(crate) kind: &'static str,
    pub(crate) loc: [&'static str; 2],
    pub(crate) msg: &'static str,
    pub(crate) input: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) ctx: Option<FieldContext>,
}

/// What the field should have been.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct FieldContext {
    pub(crate) pattern: &'static str,
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
            Some(Challenge::Constant(challenge::BEARER)),
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
        error.0.retry_after = Some(retry_after);
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
        self.0.status
    }

    /// 401: no credential was sent that the scheme accepts.
    pub(crate) fn not_authenticated(style: ErrorStyle, challenge: &'static str) -> Self {
        let body = match style {
            ErrorStyle::FastApi => Body::Detail { detail: "Not authenticated".into() },
            // RFC 6750 §3.1: no error code where the request lacks any authentication information.
            ErrorStyle::Rfc6750 => Body::Detail { detail: "Unauthorized".into() },
        };
        Self::new(StatusCode::UNAUTHORIZED, body, Some(Challenge::Constant(challenge)))
    }

    /// 401: there is a credential, and it is no good.
    pub(crate) fn invalid_token(required: &Requirement, detail: Cow<'static, str>) -> Self {
        let (body, challenge) = match required.style {
            ErrorStyle::FastApi => (Body::Detail { detail }, Challenge::Constant(required.challenge)),
            ErrorStyle::Rfc6750 => {
                let error = "invalid_token";
                (Body::Rfc6750 { error, error_description: detail }, Challenge::with_error(required, error, ""))
            }
        };
        Self::new(StatusCode::UNAUTHORIZED, body, Some(challenge))
    }

    /// The credential is good, but a scope is missing: 401 in FastAPI's style, 403 in RFC 6750's.
    pub(crate) fn insufficient_scope(required: &Requirement) -> Self {
        let detail = Cow::Borrowed("Not enough permissions");
        let (status, body, challenge) = match required.style {
            ErrorStyle::FastApi => {
                (StatusCode::UNAUTHORIZED, Body::Detail { detail }, Challenge::Constant(required.challenge))
            }
            ErrorStyle::Rfc6750 => {
                let error = "insufficient_scope";
                let challenge = Challenge::with_error(required, error, required.scope_str);
                (StatusCode::FORBIDDEN, Body::Rfc6750 { error, error_description: detail }, challenge)
            }
        };
        Self::new(status, body, Some(challenge))
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
        Self(Box::new(Refusal { status, body, challenge, retry_after: None }))
    }
}

impl IntoResponse for AuthError {
    fn into_response(self) -> Response {
        let Refusal { status, body, challenge, retry_after } = *self.0;
        let mut headers = HeaderMap::with_capacity(3);
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
        if let Some(challenge) = challenge {
            challenge.write(&mut headers);
        }
        if let Some(seconds) = retry_after {
            headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        // Strings alone: nothing in a body can fail to serialise.
        (status, headers, serde_json::to_vec(&body).unwrap_or_default()).into_response()
    }
}

impl fmt::Display for AuthError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0.body {
            Body::Detail { detail } | Body::Rfc6750 { error_description: detail, .. } => f.write_str(detail),
            Body::Fields { detail } => {
                f.write_str("invalid form")?;
                detail.iter().try_for_each(|field| write!(f, ", {}: {}", field.loc[1], field.msg))
            }
        }
    }
}

impl std::error::Error for AuthError {}
