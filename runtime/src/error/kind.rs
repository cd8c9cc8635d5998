//! The kinds of refusals, in the terms of the RFCs.

use axum::http::StatusCode;

/// The kind of a refusal. It has the name of the RFC's error code, if there is one.
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
    /// The credential is expired, revoked, forged or malformed (RFC 6750 §3.1). It is a token, or a password or key.
    InvalidToken,
    /// The credential is valid, but does not cover the required scopes (RFC 6750 §3.1).
    InsufficientScope,
    /// The DPoP proof is missing or wrong (RFC 9449 §7.1).
    InvalidDpopProof,
    /// The DPoP proof needs the nonce that the response has (RFC 9449 §9).
    UseDpopNonce,
    /// The credential is valid, but its user has to log in again (RFC 9470 §3).
    InsufficientUserAuthentication,
    /// The service cannot verify the credential now. The same request may succeed later.
    Unavailable,
    /// There were too many attempts (RFC 6585 §4). The same request may be made again later.
    ///
    /// No RFC has an error code for it at a token endpoint: `slow_down` (RFC 8628 §3.5) is for clients that poll. So it has the code
    /// of [`Unavailable`](Self::Unavailable), which clients know, and the status tells the difference.
    TooManyRequests,
    /// The service made a mistake. It does not tell the client which.
    ServerError,
    /// At the token endpoint: the client is unknown, or failed to authenticate (RFC 6749 §5.2).
    InvalidClient,
    /// At the token endpoint: the password is wrong, or the code or refresh token is invalid (RFC 6749 §5.2).
    InvalidGrant,
    /// At the token endpoint: the client may not use this grant (RFC 6749 §5.2).
    UnauthorizedClient,
    /// At the token endpoint: the service does not support this grant (RFC 6749 §5.2).
    UnsupportedGrantType,
    /// At the token endpoint: a scope is unknown, or the client may not have it (RFC 6749 §5.2).
    InvalidScope,
    /// The service refuses for another reason. Only the text tells it.
    Other,
}

impl ErrorKind {
    /// The code of RFC 6749 §5.2, RFC 6750 §3.1 or RFC 9470 §3, or else one of the authorization endpoint (RFC 6749 §4.1.2.1).
    pub(super) fn code(self, status: StatusCode) -> &'static str {
        match self {
            Self::NoCredential | Self::InvalidToken => "invalid_token",
            Self::InsufficientScope => "insufficient_scope",
            Self::InvalidDpopProof => "invalid_dpop_proof",
            Self::UseDpopNonce => "use_dpop_nonce",
            Self::InsufficientUserAuthentication => "insufficient_user_authentication",
            Self::Unavailable | Self::TooManyRequests => "temporarily_unavailable",
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
