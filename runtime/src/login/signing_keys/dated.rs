//! Private keys with their dates: takes a private JWK Set, yields keys that say when they sign.

use serde::Deserialize;
use serde_json::Value;

use super::error::SigningKeysError;
use crate::{
    jose::{
        signing_key::SigningKey,
        strict::{self, Raw},
    },
    token::sign::TokenSigner,
};

/// A key that signs from `nbf` to `exp`, both in seconds since 1970.
pub(super) struct DatedKey {
    pub(super) key: SigningKey,
    pub(super) signer: TokenSigner,
    pub(super) kid: String,
    pub(super) nbf: u64,
    pub(super) exp: u64,
}

impl DatedKey {
    pub(super) fn may_sign(&self, now: f64) -> bool {
        self.nbf as f64 <= now && now < self.exp as f64
    }

    /// Whether both are the same key, whatever their dates.
    pub(super) fn is(&self, other: &Self) -> bool {
        self.kid == other.kid && self.key.thumbprint() == other.key.thumbprint()
    }
}

#[derive(Deserialize)]
struct Set<'a> {
    #[serde(borrow)]
    keys: Vec<Raw<'a>>,
}

/// The members that a key of a service has beside those of every key. They are read as any type, so that an error can name them.
#[derive(Deserialize)]
struct Dates {
    kid: Option<Value>,
    nbf: Option<Value>,
    exp: Option<Value>,
}

/// The texts of the keys in a set.
pub(super) fn texts(jwks: &str) -> Result<Vec<&str>, SigningKeysError> {
    let set: Set<'_> = strict::read(jwks).map_err(|_| SigningKeysError::Malformed)?;
    Ok(set.keys.iter().map(Raw::as_str).collect())
}

/// The keys of a set, in its order.
pub(super) fn read(jwks: &str) -> Result<Vec<DatedKey>, SigningKeysError> {
    let mut keys: Vec<DatedKey> = Vec::new();
    for (index, text) in texts(jwks)?.into_iter().enumerate() {
        let key = read_key(index, text)?;
        if keys.iter().any(|known| known.kid == key.kid) {
            return Err(SigningKeysError::DuplicateId { kid: key.kid });
        }
        keys.push(key);
    }
    Ok(keys)
}

pub(super) fn read_key(index: usize, text: &str) -> Result<DatedKey, SigningKeysError> {
    let key = SigningKey::from_jwk(text).map_err(|source| SigningKeysError::Key { index, source })?;
    let missing = |member| SigningKeysError::Member { index, member };
    let dates: Dates = strict::read(text).map_err(|_| missing("kid"))?;
    let date = |value: Option<Value>, member| value.as_ref().and_then(Value::as_u64).ok_or(missing(member));
    let (nbf, exp) = (date(dates.nbf, "nbf")?, date(dates.exp, "exp")?);
    let kid = dates.kid.as_ref().and_then(Value::as_str).filter(|kid| !kid.is_empty()).ok_or(missing("kid"))?;
    let kid = String::from(kid);
    if exp <= nbf {
        return Err(SigningKeysError::Dates { kid });
    }
    Ok(DatedKey { signer: TokenSigner::rfc9068(&key), key, kid, nbf, exp })
}

/// The key that signs at `now`: of those that may, the one that has begun last.
pub(super) fn signing(keys: &[DatedKey], now: f64) -> Option<&DatedKey> {
    keys.iter().filter(|key| key.may_sign(now)).max_by_key(|key| key.nbf)
}

/// Checks that a key signs at each time from `now` until the last one ends.
pub(super) fn check_no_gap(keys: &[DatedKey], now: f64) -> Result<(), SigningKeysError> {
    let last = |at: f64| keys.iter().filter(|key| key.may_sign(at)).max_by_key(|key| key.exp);
    let mut key = last(now).ok_or(SigningKeysError::NoneSigns)?;
    loop {
        match last(key.exp as f64) {
            Some(next) => key = next,
            None if keys.iter().any(|later| later.exp > key.exp) => {
                return Err(SigningKeysError::Gap { kid: key.kid.clone() });
            }
            None => return Ok(()),
        }
    }
}

/// Checks that `new` agrees with the keys before it: no `kid` is another key's, and nobody gets a token whose key is not in a copy of
/// the JWK Set that was fetched up to `now` and is cached for `cache` seconds. A new key may sign at once only if no key from before
/// can do so until then, as when that one was stolen.
pub(super) fn check_follows(old: &[DatedKey], new: &[DatedKey], now: f64, cache: u64) -> Result<(), SigningKeysError> {
    let earliest = now + cache as f64;
    let is_known = |key: &DatedKey| old.iter().any(|old| old.is(key));
    for key in new.iter().filter(|key| !is_known(key)) {
        if old.iter().any(|old| old.kid == key.kid) {
            return Err(SigningKeysError::DuplicateId { kid: key.kid.clone() });
        }
    }
    let known: Vec<_> = new.iter().filter(|key| is_known(key)).collect();
    // Another key signs only after one has begun or ended.
    let changes =
        new.iter().flat_map(|key| [key.nbf as f64, key.exp as f64]).filter(|at| (now..=earliest).contains(at));
    for at in changes.chain([now]) {
        if let Some(key) = signing(new, at)
            && !is_known(key)
            && sign_until(&known, at, earliest)
        {
            return Err(SigningKeysError::TooSoon { kid: key.kid.clone(), earliest: earliest as u64 + 1 });
        }
    }
    Ok(())
}

/// Whether at each time, from one to the other, one of these keys may sign.
fn sign_until(keys: &[&DatedKey], from: f64, until: f64) -> bool {
    let mut at = from;
    while at <= until {
        let Some(exp) = keys.iter().filter(|key| key.may_sign(at)).map(|key| key.exp).max() else { return false };
        at = exp as f64;
    }
    true
}
