//! The header in which a proxy names the client's certificate: its name and the form of its value.

use axum::http::{HeaderMap, HeaderName, HeaderValue};

use super::form::Form;
use crate::credential::certificate::ClientCertificate;

/// The header in which a proxy that ends TLS names the client's certificate.
///
/// | proxy | header |
/// |---|---|
/// | any that follows RFC 9440 | [`client_cert`](Self::client_cert) |
/// | Envoy | [`xfcc`](Self::xfcc) |
/// | nginx, `proxy_set_header X-Client-Cert $ssl_client_escaped_cert;` | [`escaped_pem`](Self::escaped_pem) |
/// | an AWS load balancer, `X-Amzn-Mtls-Clientcert-Leaf` | [`escaped_pem`](Self::escaped_pem) |
/// | HAProxy, `http-request set-header X-Client-SHA256 %[ssl_c_der,sha2(256),hex]` | [`sha256`](Self::sha256) |
///
/// ```
/// use axum_scopes::sender::CertificateHeader;
///
/// let header = CertificateHeader::escaped_pem("x-client-cert".parse()?);
/// # Ok::<(), axum::http::header::InvalidHeaderName>(())
/// ```
#[derive(Clone, Debug)]
pub struct CertificateHeader {
    name: HeaderName,
    form: Form,
}

impl CertificateHeader {
    /// `Client-Cert: :MIIB…:`, the DER of the certificate as a byte sequence (RFC 9440 §2.2).
    #[must_use]
    pub const fn client_cert() -> Self {
        Self { name: HeaderName::from_static("client-cert"), form: Form::ByteSequence }
    }

    /// Envoy's `x-forwarded-client-cert: Hash=…;Subject="…"`. It has to have exactly one element, so let Envoy replace what clients
    /// send: `forward_client_cert_details: SANITIZE_SET`.
    #[must_use]
    pub const fn xfcc() -> Self {
        Self { name: HeaderName::from_static("x-forwarded-client-cert"), form: Form::Xfcc }
    }

    /// A header with the certificate in PEM, which is escaped as in URLs. There has to be exactly one certificate.
    #[must_use]
    pub const fn escaped_pem(name: HeaderName) -> Self {
        Self { name, form: Form::EscapedPem }
    }

    /// A header with the SHA-256 of the certificate's DER: 64 hexadecimal digits.
    #[must_use]
    pub const fn sha256(name: HeaderName) -> Self {
        Self { name, form: Form::Sha256 }
    }

    pub(super) const fn name(&self) -> &HeaderName {
        &self.name
    }

    /// Removes the header. `Some(None)` if it is there more than once: nobody knows which one counts. An empty one says as much as
    /// none.
    pub(super) fn take(&self, headers: &mut HeaderMap) -> Option<Option<HeaderValue>> {
        let mut values = headers.get_all(&self.name).iter().cloned();
        let (first, second) = (values.next(), values.next());
        drop(values);
        headers.remove(&self.name);
        match (first?, second) {
            (_, Some(_)) => Some(None),
            (value, None) => (!value.is_empty()).then_some(Some(value)),
        }
    }

    /// The certificate that a value names. `None` if it is malformed.
    pub(super) fn read(&self, value: &[u8]) -> Option<ClientCertificate> {
        self.form.read(value)
    }
}
