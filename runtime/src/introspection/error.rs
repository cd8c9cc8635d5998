//! The errors of the configuration, and of requests to the endpoint. They are for logs and contain nothing of a token or secret.

use std::{error::Error, fmt};

use crate::{
    http::error::{Cause, HttpError},
    issuer::{IssuerError, error::with_sources},
};

/// Why an [`IntrospectionVerifier`](crate::introspection::IntrospectionVerifier) was not made.
///
/// ```
/// use axum_scopes::introspection::{ClientCredentials, Introspection, IntrospectionError, IntrospectionVerifier};
///
/// let plain = Introspection::new("http://id.example.com/introspect", ClientCredentials::basic("api", "secret"));
/// assert_eq!(IntrospectionVerifier::new(plain).unwrap_err(), IntrospectionError::Url);
/// ```
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum IntrospectionError {
    /// The URL is not HTTPS, or has a fragment or a user. Plain HTTP is allowed for loopback addresses.
    Url,
    /// The client ID or the secret is empty.
    Credentials,
    /// The certificates that the system trusts cannot be read; the [source](Error::source) says why.
    Certificates(Cause),
    /// The issuer that signs the answers is not configured well; the [source](Error::source) says why.
    Issuer(IssuerError),
    /// The system has no random numbers.
    Random,
}

impl fmt::Display for IntrospectionError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Url => "the URL of the introspection endpoint is not HTTPS, or has a fragment or a password in it",
            Self::Credentials => "the client ID or the secret is empty",
            Self::Certificates(_) => "the system's trusted certificates cannot be read",
            Self::Issuer(_) => "the issuer that signs the answers is not configured well",
            Self::Random => "the system has no random numbers",
        })
    }
}

impl Error for IntrospectionError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Certificates(cause) => Some(&**cause),
            Self::Issuer(error) => Some(error),
            Self::Url | Self::Credentials | Self::Random => None,
        }
    }
}

/// Compares the texts, because causes cannot be compared.
impl PartialEq for IntrospectionError {
    fn eq(&self, other: &Self) -> bool {
        with_sources(self) == with_sources(other)
    }
}

impl Eq for IntrospectionError {}

/// Why nobody knows whether a token is good: the source of
/// [`VerifyError::Unavailable`](crate::token::VerifyError::Unavailable).
///
/// ```
/// use axum_scopes::introspection::RequestError;
///
/// assert_eq!(RequestError::Status(502).to_string(), "the introspection endpoint answered with status 502");
/// ```
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum RequestError {
    /// The host name has no address.
    UnknownHost(Cause),
    /// The host refuses the connection or cannot be reached.
    Refused(Cause),
    /// TLS failed.
    Tls(Cause),
    /// The connection broke off.
    Connection(Cause),
    /// There was no whole answer within the [time-out](crate::introspection::Introspection::timeout).
    Timeout,
    /// The endpoint does not accept this service's own credentials.
    Credentials,
    /// The status is not 200. Redirects are not followed.
    Status(u16),
    /// The answer has more than 64 KiB.
    TooLarge,
    /// The answer has another media type than the one that was asked for.
    MediaType,
    /// The answer is not a JSON object with unique names and a boolean `active` (RFC 7662 §2.2).
    Answer,
    /// The signed answer breaks a rule of RFC 9701.
    Signature(Cause),
    /// The endpoint has asked this service to wait, or too many tokens wait, or too many were inactive.
    Busy,
    /// There is no Tokio runtime, or the request was given up with it.
    Runtime,
}

impl From<HttpError> for RequestError {
    fn from(error: HttpError) -> Self {
        match error {
            HttpError::UnknownHost(cause) => Self::UnknownHost(cause),
            HttpError::Refused(cause) => Self::Refused(cause),
            HttpError::Tls(cause) => Self::Tls(cause),
            HttpError::Connection(cause) => Self::Connection(cause),
            HttpError::TooLarge => Self::TooLarge,
        }
    }
}

impl fmt::Display for RequestError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::UnknownHost(_) => "the host of the introspection endpoint is unknown",
            Self::Refused(_) => "the host of the introspection endpoint does not accept a connection",
            Self::Tls(_) => "the host of the introspection endpoint cannot be trusted: TLS failed",
            Self::Connection(_) => "the connection to the introspection endpoint broke off",
            Self::Timeout => "the introspection endpoint did not answer in time",
            Self::Credentials => "the introspection endpoint does not accept the credentials of this service",
            Self::Status(status) => return write!(f, "the introspection endpoint answered with status {status}"),
            Self::TooLarge => "the answer of the introspection endpoint is too large",
            Self::MediaType => "the answer of the introspection endpoint has another media type",
            Self::Answer => "the answer of the introspection endpoint is malformed",
            Self::Signature(_) => "the answer of the introspection endpoint is not signed as it must be",
            Self::Busy => "too many tokens wait for the introspection endpoint",
            Self::Runtime => "there is no Tokio runtime for a request to the introspection endpoint",
        })
    }
}

impl Error for RequestError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::UnknownHost(cause)
            | Self::Refused(cause)
            | Self::Tls(cause)
            | Self::Connection(cause)
            | Self::Signature(cause) => Some(&**cause),
            _ => None,
        }
    }
}
