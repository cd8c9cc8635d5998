//! How hosts are reached: takes roots and a proxy, yields a connector.

use std::{env, error::Error, fmt, sync::Arc};

use axum::http::{Uri, uri::Scheme};
use hyper_rustls::{ConfigBuilderExt, HttpsConnectorBuilder};
use hyper_util::client::proxy::matcher::Matcher;
use rustls::{
    ClientConfig, RootCertStore,
    crypto::aws_lc_rs,
    pki_types::{CertificateDer, pem::PemObject},
};

use super::{
    connect::Connector,
    error::{Cause, ConnectionsError},
    route::Route,
};

/// How issuers are reached: whose certificates are trusted, and by way of which proxy. By default, these are the certificates
/// that the system trusts, and no proxy.
///
/// ```
/// use axum_scopes::issuer::{Connections, IssuerVerifier};
///
/// let connections = Connections::new().proxy("http://proxy.example.com:3128")?;
/// let builder = IssuerVerifier::builder().connections(connections);
/// # Ok::<_, axum_scopes::issuer::ConnectionsError>(())
/// ```
#[derive(Clone, Default)]
pub struct Connections {
    /// In place of those that the system trusts.
    roots: Option<Arc<RootCertStore>>,
    proxy: Option<Arc<Matcher>>,
}

impl Connections {
    /// The default.
    ///
    /// ```
    /// let connections = axum_scopes::issuer::Connections::new();
    /// ```
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Trusts only these certificates in PEM (RFC 7468 §5), and none of the system's: for an authority of one's own, or on a
    /// machine without certificates.
    ///
    /// ```
    /// # use axum_scopes::issuer::Connections;
    /// assert!(Connections::new().roots_pem("no certificate").is_err());
    /// ```
    ///
    /// # Errors
    ///
    /// [`ConnectionsError::Certificates`] if the text has no certificate, or one that cannot be read.
    pub fn roots_pem(mut self, pem: impl AsRef<[u8]>) -> Result<Self, ConnectionsError> {
        let unreadable = |error: Box<dyn Error + Send + Sync>| ConnectionsError::Certificates(error.into());
        let mut roots = RootCertStore::empty();
        for certificate in CertificateDer::pem_slice_iter(pem.as_ref()) {
            let certificate = certificate.map_err(|error| unreadable(error.into()))?;
            roots.add(certificate).map_err(|error| unreadable(error.into()))?;
        }
        if roots.is_empty() {
            return Err(unreadable("there is no certificate in the text".into()));
        }
        self.roots = Some(Arc::new(roots));
        Ok(self)
    }

    /// Reaches issuers over HTTPS by way of this HTTP proxy, which opens a tunnel (RFC 9110 §9.3.6). TLS is with the issuer,
    /// so that the proxy can change nothing. Plain HTTP, which is for this machine and trusted hosts, goes past it. The URL
    /// may have a user and a password.
    ///
    /// ```
    /// # use axum_scopes::issuer::Connections;
    /// let connections = Connections::new().proxy("http://amy:secret@proxy.example.com:3128")?;
    /// assert!(!format!("{connections:?}").contains("secret"));
    /// # Ok::<_, axum_scopes::issuer::ConnectionsError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`ConnectionsError::Proxy`] if it is not an HTTP URL with a host.
    pub fn proxy(self, url: &str) -> Result<Self, ConnectionsError> {
        self.with_proxy(url, "")
    }

    /// The same with the proxy that `HTTPS_PROXY` or `https_proxy` names, except for the hosts in `NO_PROXY` or `no_proxy`.
    /// The environment is read now. It is not read unless a service calls this, because a proxy learns which issuers are
    /// trusted.
    ///
    /// ```
    /// # use axum_scopes::issuer::Connections;
    /// let connections = Connections::new().proxy_of_environment()?;
    /// # Ok::<_, axum_scopes::issuer::ConnectionsError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`ConnectionsError::Proxy`] if there is a value that is not an HTTP URL with a host.
    pub fn proxy_of_environment(self) -> Result<Self, ConnectionsError> {
        let first = |names: [&str; 2]| names.into_iter().find_map(|name| env::var(name).ok()).unwrap_or_default();
        match &*first(["HTTPS_PROXY", "https_proxy"]) {
            "" => Ok(self),
            url => self.with_proxy(url, &first(["NO_PROXY", "no_proxy"])),
        }
    }

    fn with_proxy(mut self, url: &str, except: &str) -> Result<Self, ConnectionsError> {
        let uri: Uri = url.parse().map_err(|_| ConnectionsError::Proxy)?;
        let has_host = uri.authority().is_some_and(|authority| !authority.host().is_empty());
        if uri.scheme() != Some(&Scheme::HTTP) || !has_host {
            return Err(ConnectionsError::Proxy);
        }
        self.proxy = Some(Arc::new(Matcher::builder().https(url).no(except).build()));
        Ok(self)
    }

    /// Fails if it `needs_certificates` and those that are trusted cannot be read.
    pub(crate) fn connector(&self, needs_certificates: bool) -> Result<Connector, Cause> {
        let provider = Arc::new(aws_lc_rs::default_provider());
        let versions = || {
            let config = ClientConfig::builder_with_provider(Arc::clone(&provider));
            config.with_safe_default_protocol_versions().map_err(|error| Arc::new(error) as Cause)
        };
        let config = match &self.roots {
            Some(roots) => versions()?.with_root_certificates(Arc::clone(roots)),
            None => match versions()?.with_native_roots() {
                Ok(config) => config,
                Err(error) if needs_certificates => return Err(Arc::new(error)),
                // No host is trusted then. Loopback addresses over plain HTTP need no trust.
                Err(_) => versions()?.with_root_certificates(RootCertStore::empty()),
            },
        };
        let builder = HttpsConnectorBuilder::new().with_tls_config(config.with_no_client_auth());
        // `SafeUrl` decides which URLs may be plain HTTP.
        Ok(builder.https_or_http().enable_http1().wrap_connector(Route::new(self.proxy.clone())))
    }
}

/// The proxy may have a password.
impl fmt::Debug for Connections {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct("Connections");
        shown.field("roots", &self.roots.as_ref().map(|roots| roots.len()));
        shown.field("has_proxy", &self.proxy.is_some()).finish()
    }
}
