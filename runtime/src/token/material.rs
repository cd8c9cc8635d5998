//! What a key is made of, whatever it was read from; checked for what all backends agree on.

#[cfg(feature = "aws_lc_rs")]
use std::borrow::Cow;

use super::{
    algorithm::{Algorithm, Family},
    cache::Digest,
    ed25519,
    error::KeyError,
    provider::sha256,
    roca,
};

/// Of RSA moduli, in bits: RFC 7518 §3.3, and what the backend verifies with.
#[cfg(feature = "aws_lc_rs")]
const RSA_BITS: std::ops::RangeInclusive<usize> = 2048..=8192;
#[cfg(not(feature = "aws_lc_rs"))]
const RSA_BITS: std::ops::RangeInclusive<usize> = 2048..=4096;

/// Of RSA exponents, in bits: what both backends verify with.
const EXPONENT_BITS: usize = 33;

/// The bytes of a key.
pub(super) enum Material<'a> {
    /// For HMAC.
    Secret(&'a [u8]),
    /// Modulus and exponent, big-endian without leading zeros.
    Rsa { n: &'a [u8], e: &'a [u8] },
    /// The uncompressed point, SEC 1 §2.3.3.
    Ec(&'a [u8]),
    /// RFC 8032 §5.1.5.
    Ed(&'a [u8]),
}

impl Material<'_> {
    /// Whether it can be a key of `algorithm`.
    pub(super) fn check(&self, algorithm: Algorithm) -> Result<(), KeyError> {
        match (self, algorithm.family()) {
            (Self::Secret(secret), Family::Hmac) if secret.len() < algorithm.least_secret() => Err(KeyError::TooShort),
            (Self::Secret(_), Family::Hmac) => Ok(()),
            (Self::Rsa { n, e }, Family::Rsa) => check_rsa(n, e),
            (Self::Ec(point), Family::Ec) => {
                let coordinate = if algorithm == Algorithm::ES256 { 32 } else { 48 };
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

    /// One for each key and algorithm. A secret has none: even its digest would be material to guess it by.
    pub(super) fn fingerprint(&self, algorithm: Algorithm) -> Option<Digest> {
        let (first, second): (&[u8], &[u8]) = match self {
            Self::Secret(_) => return None,
            Self::Rsa { n, e } => (n, e),
            Self::Ec(bytes) | Self::Ed(bytes) => (bytes, &[]),
        };
        // Where each part ends is part of it.
        let end = (first.len() as u64).to_be_bytes();
        Some(sha256(&[algorithm.name().as_bytes(), &[0], &end, first, second]))
    }

    /// As aws-lc reads it: RSA as RFC 8017 §A.1.1 has it.
    #[cfg(feature = "aws_lc_rs")]
    pub(super) fn encoded(&self) -> Option<Cow<'_, [u8]>> {
        match self {
            Self::Secret(_) => None,
            Self::Rsa { n, e } => Some(Cow::Owned(rsa_public_key(n, e))),
            Self::Ec(bytes) | Self::Ed(bytes) => Some(Cow::Borrowed(bytes)),
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

/// `SEQUENCE { INTEGER n, INTEGER e }`
#[cfg(feature = "aws_lc_rs")]
fn rsa_public_key(n: &[u8], e: &[u8]) -> Vec<u8> {
    let mut integers = Vec::with_capacity(n.len() + e.len() + 16);
    for integer in [n, e] {
        // A first bit of one would make it negative.
        let zero: &[u8] = if integer.first().is_some_and(|first| *first >= 0x80) { &[0] } else { &[] };
        der(&mut integers, 0x02, &[zero, integer]);
    }
    let mut sequence = Vec::with_capacity(integers.len() + 8);
    der(&mut sequence, 0x30, &[&integers]);
    sequence
}

/// Tag, length and content, X.690 §8.1.3.
#[cfg(feature = "aws_lc_rs")]
fn der(out: &mut Vec<u8>, tag: u8, content: &[&[u8]]) {
    let length = content.iter().map(|part| part.len()).sum::<usize>();
    out.push(tag);
    let bytes = length.to_be_bytes();
    let significant = &bytes[(length.leading_zeros() / 8).min(7) as usize..];
    if length >= 0x80 {
        out.push(0x80 | significant.len() as u8);
    }
    out.extend_from_slice(significant);
    content.iter().for_each(|part| out.extend_from_slice(part));
}

#[cfg(test)]
mod tests {
    use super::{Algorithm, KeyError::Invalid, Material};
    #[cfg(feature = "aws_lc_rs")]
    use super::{der, rsa_public_key};

    /// Whatever the backend has to say about it.
    #[test]
    fn exponents() {
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

    /// X.690 §8.1.3: one byte up to 127, and no byte more than needed beyond.
    #[cfg(feature = "aws_lc_rs")]
    #[test]
    fn lengths() {
        let lengths: [(usize, &[u8]); 8] = [
            (0, &[0]),
            (1, &[1]),
            (127, &[127]),
            (128, &[0x81, 128]),
            (255, &[0x81, 255]),
            (256, &[0x82, 1, 0]),
            (65_535, &[0x82, 255, 255]),
            (65_536, &[0x83, 1, 0, 0]),
        ];
        for (length, expected) in lengths {
            let (mut out, content) = (Vec::new(), vec![7; length]);
            der(&mut out, 0x02, &[&content[..length / 3], &content[length / 3..]]);
            assert_eq!(out, [&[0x02], expected, &content].concat(), "{length}");
        }
    }

    /// RFC 8017 §A.1.1; a first bit of one gets a byte before it, and no other.
    #[cfg(feature = "aws_lc_rs")]
    #[test]
    fn public_keys() {
        assert_eq!(rsa_public_key(&[0x7f], &[3]), [0x30, 6, 2, 1, 0x7f, 2, 1, 3]);
        assert_eq!(rsa_public_key(&[0x80], &[0xff]), [0x30, 8, 2, 2, 0, 0x80, 2, 2, 0, 0xff]);
        let (n, e) = ([0xff; 256], [1, 0, 1]);
        let head = [0x30, 0x82, 1, 10, 2, 0x82, 1, 1, 0];
        assert_eq!(rsa_public_key(&n, &e), [&head[..], &n, &[2, 3], &e].concat());
    }
}
