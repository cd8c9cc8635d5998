//! What a refusal is about, in the terms of the RFCs.

use axum::http::StatusCode;

/// Why a request is refused. Where an RFC has an error code for it, that is the name.
///
/// ```
/// use axum_scopes::{AuthError, error::ErrorKind};
///
/// assert_eq!(AuthError::unauthorized("Could not validate credentials").kind(), ErrorKind::InvalidToken);
/// assert_eq!(AuthError::forbidden("Not the owner").kind(), ErrorKind::Other);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The request has no credential that the scheme accepts.
    NoCredential,
    /// The request is malformed: it has two credentials (RFC 6750 §3.1), or parameters of a login are missing, repeated or
    /// wrong (RFC 6749 §5.2).
    InvalidRequest,
    /// The credential is no good: expired, revoked, forged or malformed (RFC 6750 §3.1). Credentials of other kinds than
    /// tokens are meant as well.
    InvalidToken,
    /// The credential is good, and does not cover the required scopes (RFC 6750 §3.1).
    InsufficientScope,
    /// The credential is good, and its user has to log in again (RFC 9470 §3).
    InsufficientUserAuthentication,
    /// The credential cannot be judged now. The same request may succeed later.
    Unavailable,
    /// The service has made a mistake, which it does not tell the client.
    ServerError,
    /// At the token endpoint: the client is unknown, or did not prove that it is the one (RFC 6749 §5.2).
    InvalidClient,
    /// At the token endpoint: the password is wrong, or the code or refresh token no good (RFC 6749 §5.2).
    InvalidGrant,
    /// At the token endpoint: the client may not use this grant (RFC 6749 §5.2).
    UnauthorizedClient,
    /// At the token endpoint: there is no such grant here (RFC 6749 §5.2).
    UnsupportedGrantType,
    /// At the token endpoint: a scope is unknown, or more than may be granted (RFC 6749 §5.2).
    InvalidScope,
    /// The service refuses for a reason of its own, which only the text tells.
    Other,
}

impl ErrorKind {
    /// RFC 6749 §5.2, RFC 6750 §3.1, RFC 9470 §3; what those have no code for has one at the authorization endpoint (RFC 6749
    /// §4.1.2.1).
    pub(super) fn code(self, status: StatusCode) -> &'static str {
        match self {
            Self::NoCredential | Self::InvalidToken => "invalid_token",
            Self::InsufficientScope => "insufficient_scope",
            Self::InsufficientUserAuthentication => "insufficient_user_authentication",
            Self::Unavailable => "temporarily_unavailable",
            Self::ServerError => "server_error",
            Self::InvalidClient => "invalid_client",
            Self::InvalidGrant => "invalid_grant",
            Self::UnauthorizedClient => "unauthorized_client",
            Self::UnsupportedGrantType => "unsupported_grant_type",
            Self::InvalidScope => "invalid_scope",
            Self::Other if status == StatusCode::FORBIDDEN => "access_denied",
            Self::InvalidRequest | Self::Other => "invalid_request",
        }
    }
}
