//! Verifies with aws-lc directly. jsonwebtoken would parse the public key for each token, which makes RSA a third slower, and
//! cannot check a key before the first token.

use aws_lc_rs::{
    digest, hmac,
    rand::SystemRandom,
    signature::{
        ECDSA_P256_SHA256_FIXED, ECDSA_P256_SHA256_FIXED_SIGNING, ECDSA_P384_SHA384_FIXED, ECDSA_P521_SHA512_FIXED,
        ED25519, EcdsaKeyPair, Ed25519KeyPair, ParsedPublicKey, RSA_PKCS1_2048_8192_SHA256, RSA_PKCS1_2048_8192_SHA384,
        RSA_PKCS1_2048_8192_SHA512, RSA_PKCS1_SHA256, RSA_PSS_2048_8192_SHA256, RSA_PSS_2048_8192_SHA384,
        RSA_PSS_2048_8192_SHA512, RsaKeyPair, RsaParameters, RsaPublicKeyComponents, VerificationAlgorithm,
    },
};

#[cfg(feature = "login")]
use crate::jose::hmac_key::HmacKey;
use crate::jose::{algorithm::Algorithm, material::Material, private::Private};

/// A parsed key.
#[expect(clippy::large_enum_variant, reason = "shared, not moved")]
pub(in crate::jose) enum Verifier {
    Secret(hmac::Key),
    Public(ParsedPublicKey),
}

impl Verifier {
    /// `None` if it is not a key of the algorithm, for example a point off the curve. aws-lc checks a point of Ed25519 only
    /// when it verifies.
    pub(in crate::jose) fn new(algorithm: Algorithm, material: &Material<'_>) -> Option<Self> {
        match algorithm {
            Algorithm::HS256 => secret(hmac::HMAC_SHA256, material),
            Algorithm::HS384 => secret(hmac::HMAC_SHA384, material),
            Algorithm::HS512 => secret(hmac::HMAC_SHA512, material),
            Algorithm::RS256 => rsa(&RSA_PKCS1_2048_8192_SHA256, material),
            Algorithm::RS384 => rsa(&RSA_PKCS1_2048_8192_SHA384, material),
            Algorithm::RS512 => rsa(&RSA_PKCS1_2048_8192_SHA512, material),
            Algorithm::PS256 => rsa(&RSA_PSS_2048_8192_SHA256, material),
            Algorithm::PS384 => rsa(&RSA_PSS_2048_8192_SHA384, material),
            Algorithm::PS512 => rsa(&RSA_PSS_2048_8192_SHA512, material),
            Algorithm::ES256 => point(&ECDSA_P256_SHA256_FIXED, material),
            Algorithm::ES384 => point(&ECDSA_P384_SHA384_FIXED, material),
            Algorithm::ES512 => point(&ECDSA_P521_SHA512_FIXED, material),
            Algorithm::EdDSA => point(&ED25519, material),
        }
    }

    /// Compares in constant time.
    pub(in crate::jose) fn is_signed(&self, message: &[u8], signature: &[u8]) -> bool {
        match self {
            Self::Secret(key) => hmac::verify(key, message, signature).is_ok(),
            Self::Public(key) => key.verify_sig(message, signature).is_ok(),
        }
    }
}

/// A parsed private key. aws-lc overwrites its memory.
pub(in crate::jose) enum Signer {
    Ec(EcdsaKeyPair),
    Ed(Ed25519KeyPair),
    Rsa(RsaKeyPair),
}

impl Signer {
    /// `None` if it is not the private half of `public`.
    pub(in crate::jose) fn new(_: Algorithm, public: &Material<'_>, private: &Private<'_>) -> Option<Self> {
        match (private, public) {
            (Private::Scalar(scalar), Material::Ec(point)) => {
                let algorithm = &ECDSA_P256_SHA256_FIXED_SIGNING;
                EcdsaKeyPair::from_private_key_and_public_key(algorithm, *scalar, point).ok().map(Self::Ec)
            }
            (Private::Seed(seed), Material::Ed(point)) => {
                Ed25519KeyPair::from_seed_and_public_key(*seed, point).ok().map(Self::Ed)
            }
            _ => RsaKeyPair::from_der(&private.der(public)?).ok().map(Self::Rsa),
        }
    }

    pub(in crate::jose) fn sign(&self, message: &[u8]) -> Option<Vec<u8>> {
        match self {
            Self::Ec(key) => Some(key.sign(&SystemRandom::new(), message).ok()?.as_ref().to_vec()),
            Self::Ed(key) => Some(key.try_sign(message).ok()?.as_ref().to_vec()),
            Self::Rsa(key) => {
                let mut signature = vec![0; key.public_modulus_len()];
                key.sign(&RSA_PKCS1_SHA256, &SystemRandom::new(), message, &mut signature).ok()?;
                Some(signature)
            }
        }
    }
}

/// The SHA-256 of the concatenated parts.
pub(crate) fn sha256(parts: &[&[u8]]) -> [u8; 32] {
    let mut context = digest::Context::new(&digest::SHA256);
    parts.iter().for_each(|part| context.update(part));
    let mut digest = [0; 32];
    digest.copy_from_slice(context.finish().as_ref());
    digest
}

/// The HMAC with SHA-256 (RFC 2104) of the concatenated parts.
#[cfg(feature = "login")]
pub(crate) fn hmac_sha256(key: &HmacKey, parts: &[&[u8]]) -> [u8; 32] {
    let mut context = hmac::Context::with_key(&hmac::Key::new(hmac::HMAC_SHA256, key.secret()));
    parts.iter().for_each(|part| context.update(part));
    let mut code = [0; 32];
    code.copy_from_slice(context.sign().as_ref());
    code
}

fn secret(algorithm: hmac::Algorithm, material: &Material<'_>) -> Option<Verifier> {
    let Material::Secret(secret) = material else { return None };
    Some(Verifier::Secret(hmac::Key::new(algorithm, secret)))
}

fn rsa(algorithm: &'static RsaParameters, material: &Material<'_>) -> Option<Verifier> {
    let Material::Rsa { n, e } = *material else { return None };
    RsaPublicKeyComponents { n, e }.to_parsed_public_key(algorithm).ok().map(Verifier::Public)
}

fn point(algorithm: &'static dyn VerificationAlgorithm, material: &Material<'_>) -> Option<Verifier> {
    let (Material::Ec(bytes) | Material::Ed(bytes)) = material else { return None };
    ParsedPublicKey::new(algorithm, bytes).ok().map(Verifier::Public)
}
