//! The rules for private keys: from a private JSON Web Key to the key that may be accepted (RFC 7517 §4, RFC 7518 §6, RFC 8037 §2).

use curve25519_dalek::EdwardsPoint;
use data_encoding::BASE64URL_NOPAD;
use p256::elliptic_curve::sec1::ToEncodedPoint;
use sha2::{Digest, Sha512};

use super::{
    json::{self, Value},
    keys::{Named, has_texts, is_ed25519, is_meant_for, is_rsa},
};

/// The private member of every key, then those that only RSA keys have.
const PRIVATE: [&str; 6] = ["d", "p", "q", "dp", "dq", "qi"];

/// The key that may be accepted, or `None` if it has to be refused. Whether the numbers of an RSA key belong together is not known here.
pub fn of_key(jwk: &str) -> Option<Named> {
    let jwk = json::object(jwk.as_bytes())?;
    let text = |name| jwk.member(name).and_then(Value::text);
    let bytes = |name| BASE64URL_NOPAD.decode(text(name)?.as_bytes()).ok();
    if !has_texts(&jwk, &PRIVATE) || !signs(&jwk) {
        return None;
    }
    let d = bytes("d")?;
    let (algorithm, is_key) = match (text("kty")?, text("crv")) {
        ("EC", Some("P-256")) => ("ES256", p256_point(&d)? == [bytes("x")?, bytes("y")?]),
        ("OKP", Some("Ed25519")) => ("EdDSA", ed25519_point(&d)? == *bytes("x")? && is_ed25519(&bytes("x")?)),
        ("RSA", _) => {
            let has_factors = PRIVATE.iter().all(|name| bytes(name).is_some());
            let has_more = jwk.member("oth").is_some_and(|oth| *oth != Value::Other);
            ("RS256", has_factors && !has_more && is_rsa(&bytes("n")?, &bytes("e")?))
        }
        _ => return None,
    };
    (is_meant_for(&jwk, algorithm) && is_key).then(|| (algorithm.to_owned(), text("kid").map(str::to_owned)))
}

fn signs(jwk: &Value) -> bool {
    jwk.member("key_ops").and_then(Value::texts).is_none_or(|mut operations| {
        operations.sort_unstable();
        operations == ["sign"] || operations == ["sign", "verify"]
    })
}

/// The coordinates of a scalar's point.
pub fn p256_point(scalar: &[u8]) -> Option<[Vec<u8>; 2]> {
    let scalar: &[u8; 32] = scalar.try_into().ok()?;
    let point = p256::SecretKey::from_slice(scalar).ok()?.public_key().to_encoded_point(false);
    Some([point.x()?.to_vec(), point.y()?.to_vec()])
}

/// The encoded point of a seed (RFC 8032 §5.1.5).
pub fn ed25519_point(seed: &[u8]) -> Option<[u8; 32]> {
    let seed: &[u8; 32] = seed.try_into().ok()?;
    let digest = Sha512::digest(seed);
    let scalar = digest.first_chunk().copied()?;
    Some(EdwardsPoint::mul_base_clamped(scalar).compress().to_bytes())
}
