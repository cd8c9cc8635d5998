//! What a request tells about the sender of its token: takes the request, yields its proofs, its certificate and what these are
//! about.

use std::fmt;
#[cfg(feature = "dpop")]
use std::sync::{Arc, OnceLock};

use axum::http::{HeaderName, HeaderValue, Method, Uri, request::Parts};

use crate::{credential::certificate::ClientCertificate, scheme::sender::Sender};

/// RFC 9449 §4.1.
pub(crate) const DPOP: HeaderName = HeaderName::from_static("dpop");

/// What a request tells about the sender of its token, for a scheme whose [`SENDER`](crate::OAuth2Scheme::SENDER) asks for it.
/// Nothing of it is verified.
///
/// ```
/// use axum_scopes::{credential::Presented, token::VerifyError};
///
/// fn has_certificate(presented: &Presented<'_>) -> bool {
///     presented.evidence().is_some_and(|evidence| evidence.certificate().is_some())
/// }
/// # assert!(!has_certificate(&Presented::new("x", axum_scopes::credential::PresentedAs::Bearer)));
/// ```
#[derive(Clone)]
pub struct Evidence {
    sender: &'static Sender,
    method: Method,
    uri: Uri,
    proofs: Vec<HeaderValue>,
    certificate: Option<ClientCertificate>,
    #[cfg(feature = "dpop")]
    used: UsedProof,
}

/// The digest of the proof that this request has used. A second verifier of the same request, behind a guard for example, must not take
/// it for a replay. It is in the extensions of the request, and in no other request.
#[cfg(feature = "dpop")]
#[derive(Clone, Debug, Default)]
pub(crate) struct UsedProof(Arc<OnceLock<[u8; 32]>>);

#[cfg(feature = "dpop")]
impl UsedProof {
    /// Has all evidence of this request share one.
    pub(crate) fn of_request(parts: &mut Parts) {
        parts.extensions.get_or_insert_default::<Self>();
    }

    pub(crate) fn is(&self, digest: &[u8; 32]) -> bool {
        self.0.get() == Some(digest)
    }

    pub(crate) fn set(&self, digest: [u8; 32]) {
        // A request has one proof.
        let _ = self.0.set(digest);
    }
}

impl Evidence {
    /// Two proofs are as bad as many, so no more of them are kept.
    const MOST_PROOFS: usize = 2;

    pub(crate) fn of(parts: &Parts, sender: &'static Sender) -> Self {
        Self {
            sender,
            method: parts.method.clone(),
            uri: original_uri(parts).clone(),
            proofs: parts.headers.get_all(DPOP).iter().take(Self::MOST_PROOFS).cloned().collect(),
            certificate: parts.extensions.get().cloned(),
            #[cfg(feature = "dpop")]
            used: parts.extensions.get().cloned().unwrap_or_default(),
        }
    }

    /// What the scheme asks of senders.
    #[must_use]
    pub const fn sender(&self) -> &'static Sender {
        self.sender
    }

    /// The method of the request.
    #[must_use]
    pub const fn method(&self) -> &Method {
        &self.method
    }

    /// The URI of the request before routers have taken prefixes off it.
    #[must_use]
    pub const fn uri(&self) -> &Uri {
        &self.uri
    }

    /// The headers `DPoP` (RFC 9449 §4.1). Of more than two, the first two are here.
    #[must_use]
    pub fn proofs(&self) -> &[HeaderValue] {
        &self.proofs
    }

    #[cfg(feature = "dpop")]
    pub(crate) const fn used(&self) -> &UsedProof {
        &self.used
    }

    /// The certificate of the client's TLS connection.
    #[must_use]
    pub const fn certificate(&self) -> Option<&ClientCertificate> {
        self.certificate.as_ref()
    }
}

/// A proof is as good as a key for a minute, so it is not shown.
impl fmt::Debug for Evidence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Evidence")
            .field("sender", self.sender)
            .field("method", &self.method)
            .field("proofs", &self.proofs.len())
            .field("certificate", &self.certificate)
            .finish_non_exhaustive()
    }
}

#[cfg(feature = "dpop")]
fn original_uri(parts: &Parts) -> &Uri {
    parts.extensions.get().map_or(&parts.uri, |axum::extract::OriginalUri(uri)| uri)
}

/// Only proofs are about the URI.
#[cfg(not(feature = "dpop"))]
fn original_uri(parts: &Parts) -> &Uri {
    &parts.uri
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use axum::http::Request;

    use super::{Evidence, Sender};

    #[test]
    fn evidence_is_about_the_request() {
        const SENDER: &Sender = &Sender::bearer().or_certificate();
        let request = Request::put("/items/7?x=1").header("dpop", "a").header("dpop", "b").header("dpop", "c");
        let evidence = Evidence::of(&request.body(()).unwrap().into_parts().0, SENDER);
        assert_eq!((evidence.method().as_str(), evidence.uri().to_string().as_str()), ("PUT", "/items/7?x=1"));
        assert_eq!(
            (evidence.proofs(), evidence.sender()),
            (&["a", "b"].map(|proof| proof.parse().unwrap())[..], SENDER)
        );
        let shown = format!("{evidence:?}");
        assert!(shown.ends_with("method: PUT, proofs: 2, certificate: None, .. }"), "{shown}");
    }
}
