//! The choice of cryptography: which backend signs and verifies, and which algorithms it is asked for.

use jsonwebtoken::{
    DecodingKey, EncodingKey,
    crypto::{JwtSigner, JwtVerifier},
    errors::Error,
};

// Named here and not left to jsonwebtoken's process-wide default, which panics when another crate of the build has
// turned the second backend on.
#[cfg(feature = "aws_lc_rs")]
use jsonwebtoken::crypto::aws_lc::DEFAULT_PROVIDER;
#[cfg(not(feature = "aws_lc_rs"))]
use jsonwebtoken::crypto::rust_crypto::DEFAULT_PROVIDER;

/// An algorithm as headers name it (RFC 7518 §3.1) and as the backend knows it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Algorithm {
    pub(super) name: &'static str,
    id: jsonwebtoken::Algorithm,
}

pub(super) const HS256: Algorithm = Algorithm { name: "HS256", id: jsonwebtoken::Algorithm::HS256 };

impl Algorithm {
    pub(super) fn signer(self, key: &EncodingKey) -> Result<Box<dyn JwtSigner>, Error> {
        (DEFAULT_PROVIDER.signer_factory)(&self.id, key)
    }

    pub(super) fn verifier(self, key: &DecodingKey) -> Result<Box<dyn JwtVerifier>, Error> {
        (DEFAULT_PROVIDER.verifier_factory)(&self.id, key)
    }
}
