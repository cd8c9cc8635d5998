//! Refusals: one type, one place where it becomes a response.

mod answer;
pub(crate) mod asked;
mod bearer;
mod body;
mod kind;
mod style;
mod token_endpoint;

use std::{borrow::Cow, fmt};

use axum::http::StatusCode;

pub(crate) use self::body::{FieldContext, FieldError};
pub use self::kind::ErrorKind;
use self::{
    asked::asked,
    body::{Form, Says},
};
use crate::scheme::{challenge::Challenge, info::SchemeInfo};

/// Why a request is refused.
///
/// What it says is for the client: it names neither the check that failed nor anything of the credential. Its challenge and
/// the style of its body are two decisions. Both may stay open until a scheme is known:
///
/// | returned by | decided by |
/// |---|---|
/// | a scheme, `SecurityScopes`, `RequiredScopes`, a ready-made dependency | the scheme, at once |
/// | a dependency, also of a guard, or one of its extractors | the first scheme in its own tree, else in that of the functions above it |
/// | a handler or middleware | [`in_style_of`](Self::in_style_of) |
/// | any of them, where no scheme is known | nothing: the challenge is `Bearer`, the style FastAPI's |
///
/// An error type of the service's own may hold it. Where a dependency returns such an error, the `AuthError` in it becomes the
/// same response as by itself, and what the error type changes in that response stays changed:
///
/// ```
/// use axum::{Router, body::Body, http::{Request, StatusCode}, response::{IntoResponse, Response}, routing::get};
/// use axum_scopes::{AuthError, Depends, HttpBasic, HttpBasicScheme, security};
/// use tower::ServiceExt;
///
/// struct Staff;
/// impl HttpBasicScheme for Staff {
///     const REALM: Option<&str> = Some("staff");
/// }
///
/// enum AppError {
///     Auth(AuthError),
///     Database,
/// }
///
/// impl IntoResponse for AppError {
///     fn into_response(self) -> Response {
///         match self {
///             Self::Auth(error) => error.into_response(),
///             Self::Database => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
///         }
///     }
/// }
///
/// #[security]
/// async fn current_staff(HttpBasic(staff): HttpBasic<Staff>) -> Result<String, AppError> {
///     # let is_right = |_: &str, _: &str| Ok::<_, AppError>(false);
///     if is_right(&staff.username, staff.password.as_str())? {
///         Ok(staff.username)
///     } else {
///         Err(AppError::Auth(AuthError::unauthorized("Incorrect username or password")))
///     }
/// }
///
/// #[security]
/// async fn read_report(Depends(staff): Depends<current_staff>) -> String {
///     staff
/// }
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() {
/// let router: Router = Router::new().route("/report", get(read_report));
/// let request = Request::get("/report").header("authorization", "Basic am9lOnNlY3JldA==");
/// let response = router.oneshot(request.body(Body::empty()).unwrap()).await.unwrap();
/// assert_eq!(response.status(), StatusCode::UNAUTHORIZED);
/// assert_eq!(response.headers()["www-authenticate"], "Basic realm=\"staff\"");
/// # }
/// ```
///
/// A service whose errors have a form of its own says so once for all refusals of a scheme, by the scheme's
/// [`ERROR_RESPONSE`](crate::OAuth2Scheme::ERROR_RESPONSE), or in its error type, by [`respond_with`](Self::respond_with).
#[derive(Clone)]
#[must_use = "a refusal refuses nothing until it is returned"]
pub struct AuthError {
    says: Says,
    /// What the client is asked for, if it is asked for anything: a decision of its own.
    challenge: Option<Challenge>,
    /// Whose body it has, if any scheme's.
    scheme: Option<&'static SchemeInfo>,
    /// Whole seconds, RFC 9110 §10.2.3.
    retry_after: Option<u32>,
    status: StatusCode,
    kind: ErrorKind,
    form: Form,
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
        Self::new(ErrorKind::Other, StatusCode::BAD_REQUEST, detail.into())
    }

    /// 401 with the challenge of whichever scheme is asked, or `Bearer` where none is known: a 401 must have one (RFC 9110
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

    /// 403 without a challenge: other credentials would not help.
    ///
    /// ```
    /// # use axum_scopes::AuthError;
    /// assert_eq!(AuthError::forbidden("Not the owner").status(), 403);
    /// ```
    pub fn forbidden(detail: impl Into<Cow<'static, str>>) -> Self {
        Self::new(ErrorKind::Other, StatusCode::FORBIDDEN, detail.into())
    }

    /// 500 that tells the client nothing. Log the reason where you know it.
    ///
    /// ```
    /// # use axum_scopes::AuthError;
    /// assert_eq!(AuthError::internal().status(), 500);
    /// ```
    pub fn internal() -> Self {
        let detail = Cow::Borrowed("Internal Server Error");
        Self::new(ErrorKind::ServerError, StatusCode::INTERNAL_SERVER_ERROR, detail)
    }

    /// 503: the same request may succeed in `retry_after` seconds.
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

    /// What the refusal is about.
    ///
    /// ```
    /// # use axum_scopes::{AuthError, error::ErrorKind};
    /// assert_eq!(AuthError::unavailable(1).kind(), ErrorKind::Unavailable);
    /// ```
    #[must_use]
    pub fn kind(&self) -> ErrorKind {
        self.kind
    }

    /// What the client is told, for people.
    ///
    /// ```
    /// # use axum_scopes::AuthError;
    /// assert_eq!(AuthError::forbidden("Not the owner").detail(), "Not the owner");
    /// ```
    #[must_use]
    pub fn detail(&self) -> Cow<'_, str> {
        self.says.text()
    }

    /// The `WWW-Authenticate` that the response will have, RFC 9110 §11.6.1. Where a scheme is still to decide, it is that of
    /// the scheme that is asked while the error becomes a response, and `Bearer` elsewhere.
    ///
    /// ```
    /// # use axum_scopes::AuthError;
    /// assert_eq!(AuthError::unauthorized("Could not validate credentials").challenge(), Some("Bearer"));
    /// assert_eq!(AuthError::forbidden("Not the owner").challenge(), None);
    /// ```
    #[must_use]
    pub fn challenge(&self) -> Option<&str> {
        self.challenge.as_ref().map(|challenge| challenge.text(asked().map(SchemeInfo::unauthorized)))
    }

    /// In how many seconds the same request may succeed: the `Retry-After` that the response will have (RFC 9110 §10.2.3).
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
        error.says = Says::Fields(fields.into());
        error
    }

    /// 413: the request is larger than anything the service reads.
    pub(crate) fn too_large(detail: &'static str) -> Self {
        Self::new(ErrorKind::InvalidRequest, StatusCode::PAYLOAD_TOO_LARGE, detail.into())
    }

    fn new(kind: ErrorKind, status: StatusCode, detail: Cow<'static, str>) -> Self {
        Self {
            says: Says::Text(detail),
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
            .field("detail", &self.says)
            .field("challenge", &self.challenge)
            .field("retry_after", &self.retry_after)
            .field("scheme", &self.scheme.map(SchemeInfo::name))
            .finish_non_exhaustive()
    }
}

impl fmt::Display for AuthError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.says.fmt(f)
    }
}

impl std::error::Error for AuthError {}
