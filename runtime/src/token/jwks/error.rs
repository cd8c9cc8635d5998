//! What can be wrong with an issuer's configuration, its answers and its tokens: for logs, and without anything of a token.

use std::{error::Error, fmt};

use crate::{KeyError, TokenError};

/// Why an [`IssuerVerifier`](crate::IssuerVerifier) was not started.
///
/// ```
/// use axum_scopes::{Issuer, IssuerError, IssuerVerifier};
///
/// let error = IssuerVerifier::start([Issuer::new("http://id.example.com")]).unwrap_err();
/// assert_eq!(error, IssuerError::Url);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum IssuerError {
    /// No issuer, or one twice.
    Set,
    /// The URL is not HTTPS, or has a query, a fragment, or a name and password in it (RFC 8414 §2). Plain HTTP is for
    /// loopback addresses.
    Url,
    /// No algorithm, or one whose key is a secret, which has no place in a public set.
    Algorithms,
    /// There is no Tokio runtime here to refresh keys on.
    Runtime,
    /// The certificates that the system trusts cannot be read.
    Certificates,
}

impl fmt::Display for IssuerError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Set => "issuers are missing, or one is named twice",
            Self::Url => "the issuer's URL is not HTTPS, or has a query, a fragment or a password in it",
            Self::Algorithms => "algorithms are missing, or one is not for public keys",
            Self::Runtime => "there is no Tokio runtime here",
            Self::Certificates => "the system's trusted certificates cannot be read",
        })
    }
}

impl Error for IssuerError {}

/// Why an issuer's keys could not be refreshed.
///
/// ```
/// use axum_scopes::RefreshError;
///
/// assert_eq!(RefreshError::Status(502).to_string(), "the issuer answered with status 502");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum RefreshError {
    /// No connection, or one that broke off, or whose certificate is not trusted.
    Connection,
    /// No answer within five seconds, for all requests of a refresh together.
    Timeout,
    /// Another status than 200. Redirects are not followed.
    Status(u16),
    /// More than 1 MiB.
    TooLarge,
    /// The document of discovery is not JSON, or lacks `issuer` or `jwks_uri` (RFC 8414 §3.2).
    Metadata,
    /// The document of discovery is another issuer's (RFC 8414 §3.3).
    IssuerMismatch,
    /// The URL of the keys is not one that is fetched.
    KeysUrl,
    /// More than 100 keys.
    TooManyKeys,
    /// Not a set of keys, or none in it for the configured algorithms.
    Keys(KeyError),
}

impl fmt::Display for RefreshError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Connection => "the issuer cannot be reached",
            Self::Timeout => "the issuer did not answer in time",
            Self::Status(status) => return write!(f, "the issuer answered with status {status}"),
            Self::TooLarge => "the issuer's answer is too large",
            Self::Metadata => "the issuer's metadata is malformed",
            Self::IssuerMismatch => "the metadata is of another issuer",
            Self::KeysUrl => "the URL of the issuer's keys is not HTTPS",
            Self::TooManyKeys => "the issuer has too many keys",
            Self::Keys(error) => return write!(f, "the issuer's keys cannot be used: {error}"),
        })
    }
}

impl Error for RefreshError {}

/// Why a token is not believed, or cannot be judged.
///
/// ```
/// use axum_scopes::{TokenError, VerifyError};
///
/// assert_eq!(VerifyError::from(TokenError::Expired).to_string(), "token has expired");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum VerifyError {
    /// The token is refused.
    Token(TokenError),
    /// The issuer's keys are not at hand, and may be in `retry_after` seconds: 503, not 401.
    Unavailable {
        /// Whole seconds, RFC 9110 §10.2.3.
        retry_after: u32,
    },
}

impl From<TokenError> for VerifyError {
    fn from(error: TokenError) -> Self {
        Self::Token(error)
    }
}

impl fmt::Display for VerifyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Token(error) => error.fmt(f),
            Self::Unavailable { .. } => f.write_str("the issuer's keys are unavailable"),
        }
    }
}

impl Error for VerifyError {}
