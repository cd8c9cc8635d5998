//! From a refusal to a response. No other file makes one.

use axum::{
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};

use super::{
    AuthError,
    deciding::{has_to_tell_absence, in_responder, is_in_responder},
    grpc,
    kind::ErrorKind,
};
use crate::scheme::info::SchemeInfo;

/// The note in the extensions of a response that the request has no credential. Nobody else can make it.
#[derive(Clone, Copy, Debug)]
struct NoCredential;

/// Whether a refusal says that the request has no credential. It is noted only for dependencies in an `Option`, because nobody
/// else asks. An error type that changes the status means something else.
pub(crate) fn tells_absence(response: &Response) -> bool {
    let is_refused = |status| status == StatusCode::UNAUTHORIZED;
    (is_refused(response.status()) || is_refused(grpc::status(response)))
        && response.extensions().get::<NoCredential>().is_some()
}

/// The same refusal, without the note.
pub(crate) fn without_note(mut response: Response) -> Response {
    response.extensions_mut().remove::<NoCredential>();
    response
}

impl AuthError {
    /// The response with another body. `body` brings its content type and other headers. Status, challenge and `Retry-After` are
    /// those of the refusal. Use it in an error type that has one form for all errors: a response of
    /// [`status`](Self::status) alone would have no challenge.
    ///
    /// ```
    /// use axum::{Json, Router, body::Body, http::{Request, StatusCode}, response::{IntoResponse, Response}, routing::get};
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
    ///             Self::Auth(error) => {
    ///                 let body = Json(serde_json::json!({ "title": error.detail() }));
    ///                 error.respond_with(body)
    ///             }
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
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let router: Router = Router::new().route("/report", get(read_report));
    /// let request = Request::get("/report").header("authorization", "Basic am9lOnNlY3JldA==");
    /// let response = router.oneshot(request.body(Body::empty())?).await?;
    /// assert_eq!(response.status(), StatusCode::UNAUTHORIZED);
    /// assert_eq!(response.headers()["www-authenticate"], "Basic realm=\"staff\"");
    /// let body = axum::body::to_bytes(response.into_body(), 1024).await?;
    /// assert_eq!(body, r#"{"title":"Incorrect username or password"}"#);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// To give all refusals of a scheme such a body, set its [`ERROR_RESPONSE`](crate::OAuth2Scheme::ERROR_RESPONSE).
    #[must_use]
    pub fn respond_with(mut self, body: impl IntoResponse) -> Response {
        self.decide();
        self.complete(body.into_response())
    }

    /// The service's `response` with the status and the headers that the library sets.
    fn complete(self, mut response: Response) -> Response {
        let headers = response.headers_mut();
        headers.remove(header::WWW_AUTHENTICATE);
        headers.remove(header::RETRY_AFTER);
        let code = grpc::code(&self);
        self.set_headers(&mut response);
        grpc::settle(&mut response, code);
        response
    }

    /// Sets status and headers of a response that has none of these headers.
    fn set_headers(self, response: &mut Response) {
        *response.status_mut() = self.status;
        if self.kind == ErrorKind::NoCredential && has_to_tell_absence() {
            response.extensions_mut().insert(NoCredential);
        }
        let headers = response.headers_mut();
        if let Some(challenge) = self.challenge {
            challenge.write(headers);
        }
        if let Some(seconds) = self.retry_after {
            headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        if self.no_store {
            headers.insert(header::CACHE_CONTROL, const { HeaderValue::from_static("no-store") });
            headers.insert(header::PRAGMA, const { HeaderValue::from_static("no-cache") });
        }
    }
}

impl IntoResponse for AuthError {
    fn into_response(mut self) -> Response {
        self.decide();
        if let Some(own) = self.scheme.and_then(SchemeInfo::error_response)
            && !is_in_responder()
        {
            let response = in_responder(|| own(&self));
            return self.complete(response);
        }
        let mut response = Response::new(self.message.json(self.form, self.kind, self.status).into());
        response.headers_mut().insert(header::CONTENT_TYPE, const { HeaderValue::from_static("application/json") });
        self.set_headers(&mut response);
        response
    }
}
