//! The errors of an issuer's configuration and of refreshes. They are for logs.

use std::{error::Error, fmt, sync::Arc};

use crate::http::error::{Cause, HttpError};

/// The most characters of an issuer's text that are kept and logged.
const LONGEST: usize = 256;

/// Why an [`IssuerVerifier`](crate::issuer::IssuerVerifier) was not started.
///
/// ```
/// use axum_scopes::issuer::{Issuer, IssuerError, IssuerVerifier};
///
/// let error = IssuerVerifier::start([Issuer::new("http://id.example.com")]).unwrap_err();
/// assert_eq!(error, IssuerError::Url);
/// ```
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum IssuerError {
    /// There is no issuer, or one is given twice: by its URL, or as a tenant of an issuer that is given before it.
    Set,
    /// A URL is not HTTPS, or has a fragment or credentials, or that of an issuer has a query (RFC 8414 §2). Plain HTTP is
    /// allowed for loopback addresses and [trusted hosts](crate::issuer::Issuer::trusted_host).
    Url,
    /// The template does not have `{tenantid}` exactly once, says neither which tenants are accepted nor where the keys are,
    /// or is added while the verifier runs.
    Template,
    /// There are as many issuers as [`at_most`](crate::issuer::IssuerVerifierBuilder::at_most) allows.
    TooMany,
    /// A trusted host is not a host, or a host and a port.
    TrustedHost,
    /// There is no algorithm, or one uses a secret, which cannot be in a public set.
    Algorithms,
    /// There is no current Tokio runtime, on which keys are refreshed.
    Runtime,
    /// The certificates that are trusted cannot be read; the [source](Error::source) says why. Issuers on loopback
    /// addresses over plain HTTP need none.
    Certificates(Cause),
}

impl fmt::Display for IssuerError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Set => "there is no issuer, or one is given twice",
            Self::Url => "the issuer's URL is not HTTPS, or has a query, a fragment or a password in it",
            Self::Template => "the template lacks a place for the tenant, accepted tenants or a URL",
            Self::TooMany => "there are too many issuers",
            Self::TrustedHost => "a trusted host is not a host with or without a port",
            Self::Algorithms => "there is no algorithm, or one uses a secret",
            Self::Runtime => "there is no current Tokio runtime",
            Self::Certificates(_) => "the trusted certificates cannot be read",
        })
    }
}

impl Error for IssuerError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Certificates(cause) => Some(&**cause),
            _ => None,
        }
    }
}

/// Compares the texts, because causes cannot be compared.
impl PartialEq for IssuerError {
    fn eq(&self, other: &Self) -> bool {
        with_sources(self) == with_sources(other)
    }
}

impl Eq for IssuerError {}

/// Why an issuer's keys could not be refreshed. The [source](Error::source) is the error of the lower layer, if any.
///
/// ```
/// use axum_scopes::issuer::RefreshError;
///
/// assert_eq!(RefreshError::Status(502).to_string(), "the issuer answered with status 502");
/// ```
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum RefreshError {
    /// The host name has no address.
    UnknownHost(Cause),
    /// The host refuses the connection or cannot be reached.
    Refused(Cause),
    /// TLS failed: the certificate is not trusted or is another host's, or no accepted TLS version is offered.
    Tls(Cause),
    /// The connection broke off.
    Connection(Cause),
    /// A refresh, with all its requests, took more than its time, which is five seconds unless configured otherwise.
    Timeout,
    /// The status is not 200. Redirects are not followed.
    Status(u16),
    /// The answer has more than 1 MiB.
    TooLarge,
    /// The discovery document is not JSON, or lacks `issuer` or `jwks_uri` (RFC 8414 §3.2).
    Metadata(Cause),
    /// The discovery document names another issuer (RFC 8414 §3.3).
    IssuerMismatch {
        /// The named issuer, shortened to 256 characters.
        named: String,
    },
    /// The URL of the keys is not HTTPS. Plain HTTP is allowed to trusted hosts, and to loopback addresses if the document is
    /// on one.
    KeysUrl,
    /// The answer is not a JSON Web Key Set (RFC 7517 §5).
    KeySet(Cause),
    /// The set has more than 100 keys.
    TooManyKeys,
    /// No key of the set can be used. The earlier keys are withdrawn all the same.
    NoUsableKey,
}

impl RefreshError {
    pub(super) fn metadata(error: impl Error + Send + Sync + 'static) -> Self {
        Self::Metadata(brief(error))
    }

    pub(super) fn key_set(error: impl Error + Send + Sync + 'static) -> Self {
        Self::KeySet(brief(error))
    }

    /// The document names `named` instead of the expected issuer.
    pub(super) fn mismatch(named: &str) -> Self {
        Self::IssuerMismatch { named: shortened(named, LONGEST) }
    }
}

impl From<HttpError> for RefreshError {
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

impl fmt::Display for RefreshError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::UnknownHost(_) => "the issuer's host is unknown",
            Self::Refused(_) => "the issuer's host does not accept a connection",
            Self::Tls(_) => "the issuer's host cannot be trusted: TLS failed",
            Self::Connection(_) => "the connection to the issuer broke off",
            Self::Timeout => "the issuer did not answer in time",
            Self::Status(status) => return write!(f, "the issuer answered with status {status}"),
            Self::TooLarge => "the issuer's answer is too large",
            Self::Metadata(_) => "the issuer's metadata is malformed",
            // Quoted and escaped, because the issuer may have written anything.
            Self::IssuerMismatch { named } => return write!(f, "the metadata is of another issuer, {named:?}"),
            Self::KeysUrl => "the URL of the issuer's keys is not HTTPS",
            Self::KeySet(_) => "the issuer's key set is malformed",
            Self::TooManyKeys => "the issuer has too many keys",
            Self::NoUsableKey => "the issuer has no key that can be used",
        })
    }
}

impl Error for RefreshError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::UnknownHost(cause)
            | Self::Refused(cause)
            | Self::Tls(cause)
            | Self::Connection(cause)
            | Self::Metadata(cause)
            | Self::KeySet(cause) => Some(&**cause),
            _ => None,
        }
    }
}

/// Compares the texts, because causes cannot be compared.
impl PartialEq for RefreshError {
    fn eq(&self, other: &Self) -> bool {
        with_sources(self) == with_sources(other)
    }
}

impl Eq for RefreshError {}

/// The texts of an error and its sources, separated by colons.
pub(crate) fn with_sources(error: &dyn Error) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(error) = source {
        let more = error.to_string();
        // Some errors include the text of their source.
        if !text.ends_with(&more) {
            text.push_str(": ");
            text.push_str(&more);
        }
        source = error.source();
    }
    text
}

/// A parse error, shortened because it may quote the document.
fn brief(error: impl Error + Send + Sync + 'static) -> Cause {
    let text = error.to_string();
    if text.len() <= LONGEST {
        Arc::new(error)
    } else {
        Box::<dyn Error + Send + Sync>::from(shortened(&text, LONGEST)).into()
    }
}

/// The first `characters` of a text.
pub(super) fn shortened(text: &str, characters: usize) -> String {
    text.chars().take(characters).collect()
}
