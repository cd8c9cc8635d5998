//! Refusals of requests: an [`AuthError`] becomes a response with status and challenge, and its [`ErrorKind`] says what it
//! is about.

pub(crate) mod answer;
pub(crate) mod asking;
mod bearer;
mod body;
pub(crate) mod deciding;
pub(crate) mod grpc;
mod kind;
mod store;
mod style;
mod token_endpoint;
mod unavailable;

use std::{borrow::Cow, fmt};

use axum::http::StatusCode;

pub(crate) use self::body::{FieldContext, FieldError};
use self::{
    body::{Form, Message},
    deciding::scheme_that_decides,
};
pub use self::{kind::ErrorKind, store::StoreError};
use crate::scheme::{challenge::Challenge, info::SchemeInfo};

/// A refusal of a request.
///
/// Its text is for the client, so the library's texts name neither the check that failed nor the credential. A scheme decides
/// the challenge and the style of the body. This scheme depends on who returns the refusal:
///
/// | returned by | the scheme |
/// |---|---|
/// | a scheme | this scheme |
/// | a dependency, also of a guard, or one of its extractors | the first scheme in its own tree, or else in the trees of the functions above it |
/// | a handler or middleware | the one that [`in_style_of`](Self::in_style_of) names |
/// | any of them, if there is no such scheme | none: the challenge is `Bearer`, and the style is FastAPI's |
///
/// An error type of the service may hold a refusal. If a dependency returns such an error, the `AuthError` in it becomes the
/// same response as by itself. The error type may change this response.
///
/// ```
/// use axum_scopes::AuthError;
///
/// let error = AuthError::unauthorized("Could not validate credentials");
/// assert_eq!((error.status().as_u16(), error.challenge()), (401, Some("Bearer")));
/// ```
///
/// To give refusals a body of your own, set the scheme's [`ERROR_RESPONSE`](crate::OAuth2Scheme::ERROR_RESPONSE), or call
/// [`respond_with`](Self::respond_with) in your error type. For gRPC, [`grpc_response`](Self::grpc_response) makes the response.
#[derive(Clone)]
#[must_use = "a refusal refuses nothing until it is returned"]
pub struct AuthError {
    message: Message,
    /// Decided independently of the body.
    challenge: Option<Challenge>,
    /// The scheme that decided the body, if one did.
    scheme: Option<&'static SchemeInfo>,
    /// In seconds, RFC 9110 §10.2.3.
    retry_after: Option<u32>,
    status: StatusCode,
    kind: ErrorKind,
    form: Form,
    /// Whether caches must not store the response, as at the token endpoint (RFC 6749 §5.2).
    no_store: bool,
}

impl AuthError {
    /// A 400 without a challenge. The credential is not the problem.
    ///
    /// ```
    /// # use axum_scopes::AuthError;
    /// assert_eq!(AuthError::bad_request("Inactive user").status(), 400);
    /// ```
    pub fn bad_request(detail: impl Into<Cow<'static, str>>) -> Self {
        Self::new(ErrorKind::Other, StatusCode::BAD_REQUEST, detail.into())
    }

    /// A 401 with the challenge of the scheme, or with `Bearer` if there is none, because a 401 must have a challenge (RFC 9110
    /// §15.5.2). [`SecurityScopes::unauthorized`](crate::SecurityScopes::unauthorized) also names the scopes.
    ///
    /// ```
    /// # use axum_scopes::AuthError;
    /// assert_eq!(AuthError::unauthorized("Could not validate credentials").status(), 401);
    /// ```
    pub fn unauthorized(detail: impl Into<Cow<'static, str>>) -> Self {
        let mut error = Self::new(ErrorKind::InvalidToken, StatusCode::UNAUTHORIZED, detail.into());
        error.challenge = Some(Challenge::OfScheme);
        error
    }

    /// A 403 without a challenge. Another credential would not help.
    ///
    /// ```
    /// # use axum_scopes::AuthError;
    /// assert_eq!(AuthError::forbidden("Not the owner").status(), 403);
    /// ```
    pub fn forbidden(detail: impl Into<Cow<'static, str>>) -> Self {
        Self::new(ErrorKind::Other, StatusCode::FORBIDDEN, detail.into())
    }

    /// A 500 that tells the client nothing. Log the reason yourself.
    ///
    /// ```
    /// # use axum_scopes::AuthError;
    /// assert_eq!(AuthError::internal().status(), 500);
    /// ```
    pub fn internal() -> Self {
        let detail = Cow::Borrowed("Internal Server Error");
        Self::new(ErrorKind::ServerError, StatusCode::INTERNAL_SERVER_ERROR, detail)
    }

    /// A 503. The same request may succeed in `retry_after` seconds.
    ///
    /// ```
    /// # use axum_scopes::AuthError;
    /// assert_eq!(AuthError::unavailable(1).status(), 503);
    /// ```
    pub fn unavailable(retry_after: u32) -> Self {
        let detail = Cow::Borrowed("Service Unavailable");
        let mut error = Self::new(ErrorKind::Unavailable, StatusCode::SERVICE_UNAVAILABLE, detail);
        error.retry_after = Some(retry_after);
        error
    }

    /// A 429, which no cache may store: there were too many attempts (RFC 6585 §4). The same request may be made again in `retry_after`
    /// seconds.
    ///
    /// ```
    /// # use axum_scopes::AuthError;
    /// let error = AuthError::too_many_requests(30);
    /// assert_eq!((error.status().as_u16(), error.retry_after()), (429, Some(30)));
    /// ```
    pub fn too_many_requests(retry_after: u32) -> Self {
        let detail = Cow::Borrowed("Too Many Requests");
        let mut error = Self::new(ErrorKind::TooManyRequests, StatusCode::TOO_MANY_REQUESTS, detail);
        error.retry_after = Some(retry_after);
        error.no_store = true;
        error
    }

    /// The status of the response.
    ///
    /// ```
    /// # use axum_scopes::AuthError;
    /// assert!(AuthError::internal().status().is_server_error());
    /// ```
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// The kind of the refusal.
    ///
    /// ```
    /// # use axum_scopes::{AuthError, error::ErrorKind};
    /// assert_eq!(AuthError::unavailable(1).kind(), ErrorKind::Unavailable);
    /// ```
    #[must_use]
    pub fn kind(&self) -> ErrorKind {
        self.kind
    }

    /// The text that the client gets, for people.
    ///
    /// ```
    /// # use axum_scopes::AuthError;
    /// assert_eq!(AuthError::forbidden("Not the owner").detail(), "Not the owner");
    /// ```
    #[must_use]
    pub fn detail(&self) -> Cow<'_, str> {
        self.message.text()
    }

    /// The header `WWW-Authenticate` of the response (RFC 9110 §11.6.1). Before a scheme has decided, it is `Bearer`, except while
    /// the refusal becomes a response: then it is the challenge of the scheme.
    ///
    /// ```
    /// # use axum_scopes::AuthError;
    /// assert_eq!(AuthError::unauthorized("Could not validate credentials").challenge(), Some("Bearer"));
    /// assert_eq!(AuthError::forbidden("Not the owner").challenge(), None);
    /// ```
    #[must_use]
    pub fn challenge(&self) -> Option<&str> {
        let of_scheme = scheme_that_decides().map(SchemeInfo::unauthorized);
        self.challenge.as_ref().map(|challenge| challenge.text(of_scheme)).filter(|text| !text.is_empty())
    }

    /// The header `Retry-After` of the response (RFC 9110 §10.2.3). The same request may succeed in this many seconds.
    ///
    /// ```
    /// # use axum_scopes::AuthError;
    /// assert_eq!(AuthError::unavailable(30).retry_after(), Some(30));
    /// ```
    #[must_use]
    pub fn retry_after(&self) -> Option<u32> {
        self.retry_after
    }

    /// 422: fields of a form are missing or wrong.
    pub(crate) fn unprocessable(fields: Vec<FieldError>) -> Self {
        let mut error = Self::new(body::kind_of(&fields), StatusCode::UNPROCESSABLE_ENTITY, Cow::Borrowed(""));
        error.message = Message::Fields(fields.into());
        error
    }

    /// 413: the request is larger than the service reads.
    pub(crate) fn too_large(detail: &'static str) -> Self {
        Self::new(ErrorKind::InvalidRequest, StatusCode::PAYLOAD_TOO_LARGE, detail.into())
    }

    fn new(kind: ErrorKind, status: StatusCode, detail: Cow<'static, str>) -> Self {
        Self {
            message: Message::Text(detail),
            challenge: None,
            scheme: None,
            retry_after: None,
            status,
            kind,
            form: Form::Open,
            no_store: false,
        }
    }
}

impl fmt::Debug for AuthError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AuthError")
            .field("kind", &self.kind)
            .field("status", &self.status)
            .field("detail", &self.message)
            .field("challenge", &self.challenge)
            .field("retry_after", &self.retry_after)
            .field("scheme", &self.scheme.map(SchemeInfo::name))
            .finish_non_exhaustive()
    }
}

impl fmt::Display for AuthError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.message.fmt(f)
    }
}

impl std::error::Error for AuthError {}
