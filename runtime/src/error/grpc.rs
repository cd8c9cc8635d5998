//! A refusal as gRPC has it: a status of HTTP and a kind come in, `grpc-status` and `grpc-message` go out, and the other way round.

use axum::{
    body::Body,
    http::{HeaderName, HeaderValue, StatusCode, header::CONTENT_TYPE},
    response::Response,
};

use super::{AuthError, kind::ErrorKind};

const GRPC_STATUS: HeaderName = HeaderName::from_static("grpc-status");
const GRPC_MESSAGE: HeaderName = HeaderName::from_static("grpc-message");

// The codes of gRPC that refusals have.
const UNKNOWN: HeaderValue = HeaderValue::from_static("2");
const INVALID_ARGUMENT: HeaderValue = HeaderValue::from_static("3");
const PERMISSION_DENIED: HeaderValue = HeaderValue::from_static("7");
const RESOURCE_EXHAUSTED: HeaderValue = HeaderValue::from_static("8");
const UNIMPLEMENTED: HeaderValue = HeaderValue::from_static("12");
const INTERNAL: HeaderValue = HeaderValue::from_static("13");
const UNAVAILABLE: HeaderValue = HeaderValue::from_static("14");
const UNAUTHENTICATED: HeaderValue = HeaderValue::from_static("16");

impl AuthError {
    /// The refusal as gRPC clients read it, for the [`ERROR_RESPONSE`](crate::OAuth2Scheme::ERROR_RESPONSE) of a scheme that
    /// protects gRPC services: HTTP status 200, no body, and the code and the text in headers. The gRPC protocol calls it a
    /// Trailers-Only response.
    ///
    /// | refusal | `grpc-status` |
    /// |---|---|
    /// | no credential, an invalid one, two of them, or a user who has to log in again | 16, `UNAUTHENTICATED` |
    /// | a missing scope, whatever the error style is; any other 403 | 7, `PERMISSION_DENIED` |
    /// | too many attempts | 8, `RESOURCE_EXHAUSTED` |
    /// | the credential cannot be verified now | 14, `UNAVAILABLE` |
    /// | a mistake of the service | 13, `INTERNAL` |
    /// | any other 400 | 3, `INVALID_ARGUMENT` |
    /// | any other | 2, `UNKNOWN` |
    ///
    /// `WWW-Authenticate` and `Retry-After` are there, too. Clients see them as metadata.
    ///
    /// ```
    /// use axum::{Router, body::Body, http::Request, response::Response, routing::post};
    /// use axum_scopes::{AuthError, Depends, Flows, HmacKey, OAuth2Scheme, TokenVerifier, security, verified};
    /// use tower::ServiceExt;
    ///
    /// struct Api;
    /// impl OAuth2Scheme for Api {
    ///     const FLOWS: Flows = Flows::client_credentials("token");
    ///     const SCOPES: &[(&str, &str)] = &[("notes:read", "Read notes.")];
    ///     const ERROR_RESPONSE: Option<fn(&AuthError) -> Response> = Some(AuthError::grpc_response);
    /// }
    ///
    /// #[security(scopes = ["notes:read"])]
    /// async fn list(_: Depends<verified<Api>>) {}
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let verifier = TokenVerifier::hs256(&HmacKey::new([7; 32])?);
    /// let router = Router::new().route("/notes.v1.Notes/List", post(list)).with_state(verifier);
    /// let response = router.oneshot(Request::post("/notes.v1.Notes/List").body(Body::empty())?).await?;
    /// assert_eq!(response.status(), 200);
    /// let headers = response.headers();
    /// assert_eq!(headers["content-type"], "application/grpc");
    /// assert_eq!(headers["grpc-status"], "16");
    /// assert_eq!(headers["grpc-message"], "Not authenticated");
    /// assert_eq!(headers["www-authenticate"], "Bearer");
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// The chapter [`grpc`](crate::guide::grpc) has a whole service.
    #[must_use]
    pub fn grpc_response(&self) -> Response {
        let mut response = Response::new(Body::empty());
        let headers = response.headers_mut();
        headers.insert(CONTENT_TYPE, const { HeaderValue::from_static("application/grpc") });
        headers.insert(GRPC_STATUS, code(self));
        // This does not fail: the text is visible ASCII and spaces.
        if let Ok(message) = HeaderValue::try_from(percent_encoded(&self.detail())) {
            headers.insert(GRPC_MESSAGE, message);
        }
        response
    }
}

/// Makes a response that has `grpc-status` one of gRPC: the code is that of the refusal, as the status is with HTTP.
pub(super) fn settle(response: &mut Response, code: HeaderValue) {
    if response.headers().contains_key(GRPC_STATUS) {
        *response.status_mut() = StatusCode::OK;
        response.headers_mut().insert(GRPC_STATUS, code);
    }
}

/// Whether the response refuses in gRPC's way: it has one code, which is not that of success.
pub(crate) fn refuses(response: &Response) -> bool {
    let mut codes = response.headers().get_all(GRPC_STATUS).iter().map(HeaderValue::as_bytes);
    // Clients read `00` as a number, so it would be success.
    let is_refused = matches!(codes.next(), Some([b'1'..=b'9', rest @ ..]) if rest.iter().all(u8::is_ascii_digit));
    is_refused && codes.next().is_none()
}

/// The status of HTTP that means the same as the response, where that refuses in gRPC's way.
pub(crate) fn status(response: &Response) -> StatusCode {
    match response.headers().get(GRPC_STATUS) {
        Some(code) if *code == UNAUTHENTICATED => StatusCode::UNAUTHORIZED,
        Some(code) if *code == PERMISSION_DENIED => StatusCode::FORBIDDEN,
        Some(code) if *code == UNIMPLEMENTED => StatusCode::NOT_FOUND,
        _ => response.status(),
    }
}

pub(super) fn code(error: &AuthError) -> HeaderValue {
    match (error.kind, error.status) {
        (ErrorKind::InsufficientScope, _) => PERMISSION_DENIED,
        (ErrorKind::InvalidRequest, StatusCode::BAD_REQUEST) | (_, StatusCode::UNAUTHORIZED) => UNAUTHENTICATED,
        (_, StatusCode::FORBIDDEN) => PERMISSION_DENIED,
        (_, StatusCode::BAD_REQUEST) => INVALID_ARGUMENT,
        (_, StatusCode::TOO_MANY_REQUESTS) => RESOURCE_EXHAUSTED,
        (_, StatusCode::SERVICE_UNAVAILABLE) => UNAVAILABLE,
        (_, status) if status.is_server_error() => INTERNAL,
        _ => UNKNOWN,
    }
}

/// As `grpc-message` has it: all but visible ASCII and spaces is escaped, and the per cent sign itself.
fn percent_encoded(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b' '..=b'~' if byte != b'%' => encoded.push(char::from(byte)),
            _ => {
                const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
                let digits = [byte >> 4, byte & 15].map(|digit| char::from(DIGITS[usize::from(digit)]));
                encoded.extend(['%', digits[0], digits[1]]);
            }
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    use axum::response::IntoResponse;

    use super::*;

    #[test]
    fn statuses_that_grpc_has_no_code_for_are_unknown() {
        let code_of = |status| {
            let mut error = AuthError::forbidden("");
            error.status = status;
            code(&error)
        };
        assert_eq!(code_of(StatusCode::FORBIDDEN), PERMISSION_DENIED);
        assert_eq!(code_of(StatusCode::BAD_GATEWAY), INTERNAL);
        assert_eq!(code_of(StatusCode::CONFLICT), UNKNOWN);
    }

    #[test]
    fn refusals_of_grpc_are_those_statuses_of_http() {
        for (sent, expected) in [
            (UNAUTHENTICATED, StatusCode::UNAUTHORIZED),
            (PERMISSION_DENIED, StatusCode::FORBIDDEN),
            (UNIMPLEMENTED, StatusCode::NOT_FOUND),
            (INTERNAL, StatusCode::OK),
        ] {
            let response = ([(GRPC_STATUS, sent.clone())], ()).into_response();
            assert_eq!(status(&response), expected, "{sent:?}");
        }
    }
}
