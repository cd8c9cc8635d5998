//! An issuer's key set: its text in, the keys that verify tokens out, and for each entry that is of no use the reason.
//!
//! An issuer lists its keys for everybody. One that is odd, or that only others can use, says nothing about the rest
//! (RFC 7517 §5), and the set as a whole still says which keys are withdrawn.

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
    json::Names,
    jwk::{self, Jwk},
    strict::skip,
    verification_key::{MOST_CANDIDATES, VerificationKey},
};

/// Of a set; providers have a handful.
const MAX_KEYS: usize = 100;
/// Of a `kid` in a log, in characters.
const SHOWN: usize = 64;

/// What a set brings.
#[derive(Clone, Default)]
pub(super) struct KeySet {
    pub(super) keys: Vec<VerificationKey>,
    pub(super) skipped: Vec<Skipped>,
}

/// An entry that is not used, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Skipped {
    /// From 0, as in `keys[0]`.
    place: usize,
    kid: Option<String>,
    pub(super) because: KeyError,
}

/// Its place, and its name if it has one.
impl fmt::Display for Skipped {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.kid {
            Some(kid) => write!(f, "keys[{}], kid {kid:?}", self.place),
            None => write!(f, "keys[{}]", self.place),
        }
    }
}

/// The keys of a set that verify with one of `algorithms`. A key that does not name its algorithm is bound to each that
/// suits it; one that is for something else is passed over, and one that is wrong is skipped.
pub(super) fn read(algorithms: &[Algorithm], set: &str) -> Result<KeySet, RefreshError> {
    let mut keys: Vec<(usize, VerificationKey)> = Vec::new();
    let mut skipped = Vec::new();
    for (place, entry) in entries(set)?.into_iter().enumerate() {
        match keys_of(algorithms, entry.get()) {
            // A key that is listed twice is one key.
            Ok(of_entry) => of_entry.into_iter().for_each(|key| {
                if !keys.iter().any(|(_, known)| is_same(known, &key)) {
                    keys.push((place, key));
                }
            }),
            Err(because) => skipped.push(Skipped { place, kid: kid(entry.get()), because }),
        }
    }
    let (keys, crowded) = without_crowds(keys);
    skipped.extend(crowded);
    skipped.sort_by_key(|skipped| skipped.place);
    Ok(KeySet { keys, skipped })
}

/// One entry, once for each of the algorithms that it is for.
fn keys_of(algorithms: &[Algorithm], entry: &str) -> Result<Vec<VerificationKey>, KeyError> {
    let jwk: Jwk<'_> = jwk::parse(entry)?;
    jwk.check_is_typed()?;
    let its = algorithms.iter().filter(|algorithm| jwk.is_offered_for(**algorithm));
    its.map(|&algorithm| VerificationKey::of(&jwk, algorithm)).collect()
}

fn is_same(one: &VerificationKey, other: &VerificationKey) -> bool {
    one.names() == other.names() && one.fingerprint() == other.fingerprint()
}

/// Two different keys of one name are both the issuer's, and a token with that name is tried with both, as one without a
/// name would be. Where there are more, none of them would be tried (see [`MOST_CANDIDATES`]): they are skipped.
fn without_crowds(keys: Vec<(usize, VerificationKey)>) -> (Vec<VerificationKey>, Vec<Skipped>) {
    let mut skipped: Vec<Skipped> = Vec::new();
    let mut kept = Vec::with_capacity(keys.len());
    for (place, key) in &keys {
        let namesakes = keys.iter().filter(|(_, other)| other.names() == key.names()).count();
        match key.kid() {
            Some(kid) if namesakes > MOST_CANDIDATES => {
                // Once, for however many algorithms it is.
                if skipped.last().is_none_or(|last| last.place != *place) {
                    let kid = Some(shortened(kid, SHOWN));
                    skipped.push(Skipped { place: *place, kid, because: KeyError::DuplicateId });
                }
            }
            _ => kept.push(key.clone()),
        }
    }
    (kept, skipped)
}

/// The `kid` of an entry that may be wrong in every other way.
fn kid(entry: &str) -> Option<String> {
    #[derive(Deserialize)]
    struct Named<'a> {
        #[serde(borrow)]
        kid: Cow<'a, str>,
    }
    serde_json::from_str(entry).ok().map(|Named { kid }| shortened(&kid, SHOWN))
}

/// The entries of a set, as they are written. No more is read than there may be.
fn entries(set: &str) -> Result<Vec<&RawValue>, RefreshError> {
    let mut entries = Vec::new();
    let mut json = serde_json::Deserializer::from_str(set);
    let read = Set(&mut entries).deserialize(&mut json).and_then(|()| json.end());
    match read {
        _ if entries.len() > MAX_KEYS => Err(RefreshError::TooManyKeys),
        Ok(()) => Ok(entries),
        Err(error) => Err(RefreshError::key_set(error)),
    }
}

/// A set, whose entries go to the list.
struct Set<'s, 'a>(&'s mut Vec<&'a RawValue>);

impl<'de> DeserializeSeed<'de> for Set<'_, 'de> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Set<'_, 'de> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON Web Key Set")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let (mut has_keys, mut names) = (false, Names::default());
        while let Some(name) = names.next(&mut map)? {
            if name == "keys" {
                has_keys = true;
                map.next_value_seed(Entries(&mut *self.0))?;
            } else {
                skip(&mut map)?;
            }
        }
        if has_keys { Ok(()) } else { Err(A::Error::missing_field("keys")) }
    }
}

/// The list of a set.
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
        f.write_str("a list of keys")
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
    use super::{DeserializeSeed, MAX_KEYS, Set};

    /// A document within its limit of size may have some 349,000 of them.
    #[test]
    fn reading_stops_at_the_first_entry_too_many() {
        let set = format!(r#"{{"keys":[{}{{}}]}}"#, "{},".repeat(349_000));
        let mut entries = Vec::new();
        assert!(Set(&mut entries).deserialize(&mut serde_json::Deserializer::from_str(&set)).is_err());
        assert_eq!(entries.len(), MAX_KEYS + 1);
    }
}
