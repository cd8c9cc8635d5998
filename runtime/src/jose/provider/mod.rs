//! The choice of cryptography: which backend signs and verifies, and which algorithms it is asked for.

#[cfg(feature = "aws_lc_rs")]
mod aws_lc;
#[cfg(not(feature = "aws_lc_rs"))]
mod rust_crypto;
mod signing;

#[cfg(feature = "aws_lc_rs")]
pub(super) use aws_lc::{Verifier, sha256};
#[cfg(not(feature = "aws_lc_rs"))]
pub(super) use rust_crypto::{Verifier, sha256};
pub(crate) use signing::signer;

/// SHA-256.
pub(super) type Digest = [u8; 32];
