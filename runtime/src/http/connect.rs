//! Connects to a host. If that fails, the error names the step: name, connection or TLS.

use std::{
    error::Error,
    fmt,
    future::Future,
    io,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll},
};

use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::client::legacy::{
    self,
    connect::{
        HttpConnector,
        dns::{GaiAddrs, GaiResolver, Name},
    },
};
use rustls::{ClientConfig, RootCertStore, crypto::aws_lc_rs, pki_types::InvalidDnsNameError};
use tower_service::Service;

use super::error::{Cause, HttpError};

/// Plain or with TLS, as the URL says.
pub(crate) type Connector = HttpsConnector<HttpConnector<Resolver>>;

/// Fails if it `needs_certificates` and those that the system trusts cannot be read.
pub(crate) fn connector(needs_certificates: bool) -> Result<Connector, Cause> {
    let provider = Arc::new(aws_lc_rs::default_provider());
    let builder = match HttpsConnectorBuilder::new().with_provider_and_native_roots(Arc::clone(&provider)) {
        Ok(builder) => builder,
        Err(error) if needs_certificates => return Err(Arc::new(error)),
        // No host is trusted then. Loopback addresses over plain HTTP need no trust.
        Err(_) => {
            let versions = ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions();
            let config = versions.map_err(|error| Arc::new(error) as Cause)?;
            let config = config.with_root_certificates(RootCertStore::empty()).with_no_client_auth();
            HttpsConnectorBuilder::new().with_tls_config(config)
        }
    };
    let mut http = HttpConnector::new_with_resolver(Resolver(GaiResolver::new()));
    http.enforce_http(false);
    // `SafeUrl` decides which URLs may be plain HTTP.
    Ok(builder.https_or_http().enable_http1().wrap_connector(http))
}

/// The step of a request that has failed.
pub(crate) fn http_error(error: legacy::Error) -> HttpError {
    let below = error.source();
    let is_unresolved = below.and_then(Error::source).is_some_and(<dyn Error>::is::<Unresolved>);
    let is_no_name = below.is_some_and(<dyn Error>::is::<InvalidDnsNameError>);
    // The connection below TLS has an error type of its own.
    let is_tls = below.is_some_and(<dyn Error>::is::<io::Error>);
    let rule = match error.is_connect() {
        true if is_unresolved || is_no_name => HttpError::UnknownHost,
        true if is_tls => HttpError::Tls,
        true => HttpError::Refused,
        false => HttpError::Connection,
    };
    rule(Arc::new(error))
}

/// The system's resolver, with an error type that differs from that of a connection.
#[derive(Clone)]
pub(crate) struct Resolver(GaiResolver);

impl Service<Name> for Resolver {
    type Response = GaiAddrs;
    type Error = Unresolved;
    type Future = Pin<Box<dyn Future<Output = Result<GaiAddrs, Unresolved>> + Send>>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), Unresolved>> {
        self.0.poll_ready(context).map_err(Unresolved)
    }

    fn call(&mut self, name: Name) -> Self::Future {
        let addresses = self.0.call(name);
        Box::pin(async move { addresses.await.map_err(Unresolved) })
    }
}

/// A name without an address.
#[derive(Debug)]
pub(crate) struct Unresolved(io::Error);

impl fmt::Display for Unresolved {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl Error for Unresolved {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.0.source()
    }
}
