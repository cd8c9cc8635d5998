//! What can be wrong with an issuer's configuration, its answers and its tokens: for logs, and without anything of a token.

use std::{error::Error, fmt, sync::Arc};

/// Of what an issuer writes, in characters: it is kept and logged, and may be as long as its documents.
const LONGEST: usize = 256;

/// What a lower layer says about it.
type Cause = Arc<dyn Error + Send + Sync>;

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
    /// No issuer, or one twice.
    Set,
    /// The URL is not HTTPS, or has a query, a fragment, or a name and password in it (RFC 8414 §2). Plain HTTP is for
    /// loopback addresses.
    Url,
    /// No algorithm, or one whose key is a secret, which has no place in a public set.
    Algorithms,
    /// There is no Tokio runtime here to refresh keys on.
    Runtime,
    /// The certificates that the system trusts cannot be read; the [source](Error::source) says why. Issuers on loopback
    /// addresses over plain HTTP need none.
    Certificates(Cause),
}

impl fmt::Display for IssuerError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Set => "issuers are missing, or one is named twice",
            Self::Url => "the issuer's URL is not HTTPS, or has a query, a fragment or a password in it",
            Self::Algorithms => "algorithms are missing, or one is not for public keys",
            Self::Runtime => "there is no Tokio runtime here",
            Self::Certificates(_) => "the system's trusted certificates cannot be read",
        })
    }
}

impl Error for IssuerError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Certificates(cause) => Some(&**cause),
            Self::Set | Self::Url | Self::Algorithms | Self::Runtime => None,
        }
    }
}

/// Two are equal that say the same.
impl PartialEq for IssuerError {
    fn eq(&self, other: &Self) -> bool {
        told(self) == told(other)
    }
}

impl Eq for IssuerError {}

/// Why an issuer's keys could not be refreshed. Where a lower layer knows more, it is the [source](Error::source).
///
/// ```
/// use axum_scopes::issuer::RefreshError;
///
/// assert_eq!(RefreshError::Status(502).to_string(), "the issuer answered with status 502");
/// ```
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum RefreshError {
    /// The name of the host has no address.
    UnknownHost(Cause),
    /// No connection to the host: it refuses, or cannot be reached.
    Refused(Cause),
    /// No TLS with the host: its certificate is not trusted, or is another host's, or it speaks no TLS that is accepted here.
    Tls(Cause),
    /// A connection that broke off.
    Connection(Cause),
    /// No answer within five seconds, for all requests of a refresh together.
    Timeout,
    /// Another status than 200. Redirects are not followed.
    Status(u16),
    /// More than 1 MiB.
    TooLarge,
    /// The document of discovery is not JSON, or lacks `issuer` or `jwks_uri` (RFC 8414 §3.2).
    Metadata(Cause),
    /// The document of discovery is another issuer's (RFC 8414 §3.3).
    IssuerMismatch {
        /// The issuer that it names, shortened to 256 characters.
        named: String,
    },
    /// The URL of the keys is not one that is fetched.
    KeysUrl,
    /// Not a set of keys (RFC 7517 §5).
    KeySet(Cause),
    /// More than 100 keys.
    TooManyKeys,
    /// A set of keys of which none can be used. The keys of earlier refreshes are gone with it.
    NoUsableKey,
}

impl RefreshError {
    pub(super) fn metadata(error: impl Error + Send + Sync + 'static) -> Self {
        Self::Metadata(brief(error))
    }

    pub(super) fn key_set(error: impl Error + Send + Sync + 'static) -> Self {
        Self::KeySet(brief(error))
    }

    /// A document that names `issuer` where another one was asked.
    pub(super) fn names_another(issuer: &str) -> Self {
        Self::IssuerMismatch { named: shortened(issuer, LONGEST) }
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
            // With quotes and escapes: anything may stand there.
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
            Self::Timeout
            | Self::Status(_)
            | Self::TooLarge
            | Self::IssuerMismatch { .. }
            | Self::KeysUrl
            | Self::TooManyKeys
            | Self::NoUsableKey => None,
        }
    }
}

/// Two are equal that say the same.
impl PartialEq for RefreshError {
    fn eq(&self, other: &Self) -> bool {
        told(self) == told(other)
    }
}

impl Eq for RefreshError {}

/// An error and its sources, each after a colon.
pub(super) fn told(error: &dyn Error) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(error) = source {
        let more = error.to_string();
        // Some errors say themselves what their source says.
        if !text.ends_with(&more) {
            text.push_str(": ");
            text.push_str(&more);
        }
        source = error.source();
    }
    text
}

/// An error of reading, which may quote what it has read.
fn brief(error: impl Error + Send + Sync + 'static) -> Cause {
    let text = error.to_string();
    if text.len() <= LONGEST {
        Arc::new(error)
    } else {
        Box::<dyn Error + Send + Sync>::from(shortened(&text, LONGEST)).into()
    }
}

/// As many of the characters: enough to know it by, however long it is.
pub(super) fn shortened(text: &str, characters: usize) -> String {
    text.chars().take(characters).collect()
}
