//! The cryptography of the enabled backend: it signs, verifies and hashes.

#[cfg(feature = "aws_lc_rs")]
mod aws_lc;
#[cfg(not(feature = "aws_lc_rs"))]
mod rust_crypto;
mod signing;

#[cfg(feature = "aws_lc_rs")]
pub(super) use aws_lc::Verifier;
#[cfg(feature = "aws_lc_rs")]
pub(crate) use aws_lc::sha256;
#[cfg(not(feature = "aws_lc_rs"))]
pub(super) use rust_crypto::Verifier;
#[cfg(not(feature = "aws_lc_rs"))]
pub(crate) use rust_crypto::sha256;
pub(crate) use signing::signer;

use super::algorithm::Algorithm;

/// Whether the backend verifies signatures of `algorithm`.
pub(super) const fn has(algorithm: Algorithm) -> bool {
    cfg!(feature = "aws_lc_rs") || !matches!(algorithm, Algorithm::ES512)
}

/// A SHA-256 digest.
pub(crate) type Digest = [u8; 32];
