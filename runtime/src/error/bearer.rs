//! Refusals of credentials and scopes, in the style of the scheme (RFC 6750 §3.1).

use std::{borrow::Cow, time::Duration};

#[cfg(feature = "jwt")]
use axum::http::HeaderValue;
use axum::http::StatusCode;

use super::{AuthError, asking::Asking, body::Form, kind::ErrorKind};
use crate::{
    scheme::{challenge::Challenge, error_style::ErrorStyle, info::SchemeInfo},
    tree::requirement::{challenges, style},
};

impl AuthError {
    /// 401: the request has no credential that the scheme accepts.
    pub(crate) fn not_authenticated(scheme: Option<&'static SchemeInfo>) -> Self {
        let detail = match style(scheme) {
            ErrorStyle::FastApi => "Not authenticated",
            // RFC 6750 §3.1: without a credential there is no error code.
            ErrorStyle::Rfc6750 => "Unauthorized",
        };
        let mut error = Self::new(ErrorKind::NoCredential, StatusCode::UNAUTHORIZED, Cow::Borrowed(detail));
        error.challenge = Some(Challenge::Plain(challenges(scheme).plain));
        (error.scheme, error.form) = (scheme, Form::Detail);
        error
    }

    /// The same at a place that is known.
    pub(crate) fn not_authenticated_at(place: &Asking) -> Self {
        Self { challenge: Some(place.plain()), ..Self::not_authenticated(place.requirement.scheme) }
    }

    /// 401: the credential is malformed. The response is the same as without a credential.
    pub(crate) fn malformed_credential(scheme: &'static SchemeInfo) -> Self {
        Self { kind: ErrorKind::InvalidToken, ..Self::not_authenticated(Some(scheme)) }
    }

    /// 400: the request has two credentials. Only the style of RFC 6750 has this refusal.
    pub(crate) fn repeated_credential(scheme: &'static SchemeInfo) -> Self {
        let detail = Cow::Borrowed("More than one credential was sent");
        let challenge = Challenge::constant(scheme.challenges().invalid_request);
        Self::of_scheme(ErrorKind::InvalidRequest, StatusCode::BAD_REQUEST, detail, challenge, Some(scheme))
    }

    /// 401: the credential is invalid.
    pub(crate) fn invalid_token(place: &Asking, detail: Cow<'static, str>) -> Self {
        let (challenge, scheme) = (place.invalid_token(), place.requirement.scheme);
        Self::of_scheme(ErrorKind::InvalidToken, StatusCode::UNAUTHORIZED, detail, challenge, scheme)
    }

    /// The credential does not cover the required scopes: 401 in FastAPI's style, 403 in RFC 6750's.
    pub(crate) fn insufficient_scope(place: &Asking) -> Self {
        Self::not_covered(place.requirement.scheme, place.insufficient_scope())
    }

    /// The same with this `challenge`.
    pub(crate) fn not_covered(scheme: Option<&'static SchemeInfo>, challenge: Challenge) -> Self {
        let status = match style(scheme) {
            ErrorStyle::FastApi => StatusCode::UNAUTHORIZED,
            ErrorStyle::Rfc6750 => StatusCode::FORBIDDEN,
        };
        let detail = Cow::Borrowed("Not enough permissions");
        Self::of_scheme(ErrorKind::InsufficientScope, status, detail, challenge, scheme)
    }

    /// 401: the token is bound to a key, and the proof of it is refused, or needs this nonce (RFC 9449 §7.1, §9).
    #[cfg(feature = "jwt")]
    pub(crate) fn refused_proof(place: &Asking, nonce: Option<HeaderValue>) -> Self {
        let (kind, detail) = match nonce {
            Some(_) => (ErrorKind::UseDpopNonce, "A nonce is required in the DPoP proof"),
            None => (ErrorKind::InvalidDpopProof, "The DPoP proof is invalid"),
        };
        let status = StatusCode::UNAUTHORIZED;
        let text = place.of_dpop(Some(kind.code(status))).unwrap_or_default();
        let challenge = match nonce {
            Some(nonce) => Challenge::WithNonce(Box::new((text, nonce))),
            None => Challenge::Text(text.into()),
        };
        Self::of_scheme(kind, status, Cow::Borrowed(detail), challenge, place.requirement.scheme)
    }

    /// 401: the credential is valid, but its user has to log in again (RFC 9470 §3).
    pub(crate) fn insufficient_user_authentication(
        place: &Asking,
        acr_values: &[&str],
        max_age: Option<Duration>,
    ) -> Self {
        let required = place.requirement;
        let detail = Cow::Borrowed("A different or more recent login is required");
        let challenge = match required.style() {
            ErrorStyle::FastApi => place.invalid_token(),
            ErrorStyle::Rfc6750 => required.challenges().insufficient_user_authentication(acr_values, max_age),
        };
        let kind = ErrorKind::InsufficientUserAuthentication;
        Self::of_scheme(kind, StatusCode::UNAUTHORIZED, detail, challenge, required.scheme)
    }

    /// A refusal in the style of `scheme`, or in FastAPI's style without one.
    fn of_scheme(
        kind: ErrorKind,
        status: StatusCode,
        detail: Cow<'static, str>,
        challenge: Challenge,
        scheme: Option<&'static SchemeInfo>,
    ) -> Self {
        let mut error = Self::new(kind, status, detail);
        (error.challenge, error.scheme, error.form) = (Some(challenge), scheme, Form::Detail);
        if let ErrorStyle::Rfc6750 = style(scheme) {
            error.set_code();
        }
        error
    }
}
