//! Digests a client certificate: its DER comes in, what tokens name it by goes out (RFC 8705 §3.1).

use crate::{credential::certificate::ClientCertificate, jose::provider::sha256};

impl ClientCertificate {
    /// The certificate with this DER, for a listener that ends TLS itself. Of a chain, take the first: the client's own.
    ///
    /// The certificate is not verified. Let the listener ask for certificates of the authorities that the service trusts.
    ///
    /// ```
    /// use axum_scopes::credential::ClientCertificate;
    ///
    /// // The DER is that of rustls' `peer_certificates().first()`.
    /// let der = b"\x30\x03\x02\x01\x05";
    /// let certificate = ClientCertificate::of_der(der);
    /// assert_eq!(certificate.sha256()[..4], [0x41, 0x7c, 0x77, 0x63]);
    /// ```
    #[must_use]
    pub fn of_der(der: &[u8]) -> Self {
        Self::of_sha256(sha256(&[der]))
    }
}
