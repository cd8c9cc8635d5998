//! The rules for keys: from a JSON Web Key or Key Set to the keys that may be accepted.

use curve25519_dalek::edwards::CompressedEdwardsY;
use data_encoding::BASE64URL_NOPAD;

use super::json::{self, Value};

/// A key that may be accepted: the name of its algorithm, and its `kid`.
pub type Named = (String, Option<String>);

/// The keys of a set for these algorithms, or `None` if the set has to be refused.
pub fn of_set(algorithms: &[&str], set: &str) -> Option<Vec<Named>> {
    let set = json::object(set.as_bytes())?;
    let Value::List(set) = set.member("keys")? else { return None };
    let mut keys: Vec<Named> = Vec::new();
    if !set.iter().all(is_well_typed) {
        return None;
    }
    let is_secret = |jwk: &Value| jwk.member("kty").and_then(Value::text) == Some("oct");
    for jwk in set {
        for algorithm in algorithms.iter().filter(|algorithm| is_for(jwk, algorithm)) {
            if is_secret(jwk) && !set.iter().all(is_secret) {
                return None;
            }
            let key = read(jwk, algorithm)?;
            if key.1.is_some() && keys.contains(&key) {
                return None;
            }
            keys.push(key);
        }
    }
    Some(keys).filter(|keys| !keys.is_empty())
}

/// The key of a JSON Web Key, or `None` if it has to be refused.
pub fn of_key(algorithm: &str, jwk: &str) -> Option<Named> {
    of_parsed(algorithm, &json::object(jwk.as_bytes())?)
}

/// The same for a key that is part of another text.
pub fn of_parsed(algorithm: &str, jwk: &Value) -> Option<Named> {
    (is_well_typed(jwk) && is_for(jwk, algorithm)).then(|| read(jwk, algorithm))?
}

fn is_well_typed(jwk: &Value) -> bool {
    let Value::Object(members) = jwk else { return false };
    members.iter().all(|(name, value)| match name.as_str() {
        "kty" | "alg" | "use" | "kid" | "crv" | "n" | "e" | "x" | "y" | "k" => value.text().is_some(),
        "key_ops" => value.texts().is_some(),
        _ => true,
    })
}

fn is_for(jwk: &Value, algorithm: &str) -> bool {
    let text = |name| jwk.member(name).and_then(Value::text);
    let (kty, crv) = match algorithm {
        "ES256" => ("EC", Some("P-256")),
        "ES384" => ("EC", Some("P-384")),
        "EdDSA" => ("OKP", Some("Ed25519")),
        name if name.starts_with('H') => ("oct", None),
        _ => ("RSA", None),
    };
    let operations = jwk.member("key_ops").and_then(Value::texts);
    let verifies = operations.is_none_or(|operations| {
        let mut distinct = operations.clone();
        distinct.sort_unstable();
        distinct.dedup();
        let allowed: &[&str] = if kty == "oct" { &["sign", "verify"] } else { &["verify"] };
        distinct.len() == operations.len()
            && operations.contains(&"verify")
            && operations.iter().all(|operation| allowed.contains(operation))
    });
    text("kty") == Some(kty)
        && (crv.is_none() || text("crv") == crv)
        && text("alg").is_none_or(|alg| alg == algorithm || (alg, algorithm) == ("Ed25519", "EdDSA"))
        && text("use").is_none_or(|usage| usage == "sig")
        && verifies
}

fn read(jwk: &Value, algorithm: &str) -> Option<Named> {
    let Value::Object(members) = jwk else { return None };
    if members.iter().any(|(name, _)| ["d", "p", "q", "dp", "dq", "qi", "oth"].contains(&name.as_str())) {
        return None;
    }
    let bytes = |name| BASE64URL_NOPAD.decode(jwk.member(name)?.text()?.as_bytes()).ok();
    let is_key = match algorithm {
        "HS256" => bytes("k")?.len() >= 32,
        "HS384" => bytes("k")?.len() >= 48,
        "HS512" => bytes("k")?.len() >= 64,
        "ES256" => is_p256(&bytes("x")?, &bytes("y")?),
        "ES384" => is_p384(&bytes("x")?, &bytes("y")?),
        "EdDSA" => is_ed25519(&bytes("x")?),
        _ => is_rsa(&bytes("n")?, &bytes("e")?),
    };
    let id = jwk.member("kid").and_then(Value::text).map(str::to_owned);
    is_key.then(|| (algorithm.to_owned(), id))
}

pub fn is_p256(x: &[u8], y: &[u8]) -> bool {
    x.len() == 32 && y.len() == 32 && p256::PublicKey::from_sec1_bytes(&[&[4], x, y].concat()).is_ok()
}

pub fn is_p384(x: &[u8], y: &[u8]) -> bool {
    x.len() == 48 && y.len() == 48 && p384::PublicKey::from_sec1_bytes(&[&[4], x, y].concat()).is_ok()
}

/// Whether a key may be accepted: as a point in its only encoding that is not of small order, or as no point at all, since
/// such a key verifies nothing.
pub fn is_ed25519(key: &[u8]) -> bool {
    let Ok(compressed) = CompressedEdwardsY::from_slice(key) else { return false };
    let Some(point) = compressed.decompress() else { return true };
    !point.is_small_order() && point.compress().as_bytes() == key
}

fn is_rsa(n: &[u8], e: &[u8]) -> bool {
    let bits = |number: &[u8]| number.first().map_or(0, |first| number.len() * 8 - first.leading_zeros() as usize);
    let is_odd = |number: &[u8]| number.first().is_some_and(|first| *first > 0) && number[number.len() - 1] & 1 == 1;
    is_odd(n) && is_odd(e) && (2048..=8192).contains(&bits(n)) && (2..=33).contains(&bits(e))
}
