//! The certificate of a client's TLS connection: its DER comes in, the SHA-256 that tokens name goes out (RFC 8705 §3.1).

/// The certificate of the client's TLS connection, by its SHA-256. The listener, or the layer that reads the header of a proxy,
/// puts it into the extensions of requests.
///
/// ```
/// use axum_scopes::credential::ClientCertificate;
///
/// let certificate = ClientCertificate::of_sha256([7; 32]);
/// assert_eq!(certificate.sha256(), &[7; 32]);
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ClientCertificate([u8; 32]);

impl ClientCertificate {
    /// The certificate whose DER has this SHA-256, `x5t#S256` before its encoding.
    #[must_use]
    pub const fn of_sha256(digest: [u8; 32]) -> Self {
        Self(digest)
    }

    /// The SHA-256 of the certificate's DER.
    #[must_use]
    pub const fn sha256(&self) -> &[u8; 32] {
        &self.0
    }
}
