//! Why a request had no answer, and why connections cannot be configured.

use std::{error::Error, fmt, sync::Arc};

/// The error of a lower layer.
pub(crate) type Cause = Arc<dyn Error + Send + Sync>;

/// Why a request had no answer. It names the step that failed.
#[derive(Clone, Debug)]
pub(crate) enum HttpError {
    /// The host name has no address.
    UnknownHost(Cause),
    /// The host refuses the connection or cannot be reached.
    Refused(Cause),
    /// TLS failed.
    Tls(Cause),
    /// The connection broke off.
    Connection(Cause),
    /// The body has more bytes than allowed.
    TooLarge,
}

/// Why [`Connections`](crate::issuer::Connections) cannot be configured.
///
/// ```
/// use axum_scopes::issuer::{Connections, ConnectionsError};
///
/// assert!(matches!(Connections::new().proxy("proxy.example.com"), Err(ConnectionsError::Proxy)));
/// ```
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum ConnectionsError {
    /// The certificates that are trusted cannot be read; the [source](Error::source) says why.
    Certificates(Cause),
    /// The proxy is not an HTTP URL with a host.
    Proxy,
}

impl fmt::Display for ConnectionsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Certificates(_) => "the trusted certificates cannot be read",
            Self::Proxy => "the proxy is not an HTTP URL with a host",
        })
    }
}

impl Error for ConnectionsError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Certificates(cause) => Some(&**cause),
            Self::Proxy => None,
        }
    }
}
