//! Client certificates behind a proxy that ends TLS: takes the header that the proxy sets, yields the certificate in the
//! extensions of the request, and removes the header.

mod form;
mod header;
mod pem;
mod xfcc;

use std::{
    fmt,
    net::SocketAddr,
    task::{Context, Poll},
};

use axum::{
    extract::ConnectInfo,
    http::{Extensions, HeaderMap, Request},
};
use tower_layer::Layer;
use tower_service::Service;

use crate::{
    credential::certificate::ClientCertificate,
    peers::{PeerError, Peers},
};
pub use header::CertificateHeader;

/// A layer that reads the client's certificate from the header of a proxy that ends TLS, and puts it into the extensions of the
/// request as [`ClientCertificate`].
///
/// Anybody can send a header, so only those of the given peers count. The header is always removed, whoever sent it. What such
/// a peer says replaces a certificate that is there already, which is the proxy's own: without a readable header, the client has no
/// certificate. From other peers, a certificate stays that a listener of the service's own has put there.
///
/// The proxy has to remove such a header that its own clients send.
///
/// ```
/// use std::net::SocketAddr;
/// use axum::{Extension, Router, body::Body, extract::ConnectInfo, http::Request, routing::get};
/// use axum_scopes::{credential::ClientCertificate, sender::{CertificateHeader, ForwardedCertificates}};
/// use tower::ServiceExt;
///
/// async fn first_byte(certificate: Option<Extension<ClientCertificate>>) -> String {
///     certificate.map_or("none".to_owned(), |Extension(certificate)| certificate.sha256()[0].to_string())
/// }
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let header = CertificateHeader::sha256("x-client-sha256".parse()?);
/// let certificates = ForwardedCertificates::from_peers(header, ["10.0.0.0/8", "::1"])?;
/// let router: Router = Router::new().route("/", get(first_byte)).layer(certificates);
/// // axum::serve(listener, router.into_make_service_with_connect_info::<SocketAddr>())
///
/// for (peer, expected) in [("10.1.2.3:4000", "7"), ("192.0.2.1:4000", "none")] {
///     let peer = ConnectInfo(peer.parse::<SocketAddr>()?);
///     let request = Request::get("/").header("x-client-sha256", "07".repeat(32)).extension(peer);
///     let response = router.clone().oneshot(request.body(Body::empty())?).await?;
///     assert_eq!(axum::body::to_bytes(response.into_body(), 9).await?, expected);
/// }
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug)]
pub struct ForwardedCertificates {
    header: CertificateHeader,
    peers: Peers,
}

impl ForwardedCertificates {
    /// Reads the header only from these peers: addresses, and networks such as `10.0.0.0/8`. The peer is the address that the
    /// connection comes from, so serve the router with `into_make_service_with_connect_info::<SocketAddr>()`. Without it, no
    /// header counts.
    ///
    /// # Errors
    ///
    /// [`PeerError`] if one is neither.
    ///
    /// ```
    /// # use axum_scopes::sender::{CertificateHeader, ForwardedCertificates};
    /// let from = |peer| ForwardedCertificates::from_peers(CertificateHeader::client_cert(), [peer]);
    /// assert!(from("10.0.0.0/8").is_ok());
    /// assert_eq!(from("proxy.internal").unwrap_err().to_string(), "`proxy.internal` is no IP address and no network");
    /// ```
    pub fn from_peers<'a>(
        header: CertificateHeader,
        peers: impl IntoIterator<Item = &'a str>,
    ) -> Result<Self, PeerError> {
        Ok(Self { header, peers: Peers::of(peers)? })
    }

    /// Reads the header from whoever connects. Use it only if nobody but the proxy can connect, for example by a Unix socket, whose
    /// peers have no address. Anybody else who reaches the service has every certificate.
    ///
    /// ```
    /// # use axum_scopes::sender::{CertificateHeader, ForwardedCertificates};
    /// let certificates = ForwardedCertificates::from_any_peer(CertificateHeader::client_cert());
    /// ```
    #[must_use]
    pub const fn from_any_peer(header: CertificateHeader) -> Self {
        Self { header, peers: Peers::Any }
    }

    fn take(&self, headers: &mut HeaderMap, extensions: &mut Extensions) {
        let values = self.header.take(headers);
        let peer = extensions.get().map(|ConnectInfo(peer): &ConnectInfo<SocketAddr>| peer.ip());
        if !self.peers.include(peer) {
            if values.is_some() {
                self.log_ignored(peer.is_some());
            }
            return;
        }
        // What was there is the certificate of the proxy, and no client may use its tokens.
        extensions.remove::<ClientCertificate>();
        let read = values.map(|values| values.and_then(|value| self.header.read(value.as_bytes())));
        match read {
            Some(Some(certificate)) => {
                extensions.insert(certificate);
            }
            // The value can be anything, so it is not logged.
            Some(None) => tracing::warn!(header = %self.header.name(), "a header with a certificate cannot be read"),
            None => {}
        }
    }

    fn log_ignored(&self, is_known: bool) {
        let header = self.header.name();
        if is_known {
            tracing::debug!(%header, "a header with a certificate is ignored, because its peer is not trusted");
        } else {
            tracing::error!(
                %header,
                "a header with a certificate is ignored, because nobody knows the peer; serve the router with \
                 `into_make_service_with_connect_info::<SocketAddr>()`"
            );
        }
    }
}

impl<S> Layer<S> for ForwardedCertificates {
    type Service = ForwardedCertificatesService<S>;

    fn layer(&self, inner: S) -> Self::Service {
        ForwardedCertificatesService { certificates: self.clone(), inner }
    }
}

/// The service that [`ForwardedCertificates`] makes.
///
/// ```
/// use axum::Router;
/// use axum_scopes::sender::{CertificateHeader, ForwardedCertificates, ForwardedCertificatesService};
/// use tower::Layer;
///
/// let certificates = ForwardedCertificates::from_peers(CertificateHeader::client_cert(), ["::1"])?;
/// let service: ForwardedCertificatesService<Router> = certificates.layer(Router::new());
/// # Ok::<(), axum_scopes::sender::PeerError>(())
/// ```
#[derive(Clone)]
pub struct ForwardedCertificatesService<S> {
    certificates: ForwardedCertificates,
    inner: S,
}

impl<S: Service<Request<B>>, B> Service<Request<B>> for ForwardedCertificatesService<S> {
    type Response = S::Response;
    type Error = S::Error;
    type Future = S::Future;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), S::Error>> {
        self.inner.poll_ready(context)
    }

    fn call(&mut self, request: Request<B>) -> S::Future {
        let (mut parts, body) = request.into_parts();
        self.certificates.take(&mut parts.headers, &mut parts.extensions);
        self.inner.call(Request::from_parts(parts, body))
    }
}

impl<S> fmt::Debug for ForwardedCertificatesService<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ForwardedCertificatesService").field("certificates", &self.certificates).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests;
