//! The rules for keys: from a JSON Web Key or Key Set to the keys that may be accepted.

use curve25519_dalek::edwards::CompressedEdwardsY;
use data_encoding::BASE64URL_NOPAD;

use super::{
    json::{self, Value},
    metadata::Failure,
};

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

/// A key of an issuer.
#[derive(Clone, Debug, PartialEq)]
pub struct IssuerKey {
    pub algorithm: String,
    pub kid: Option<String>,
    /// The members that make the key, by which it is known when it is listed again.
    pub members: Vec<Option<String>>,
}

/// The most keys of an issuer's set.
const MOST: usize = 100;

/// The usable keys of an issuer's set. An entry that cannot be used does not affect the others.
pub fn of_issuer(issuer: &str, algorithms: &[&str], set: &str) -> Result<Vec<IssuerKey>, Failure> {
    let entries = json::entries(set.as_bytes(), "keys", MOST)
        .map_err(|is_too_long| if is_too_long { Failure::TooManyKeys } else { Failure::KeySet })?;
    let mut keys: Vec<IssuerKey> = Vec::new();
    for entry in entries {
        for key in of_entry(issuer, algorithms, entry).unwrap_or_default() {
            if !keys.contains(&key) {
                keys.push(key);
            }
        }
    }
    // A token would be tried with none of three keys that have one name.
    let name = |key: &IssuerKey| (key.algorithm.clone(), key.kid.clone());
    let is_crowded =
        |key: &IssuerKey| key.kid.is_some() && keys.iter().filter(|other| name(other) == name(key)).count() > 2;
    Ok(keys.iter().filter(|key| !is_crowded(key)).cloned().collect())
}

fn of_entry(issuer: &str, algorithms: &[&str], entry: &[u8]) -> Option<Vec<IssuerKey>> {
    let jwk = json::object(entry).filter(is_well_typed)?;
    let text = |name: &str| jwk.member(name).and_then(Value::text).map(str::to_owned);
    let (kty, crv) = (text("kty")?, text("crv"));
    if ["EC", "OKP"].contains(&&*kty) && crv.is_none() || jwk.member("issuer").is_some() && text("issuer")? != issuer {
        return None;
    }
    let suitable = algorithms.iter().filter(|algorithm| is_for(&jwk, algorithm));
    let key = |algorithm: &&str| {
        let (algorithm, kid) = read(&jwk, algorithm)?;
        Some(IssuerKey { algorithm, kid, members: ["n", "e", "x", "y"].map(text).into() })
    };
    suitable.map(key).collect()
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
    has_texts(jwk, &["k"])
}

/// Whether the members that keys of every kind may have are of their types, and these members are texts.
pub fn has_texts(jwk: &Value, members: &[&str]) -> bool {
    let Value::Object(all) = jwk else { return false };
    all.iter().all(|(name, value)| match name.as_str() {
        "kty" | "alg" | "use" | "kid" | "crv" | "n" | "e" | "x" | "y" => value.text().is_some(),
        "key_ops" => value.texts().is_some(),
        name => !members.contains(&name) || value.text().is_some(),
    })
}

/// Whether `alg` and `use` allow signatures of this algorithm.
pub fn is_meant_for(jwk: &Value, algorithm: &str) -> bool {
    let text = |name| jwk.member(name).and_then(Value::text);
    text("alg").is_none_or(|alg| alg == algorithm || (alg, algorithm) == ("Ed25519", "EdDSA"))
        && text("use").is_none_or(|usage| usage == "sig")
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
    text("kty") == Some(kty) && (crv.is_none() || text("crv") == crv) && is_meant_for(jwk, algorithm) && verifies
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

pub fn is_rsa(n: &[u8], e: &[u8]) -> bool {
    let bits = |number: &[u8]| number.first().map_or(0, |first| number.len() * 8 - first.leading_zeros() as usize);
    let is_odd = |number: &[u8]| number.first().is_some_and(|first| *first > 0) && number[number.len() - 1] & 1 == 1;
    is_odd(n) && is_odd(e) && (2048..=8192).contains(&bits(n)) && (2..=33).contains(&bits(e))
}
