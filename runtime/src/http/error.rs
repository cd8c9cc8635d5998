//! Why a request had no answer.

use std::{error::Error, sync::Arc};

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
