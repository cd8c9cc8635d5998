//! New keys for a set: takes a private JWK Set, yields one with a key that takes over.

use std::{
    iter::once,
    time::{Duration, SystemTime},
};

use zeroize::Zeroizing;

use super::{
    dated::{self, DatedKey},
    error::SigningKeysError,
    times::KEEP_AT_MOST,
};
use crate::{
    jose::{algorithm::Algorithm, signing_key::SigningKey},
    login::times::seconds,
};

/// A private key with its thumbprint as `kid`, and with dates.
pub(super) fn new_key(
    algorithm: Algorithm,
    from: SystemTime,
    lifetime: Duration,
) -> Result<Zeroizing<String>, SigningKeysError> {
    let refused = |source| SigningKeysError::Key { index: 0, source };
    let jwk = Zeroizing::new(SigningKey::generate_jwk(algorithm).map_err(refused)?);
    let kid = SigningKey::from_jwk(&jwk).map_err(refused)?.thumbprint();
    let nbf = seconds(from) as u64;
    let exp = nbf.saturating_add(lifetime.as_secs());
    let members = jwk.trim_end_matches('}');
    let key = format!(r#"{members},"alg":"{algorithm}","use":"sig","kid":"{kid}","nbf":{nbf},"exp":{exp}}}"#);
    Ok(Zeroizing::new(key))
}

/// The set without the keys whose time is over, and with `key`.
pub(super) fn with_key(jwks: &str, key: &str, now: f64, cache: u64) -> Result<String, SigningKeysError> {
    let old = dated::read(jwks)?;
    let is_over = |key: &DatedKey| key.exp.saturating_add(KEEP_AT_MOST) as f64 <= now;
    let texts = dated::texts(jwks)?;
    let kept = texts.iter().zip(&old).filter(|(_, key)| !is_over(key)).map(|(text, _)| *text);
    let texts: Vec<_> = kept.chain([key]).collect();
    let set = Zeroizing::new(set_of(&texts));
    let new = dated::read(&set)?;
    dated::check_no_gap(&new, now)?;
    dated::check_follows(&old, &new, now, cache)?;
    Ok(String::from(&**set))
}

pub(super) fn set_of(texts: &[&str]) -> String {
    let separated = texts.iter().flat_map(|text| [",", *text]).skip(1);
    let parts: Vec<_> = once(r#"{"keys":["#).chain(separated).chain(["]}"]).collect();
    // In one piece, so that no copy is left behind.
    parts.concat()
}
