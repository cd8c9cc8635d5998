//! The private bytes of a key, and their DER: takes numbers, yields what both backends parse.

use zeroize::Zeroizing;

use super::material::Material;

/// A `PrivateKeyInfo` (RFC 5208 §5) of P-256 up to the scalar.
const P256: &[u8] = &[
    0x30, 0x41, 0x02, 0x01, 0x00, 0x30, 0x13, 0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01, 0x06, 0x08, 0x2a,
    0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07, 0x04, 0x27, 0x30, 0x25, 0x02, 0x01, 0x01, 0x04, 0x20,
];

/// A `PrivateKeyInfo` of Ed25519 (RFC 8410 §7) up to the seed.
const ED25519: &[u8] =
    &[0x30, 0x2e, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x04, 0x22, 0x04, 0x20];

const INTEGER: u8 = 0x02;
const SEQUENCE: u8 = 0x30;

/// The private bytes of a key, all big-endian.
pub(super) enum Private<'a> {
    /// The scalar of P-256.
    Scalar(&'a [u8; 32]),
    /// The seed of Ed25519 (RFC 8032 §5.1.5).
    Seed(&'a [u8; 32]),
    /// `d`, `p`, `q`, `dp`, `dq` and `qi` (RFC 7518 §6.3.2).
    Rsa([&'a [u8]; 6]),
}

impl Private<'_> {
    /// The DER that both backends parse: PKCS#8 for curves, PKCS#1 for RSA. `None` if the public key is of another kind.
    pub(super) fn der(&self, public: &Material<'_>) -> Option<Zeroizing<Vec<u8>>> {
        match (self, public) {
            (Self::Scalar(scalar), Material::Ec(_)) => Some(of_scalar(scalar)),
            (Self::Seed(seed), Material::Ed(_)) => Some(of_seed(seed)),
            (Self::Rsa([d, p, q, dp, dq, qi]), Material::Rsa { n, e }) => {
                Some(sequence_of_integers(&[&[], n, e, d, p, q, dp, dq, qi]))
            }
            _ => None,
        }
    }
}

/// A private key of P-256 in PKCS#8.
pub(super) fn of_scalar(scalar: &[u8; 32]) -> Zeroizing<Vec<u8>> {
    Zeroizing::new([P256, scalar].concat())
}

/// A private key of Ed25519 in PKCS#8.
pub(super) fn of_seed(seed: &[u8; 32]) -> Zeroizing<Vec<u8>> {
    Zeroizing::new([ED25519, seed].concat())
}

/// An `RSAPrivateKey` (RFC 8017 §A.1.2). Its memory is reserved at once, so that no copy is left behind.
fn sequence_of_integers(numbers: &[&[u8]]) -> Zeroizing<Vec<u8>> {
    let content: usize = numbers.iter().map(|number| length_of_integer(canonical(number))).sum();
    let mut der = Zeroizing::new(Vec::with_capacity(length_of(content)));
    head(&mut der, SEQUENCE, content);
    for number in numbers.iter().map(|number| canonical(number)) {
        head(&mut der, INTEGER, padded(number));
        if padded(number) > number.len() {
            der.push(0);
        }
        der.extend_from_slice(number);
    }
    der
}

/// Without leading zeros, which DER forbids.
fn canonical(number: &[u8]) -> &[u8] {
    let zeros = number.iter().take_while(|byte| **byte == 0).count();
    number.get(zeros..).unwrap_or_default()
}

/// The bytes with the zero that tells a large number from a negative one, and that is the number 0.
fn padded(number: &[u8]) -> usize {
    number.len() + usize::from(number.first().is_none_or(|first| *first >= 0x80))
}

fn length_of_integer(number: &[u8]) -> usize {
    length_of(padded(number))
}

/// The bytes of an element with this much content.
fn length_of(content: usize) -> usize {
    2 + if content < 0x80 { 0 } else { bytes_of(content).len() } + content
}

/// Big-endian, without leading zeros.
fn bytes_of(length: usize) -> Vec<u8> {
    canonical(&length.to_be_bytes()).to_vec()
}

fn head(der: &mut Vec<u8>, tag: u8, content: usize) {
    der.push(tag);
    if content >= 0x80 {
        let bytes = bytes_of(content);
        der.push(0x80 | bytes.len() as u8);
        der.extend(bytes);
    } else {
        der.push(content as u8);
    }
}

#[cfg(test)]
mod tests {
    use super::sequence_of_integers;

    #[test]
    fn integers_are_canonical() {
        for (number, expected) in [
            (&[][..], &[0x30, 3, 2, 1, 0][..]),
            (&[0], &[0x30, 3, 2, 1, 0]),
            (&[0, 0, 1], &[0x30, 3, 2, 1, 1]),
            (&[0x7f], &[0x30, 3, 2, 1, 0x7f]),
            (&[0x80], &[0x30, 4, 2, 2, 0, 0x80]),
        ] {
            assert_eq!(**sequence_of_integers(&[number]), *expected);
        }
    }

    #[test]
    fn the_memory_is_reserved_at_once() {
        for length in [1, 126, 127, 128, 129, 255, 256, 300, 65_536] {
            let der = sequence_of_integers(&[&vec![0xff; length], &vec![1; length]]);
            assert_eq!(der.capacity(), der.len(), "{length}");
        }
    }
}
