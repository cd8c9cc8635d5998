//! Connections to hosts. If one fails, the error names the step: name, connection or TLS.

use std::{error::Error, io, iter, sync::Arc};

use hyper_rustls::HttpsConnector;
use hyper_util::client::legacy;
use rustls::pki_types::InvalidDnsNameError;

use super::{
    error::HttpError,
    route::{Route, Unresolved},
};

/// Plain or with TLS, as the URL says.
pub(crate) type Connector = HttpsConnector<Route>;

/// The step of a request that has failed.
pub(crate) fn http_error(error: legacy::Error) -> HttpError {
    let below = error.source();
    // By way of a proxy, one more error is around that of the connection.
    let is_unknown = iter::successors(below, |error: &&(dyn Error + 'static)| (*error).source())
        .take(4)
        .any(|error| error.is::<Unresolved>() || error.is::<InvalidDnsNameError>());
    // The connection below TLS has an error type of its own.
    let is_tls = below.is_some_and(<dyn Error>::is::<io::Error>);
    let rule = match error.is_connect() {
        true if is_unknown => HttpError::UnknownHost,
        true if is_tls => HttpError::Tls,
        true => HttpError::Refused,
        false => HttpError::Connection,
    };
    rule(Arc::new(error))
}
