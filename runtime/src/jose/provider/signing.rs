//! Signs with jsonwebtoken, whose backend is named explicitly.

// jsonwebtoken's process-wide default panics if another crate of the build has turned on the second backend.
#[cfg(feature = "aws_lc_rs")]
use jsonwebtoken::crypto::aws_lc::DEFAULT_PROVIDER;
#[cfg(not(feature = "aws_lc_rs"))]
pub(super) use jsonwebtoken::crypto::rust_crypto::DEFAULT_PROVIDER;
#[cfg(feature = "login")]
use jsonwebtoken::jwk::EllipticCurve;
use jsonwebtoken::{
    EncodingKey,
    crypto::JwtSigner,
    errors::{Error, ErrorKind},
};

use crate::jose::algorithm::Algorithm;

pub(crate) fn signer(algorithm: Algorithm, key: &EncodingKey) -> Result<Box<dyn JwtSigner>, Error> {
    let algorithm = id(algorithm).ok_or(ErrorKind::InvalidAlgorithm)?;
    (DEFAULT_PROVIDER.signer_factory)(&algorithm, key)
}

/// The public half of a private key of P-256 in PKCS#8, as an uncompressed point. `None` if there is no such key.
#[cfg(feature = "login")]
pub(in crate::jose) fn public_of_p256(pkcs8: &[u8]) -> Option<Vec<u8>> {
    let halves = DEFAULT_PROVIDER.key_utils.ec_pub_components_from_private_key;
    let (_, x, y) = halves(pkcs8, jsonwebtoken::Algorithm::ES256).ok()?;
    Some([&[0x04], &*x, &*y].concat())
}

/// The public half of a private key of Ed25519 in PKCS#8.
#[cfg(feature = "login")]
pub(in crate::jose) fn public_of_ed25519(pkcs8: &[u8]) -> Option<Vec<u8>> {
    (DEFAULT_PROVIDER.key_utils.ed_pub_components_from_private_key)(pkcs8, &EllipticCurve::Ed25519).ok()
}

/// `None` if jsonwebtoken does not have it.
pub(super) fn id(algorithm: Algorithm) -> Option<jsonwebtoken::Algorithm> {
    Some(match algorithm {
        Algorithm::HS256 => jsonwebtoken::Algorithm::HS256,
        Algorithm::HS384 => jsonwebtoken::Algorithm::HS384,
        Algorithm::HS512 => jsonwebtoken::Algorithm::HS512,
        Algorithm::RS256 => jsonwebtoken::Algorithm::RS256,
        Algorithm::RS384 => jsonwebtoken::Algorithm::RS384,
        Algorithm::RS512 => jsonwebtoken::Algorithm::RS512,
        Algorithm::PS256 => jsonwebtoken::Algorithm::PS256,
        Algorithm::PS384 => jsonwebtoken::Algorithm::PS384,
        Algorithm::PS512 => jsonwebtoken::Algorithm::PS512,
        Algorithm::ES256 => jsonwebtoken::Algorithm::ES256,
        Algorithm::ES384 => jsonwebtoken::Algorithm::ES384,
        Algorithm::ES512 => return None,
        Algorithm::EdDSA => jsonwebtoken::Algorithm::EdDSA,
    })
}
