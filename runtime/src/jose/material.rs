//! The bytes of a key, whatever its format: checked against the rules that do not depend on the backend.

use super::{
    algorithm::{Algorithm, Family},
    ed25519,
    error::KeyError,
    roca,
};

/// The size of RSA moduli in bits: at least that of RFC 7518 §3.3, at most that of the backend.
#[cfg(feature = "aws_lc_rs")]
const RSA_BITS: std::ops::RangeInclusive<usize> = 2048..=8192;
#[cfg(not(feature = "aws_lc_rs"))]
const RSA_BITS: std::ops::RangeInclusive<usize> = 2048..=4096;

/// The largest size of RSA exponents in bits that both backends support.
const EXPONENT_BITS: usize = 33;

/// The bytes of a key.
pub(super) enum Material<'a> {
    /// An HMAC secret.
    Secret(&'a [u8]),
    /// Modulus and exponent, big-endian without leading zeros.
    Rsa { n: &'a [u8], e: &'a [u8] },
    /// The uncompressed point, SEC 1 §2.3.3.
    Ec(&'a [u8]),
    /// The encoded point, RFC 8032 §5.1.5.
    Ed(&'a [u8]),
}

impl Material<'_> {
    /// Checks that it can be a key of `algorithm`.
    pub(super) fn check(&self, algorithm: Algorithm) -> Result<(), KeyError> {
        match (self, algorithm.family()) {
            (Self::Secret(secret), Family::Hmac) if secret.len() < algorithm.hash_len() => Err(KeyError::TooShort),
            (Self::Secret(_), Family::Hmac) => Ok(()),
            (Self::Rsa { n, e }, Family::Rsa) => check_rsa(n, e),
            (Self::Ec(point), Family::Ec) => {
                let coordinate = match algorithm {
                    Algorithm::ES256 => 32,
                    Algorithm::ES384 => 48,
                    _ => 66,
                };
                if point.len() == 1 + 2 * coordinate { Ok(()) } else { Err(KeyError::WrongAlgorithm) }
            }
            (Self::Ed(key), Family::Ed) => {
                if <&[u8; 32]>::try_from(*key).is_ok_and(ed25519::is_sound) {
                    Ok(())
                } else {
                    Err(KeyError::Invalid)
                }
            }
            _ => Err(KeyError::WrongAlgorithm),
        }
    }

    #[cfg(not(feature = "aws_lc_rs"))]
    pub(super) fn decoding_key(&self) -> jsonwebtoken::DecodingKey {
        use jsonwebtoken::DecodingKey;
        match self {
            Self::Secret(secret) => DecodingKey::from_secret(secret),
            Self::Rsa { n, e } => DecodingKey::from_rsa_raw_components(n, e),
            Self::Ec(point) => DecodingKey::from_ec_der(point),
            Self::Ed(key) => DecodingKey::from_ed_der(key),
        }
    }
}

fn check_rsa(n: &[u8], e: &[u8]) -> Result<(), KeyError> {
    if !is_odd_number(n) || !is_odd_number(e) || e == [1] || bits(e) > EXPONENT_BITS {
        return Err(KeyError::Invalid);
    }
    if !RSA_BITS.contains(&bits(n)) {
        return Err(KeyError::Size);
    }
    if roca::is_factorable(n) { Err(KeyError::Factorable) } else { Ok(()) }
}

/// Big-endian, without leading zeros (RFC 7518 §6.3.1.1).
fn is_odd_number(bytes: &[u8]) -> bool {
    bytes.first().is_some_and(|first| *first != 0) && bytes.last().is_some_and(|last| last % 2 == 1)
}

fn bits(number: &[u8]) -> usize {
    number.len() * 8 - number.first().map_or(0, |first| first.leading_zeros() as usize)
}

#[cfg(test)]
mod tests {
    use super::{Algorithm, KeyError::Invalid, Material};

    /// Whatever the backend has to say about it.
    #[test]
    fn exponents_are_odd_canonical_and_within_limits() {
        let expected: [(&[u8], _); 12] = [
            (&[3], Ok(())),
            (&[1, 0, 1], Ok(())),
            (&[1, 0, 0, 0, 1], Ok(())),
            (&[2, 0, 0, 0, 1], Err(Invalid)),
            (&[], Err(Invalid)),
            (&[0], Err(Invalid)),
            (&[1], Err(Invalid)),
            (&[2], Err(Invalid)),
            (&[1, 0, 0], Err(Invalid)),
            (&[0, 1, 0, 1], Err(Invalid)),
            (&[3, 0, 0, 0, 1], Err(Invalid)),
            (&[1, 0, 0, 0, 0, 0, 0, 0, 1], Err(Invalid)),
        ];
        for (e, expected) in expected {
            assert_eq!(Material::Rsa { n: &[0xff; 256], e }.check(Algorithm::RS256), expected, "{e:?}");
        }
    }
}
