//! The cryptography of the enabled backend: it signs, verifies and hashes.

#[cfg(feature = "aws_lc_rs")]
mod aws_lc;
#[cfg(not(feature = "aws_lc_rs"))]
mod rust_crypto;
mod signing;

#[cfg(all(feature = "login", feature = "aws_lc_rs"))]
pub(crate) use aws_lc::hmac_sha256;
#[cfg(feature = "aws_lc_rs")]
pub(crate) use aws_lc::sha256;
#[cfg(feature = "aws_lc_rs")]
pub(super) use aws_lc::{Signer, Verifier};
#[cfg(all(feature = "login", not(feature = "aws_lc_rs")))]
pub(crate) use rust_crypto::hmac_sha256;
#[cfg(not(feature = "aws_lc_rs"))]
pub(crate) use rust_crypto::sha256;
#[cfg(not(feature = "aws_lc_rs"))]
pub(super) use rust_crypto::{Signer, Verifier};
pub(crate) use signing::signer;
#[cfg(feature = "login")]
pub(super) use signing::{public_of_ed25519, public_of_p256};

use super::algorithm::Algorithm;

/// Whether the backend verifies signatures of `algorithm`.
pub(super) const fn has(algorithm: Algorithm) -> bool {
    cfg!(feature = "aws_lc_rs") || !matches!(algorithm, Algorithm::ES512)
}

/// A SHA-256 digest.
pub(crate) type Digest = [u8; 32];

#[cfg(all(test, feature = "login"))]
mod tests {
    use super::hmac_sha256;
    use crate::jose::{error::KeyError, hmac_key::HmacKey};

    /// RFC 4231 §4.7, §4.8 have long keys; the others have shorter ones than this library takes. The last three are
    /// made with Python's `hmac`: of the shortest key, of one as long as a block, and of one that is longer by a byte.
    #[test]
    #[expect(clippy::panic_in_result_fn, reason = "a test asserts, and fails by `?` where it could not begin")]
    fn codes_are_those_of_the_rfc() -> Result<(), KeyError> {
        let hex = |code: [u8; 32]| code.iter().map(|byte| format!("{byte:02x}")).collect::<String>();
        let long = HmacKey::new([0xaa; 131])?;
        let in_three: [&[u8]; 3] = [b"", b"axum", b"-scopes"];
        let larger_key: [&[u8]; 2] = [b"Test Using Larger Than Block-Size Key", b" - Hash Key First"];
        for (key, parts, code) in [
            (&long, &larger_key[..], "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"),
            (
                &long,
                &[b"This is a test using a larger than block-size key and a larger than block-size data. The key needs to be \
                    hashed before being used by the HMAC algorithm."],
                "9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2",
            ),
            (&HmacKey::new([7; 32])?, &in_three, "6c15738079ec16d306d3cfb52b65bed57126b8b417af3aee11d5eb5c9c08fdae"),
            (&HmacKey::new([7; 64])?, &in_three, "ea0732d02e19b92ba1d5ebd14142a2f95c9434d1f8d2362ce9eafc39bda56fed"),
            (&HmacKey::new([7; 65])?, &in_three, "96ef99d3e4c3021d11ae8221a4d6a28062ed1030a6ca2083de9ae470a8cc385f"),
        ] {
            assert_eq!(hex(hmac_sha256(key, parts)), code);
        }
        Ok(())
    }
}
