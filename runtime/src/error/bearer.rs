//! What schemes and enforcers refuse, in the style of the scheme (RFC 6750 §3.1).

use std::{borrow::Cow, time::Duration};

use axum::http::StatusCode;

use super::{AuthError, ErrorStyle, body::Body};
use crate::{
    scheme::{challenge::Challenge, info::SchemeInfo},
    tree::requirement::{Requirement, challenges, style},
};

impl AuthError {
    /// 401: no credential was sent that the scheme accepts.
    pub(crate) fn not_authenticated(scheme: Option<&'static SchemeInfo>) -> Self {
        let detail = match style(scheme) {
            ErrorStyle::FastApi => "Not authenticated",
            // No error code where the request lacks any authentication information.
            ErrorStyle::Rfc6750 => "Unauthorized",
        };
        let challenge = Challenge::Constant(challenges(scheme).plain);
        Self::styled(StatusCode::UNAUTHORIZED, Body::Detail { detail: detail.into() }, challenge)
    }

    /// 400: which of two credentials is meant cannot be known. For RFC 6750's style alone.
    pub(crate) fn repeated_credential(scheme: &'static SchemeInfo) -> Self {
        let body = Body::rfc6750("invalid_request", "More than one credential was sent".into());
        Self::styled(StatusCode::BAD_REQUEST, body, Challenge::Constant(scheme.challenges().invalid_request))
    }

    /// 401: there is a credential, and it is no good.
    pub(crate) fn invalid_token(required: &Requirement, detail: Cow<'static, str>) -> Self {
        let (body, challenge) = match required.style() {
            ErrorStyle::FastApi => (Body::Detail { detail }, required.challenge),
            ErrorStyle::Rfc6750 => (Body::rfc6750("invalid_token", detail), required.challenges().invalid_token),
        };
        Self::styled(StatusCode::UNAUTHORIZED, body, Challenge::Constant(challenge))
    }

    /// The credential is good, but a scope is missing: 401 in FastAPI's style, 403 in RFC 6750's.
    pub(crate) fn insufficient_scope(required: &Requirement) -> Self {
        let detail = Cow::Borrowed("Not enough permissions");
        let (status, body) = match required.style() {
            ErrorStyle::FastApi => (StatusCode::UNAUTHORIZED, Body::Detail { detail }),
            ErrorStyle::Rfc6750 => (StatusCode::FORBIDDEN, Body::rfc6750("insufficient_scope", detail)),
        };
        Self::styled(status, body, Challenge::Constant(required.challenge))
    }

    /// 401: the credential is good, but its user has to log in again (RFC 9470 §3).
    pub(crate) fn insufficient_user_authentication(
        required: &Requirement,
        acr_values: &[&str],
        max_age: Option<Duration>,
    ) -> Self {
        let detail = Cow::Borrowed("A different or more recent login is required");
        let (body, challenge) = match required.style() {
            ErrorStyle::FastApi => (Body::Detail { detail }, Challenge::Constant(required.challenge)),
            ErrorStyle::Rfc6750 => (
                Body::rfc6750("insufficient_user_authentication", detail),
                required.challenges().insufficient_user_authentication(acr_values, max_age),
            ),
        };
        Self::styled(StatusCode::UNAUTHORIZED, body, challenge)
    }
}
