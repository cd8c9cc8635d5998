//! An issuer's key set: takes its text, yields the keys that verify tokens, and the skipped entries with the reason.
//!
//! An entry that cannot be used does not affect the others (RFC 7517 §5).

use std::{borrow::Cow, fmt};

use serde::{
    Deserialize, Deserializer,
    de::{DeserializeSeed, Error, MapAccess, SeqAccess, Visitor},
};
use serde_json::value::RawValue;

use super::error::{RefreshError, shortened};
use crate::jose::{
    algorithm::Algorithm,
    error::KeyError,
    json::{Names, Text},
    jwk::{self, Jwk},
    strict::{self, skip_value},
    verification_key::{MOST_CANDIDATES, VerificationKey},
};
use crate::token::tenants;

/// The most keys of a set. Providers have a handful.
const MAX_KEYS: usize = 100;
/// The most characters of a `kid` in a log.
const SHOWN: usize = 64;

/// The content of a set.
#[derive(Clone, Default)]
pub(super) struct KeySet {
    pub(super) keys: Vec<VerificationKey>,
    pub(super) skipped: Vec<Skipped>,
}

/// An entry that is not used, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Skipped {
    /// From 0, as in `keys[0]`.
    index: usize,
    kid: Option<String>,
    pub(super) reason: KeyError,
}

/// The index, and the `kid` if there is one.
impl fmt::Display for Skipped {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.kid {
            Some(kid) => write!(f, "keys[{}], kid {kid:?}", self.index),
            None => write!(f, "keys[{}]", self.index),
        }
    }
}

/// Reads the keys of `issuer`, a URL or a template, that verify with one of `algorithms`. A key without `alg` is bound to
/// each that fits. A key for another purpose is ignored, an invalid one is skipped and reported.
pub(super) fn read(issuer: &str, algorithms: &[Algorithm], set: &str) -> Result<KeySet, RefreshError> {
    let mut keys: Vec<(usize, VerificationKey)> = Vec::new();
    let mut skipped = Vec::new();
    for (index, entry) in entries(set)?.into_iter().enumerate() {
        match keys_of(issuer, algorithms, entry.get()) {
            // A key that is listed twice is one key.
            Ok(of_entry) => of_entry.into_iter().for_each(|key| {
                if !keys.iter().any(|(_, known)| is_same(known, &key)) {
                    keys.push((index, key));
                }
            }),
            Err(reason) => skipped.push(Skipped { index, kid: kid(entry.get()), reason }),
        }
    }
    let (keys, crowded) = without_crowds(keys);
    skipped.extend(crowded);
    skipped.sort_by_key(|skipped| skipped.index);
    Ok(KeySet { keys, skipped })
}

/// The key of an entry, once for each algorithm that it is for.
fn keys_of(issuer: &str, algorithms: &[Algorithm], entry: &str) -> Result<Vec<VerificationKey>, KeyError> {
    let jwk: Jwk<'_> = jwk::parse(entry)?;
    jwk.check_is_typed()?;
    let only = issuer_of(issuer, entry)?;
    let suitable = algorithms.iter().filter(|algorithm| jwk.is_offered_for(**algorithm));
    let bound = |algorithm| Ok(VerificationKey::from_parsed(&jwk, algorithm)?.of_issuer(only.clone()));
    suitable.map(|&algorithm| bound(algorithm)).collect()
}

/// The only issuer whose tokens the key may sign, if that is not every issuer of the set. Sets of Microsoft Entra have keys
/// of several issuers, each with a member `issuer`, which is a URL or a template.
fn issuer_of(of_set: &str, entry: &str) -> Result<Option<Box<str>>, KeyError> {
    #[derive(Deserialize)]
    struct Issued<'a> {
        #[serde(borrow)]
        issuer: Option<Text<'a>>,
    }
    let Issued { issuer } = strict::read(entry).map_err(|_| KeyError::Issuer)?;
    match issuer {
        None => Ok(None),
        Some(Text(of_key)) if of_key == of_set || tenants::tenant(&of_key, of_set).is_some() => Ok(None),
        Some(Text(of_key)) if tenants::tenant(of_set, &of_key).is_some() => Ok(Some(of_key.into())),
        Some(_) => Err(KeyError::Issuer),
    }
}

fn is_same(one: &VerificationKey, other: &VerificationKey) -> bool {
    one.kid_and_algorithm() == other.kid_and_algorithm()
        && one.fingerprint() == other.fingerprint()
        && one.issuer() == other.issuer()
}

/// Skips keys that share `kid` and algorithm, if there are more than [`MOST_CANDIDATES`], because a token would be tried with
/// none of them. A token is tried with each of two such keys.
fn without_crowds(keys: Vec<(usize, VerificationKey)>) -> (Vec<VerificationKey>, Vec<Skipped>) {
    let mut skipped: Vec<Skipped> = Vec::new();
    let mut kept = Vec::with_capacity(keys.len());
    for (index, key) in &keys {
        let namesakes = keys.iter().filter(|(_, other)| other.kid_and_algorithm() == key.kid_and_algorithm()).count();
        match key.kid() {
            Some(kid) if namesakes > MOST_CANDIDATES => {
                // An entry for several algorithms is reported once.
                if skipped.last().is_none_or(|last| last.index != *index) {
                    let kid = Some(shortened(kid, SHOWN));
                    skipped.push(Skipped { index: *index, kid, reason: KeyError::DuplicateId });
                }
            }
            _ => kept.push(key.clone()),
        }
    }
    (kept, skipped)
}

/// The `kid` of an entry that may be invalid otherwise.
fn kid(entry: &str) -> Option<String> {
    #[derive(Deserialize)]
    struct Named<'a> {
        #[serde(borrow)]
        kid: Cow<'a, str>,
    }
    serde_json::from_str(entry).ok().map(|Named { kid }| shortened(&kid, SHOWN))
}

/// The entries of a set, as written. Reading stops after one too many.
fn entries(set: &str) -> Result<Vec<&RawValue>, RefreshError> {
    let mut entries = Vec::new();
    let mut json = serde_json::Deserializer::from_str(set);
    let read = json.deserialize_map(Entries(&mut entries)).and_then(|()| json.end());
    match read {
        _ if entries.len() > MAX_KEYS => Err(RefreshError::TooManyKeys),
        Ok(()) => Ok(entries),
        Err(error) => Err(RefreshError::key_set(error)),
    }
}

/// Adds the entries of a set, and of its list `keys`, to a vector.
struct Entries<'s, 'a>(&'s mut Vec<&'a RawValue>);

impl<'de> DeserializeSeed<'de> for Entries<'_, 'de> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for Entries<'_, 'de> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON Web Key Set, which has a list of keys")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let (mut has_keys, mut names) = (false, Names::default());
        while let Some(name) = names.next(&mut map)? {
            if name == "keys" {
                has_keys = true;
                map.next_value_seed(Entries(&mut *self.0))?;
            } else {
                skip_value(&mut map)?;
            }
        }
        if has_keys { Ok(()) } else { Err(A::Error::missing_field("keys")) }
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        while let Some(entry) = list.next_element()? {
            self.0.push(entry);
            if self.0.len() > MAX_KEYS {
                return Err(A::Error::custom("too many keys"));
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::{Deserializer, Entries, MAX_KEYS};

    /// A document within its limit of size may have some 349,000 of them.
    #[test]
    fn reading_stops_at_the_first_entry_too_many() {
        let set = format!(r#"{{"keys":[{}{{}}]}}"#, "{},".repeat(349_000));
        let mut entries = Vec::new();
        assert!(serde_json::Deserializer::from_str(&set).deserialize_map(Entries(&mut entries)).is_err());
        assert_eq!(entries.len(), MAX_KEYS + 1);
    }
}
