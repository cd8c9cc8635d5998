//! Verifying with aws-lc, below jsonwebtoken: that parses a public key for each token, which makes RSA a third slower, and
//! has no answer to whether a key is one before a token comes.

use aws_lc_rs::{
    digest, hmac,
    signature::{
        self, ECDSA_P256_SHA256_FIXED, ECDSA_P384_SHA384_FIXED, ED25519, ParsedPublicKey, RSA_PKCS1_2048_8192_SHA256,
        RSA_PKCS1_2048_8192_SHA384, RSA_PKCS1_2048_8192_SHA512, RSA_PSS_2048_8192_SHA256, RSA_PSS_2048_8192_SHA384,
        RSA_PSS_2048_8192_SHA512,
    },
};

use crate::token::{algorithm::Algorithm, material::Material};

/// A key that is ready to verify.
#[expect(clippy::large_enum_variant, reason = "shared, not moved")]
pub(in crate::token) enum Verifier {
    Secret(hmac::Key),
    Public(ParsedPublicKey),
}

impl Verifier {
    /// `None` for what is no key of the algorithm: among others, a point that is not on the curve, except Ed25519's,
    /// where that is found out when a token comes.
    pub(in crate::token) fn new(algorithm: Algorithm, material: &Material<'_>) -> Option<Self> {
        let public: &'static dyn signature::VerificationAlgorithm = match algorithm {
            Algorithm::HS256 => return material.secret(hmac::HMAC_SHA256),
            Algorithm::HS384 => return material.secret(hmac::HMAC_SHA384),
            Algorithm::HS512 => return material.secret(hmac::HMAC_SHA512),
            Algorithm::RS256 => &RSA_PKCS1_2048_8192_SHA256,
            Algorithm::RS384 => &RSA_PKCS1_2048_8192_SHA384,
            Algorithm::RS512 => &RSA_PKCS1_2048_8192_SHA512,
            Algorithm::PS256 => &RSA_PSS_2048_8192_SHA256,
            Algorithm::PS384 => &RSA_PSS_2048_8192_SHA384,
            Algorithm::PS512 => &RSA_PSS_2048_8192_SHA512,
            Algorithm::ES256 => &ECDSA_P256_SHA256_FIXED,
            Algorithm::ES384 => &ECDSA_P384_SHA384_FIXED,
            Algorithm::EdDSA => &ED25519,
        };
        let bytes = material.encoded()?;
        ParsedPublicKey::new(public, bytes).ok().map(Self::Public)
    }

    /// Compares in constant time.
    pub(in crate::token) fn is_signed(&self, message: &[u8], signature: &[u8]) -> bool {
        match self {
            Self::Secret(key) => hmac::verify(key, message, signature).is_ok(),
            Self::Public(key) => key.verify_sig(message, signature).is_ok(),
        }
    }
}

/// Of the parts, one after the other.
pub(in crate::token) fn sha256(parts: &[&[u8]]) -> [u8; 32] {
    let mut context = digest::Context::new(&digest::SHA256);
    parts.iter().for_each(|part| context.update(part));
    let mut digest = [0; 32];
    digest.copy_from_slice(context.finish().as_ref());
    digest
}

impl Material<'_> {
    fn secret(&self, algorithm: hmac::Algorithm) -> Option<Verifier> {
        match self {
            Self::Secret(secret) => Some(Verifier::Secret(hmac::Key::new(algorithm, secret))),
            _ => None,
        }
    }
}
