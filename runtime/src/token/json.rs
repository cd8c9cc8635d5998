//! Strict reading of JSON: one object and nothing else, each name once, not too deep.

use std::{borrow::Cow, collections::HashSet, fmt};

use arrayvec::ArrayVec;
use serde::{
    Deserialize, Deserializer,
    de::{Error, MapAccess, SeqAccess, Visitor},
};

/// A string, borrowed where it is written without escapes.
#[derive(Debug, Deserialize, PartialEq, Eq, Hash)]
#[serde(transparent)]
pub(super) struct Text<'a>(#[serde(borrow)] pub(super) Cow<'a, str>);

/// The names of members so far.
#[derive(Default)]
pub(super) struct Names<'a> {
    /// Until there are more of them.
    few: ArrayVec<Cow<'a, str>, 16>,
    many: Option<HashSet<Cow<'a, str>>>,
}

impl<'a> Names<'a> {
    /// The name of the next member, which no member has had before; `None` at the end.
    pub(super) fn next<A: MapAccess<'a>>(&mut self, map: &mut A) -> Result<Option<Cow<'a, str>>, A::Error> {
        let Some(Text(name)) = map.next_key()? else { return Ok(None) };
        self.add(name.clone())?;
        Ok(Some(name))
    }

    /// An error where a member has had this name before.
    pub(super) fn add<E: Error>(&mut self, name: Cow<'a, str>) -> Result<(), E> {
        let is_new = match &mut self.many {
            Some(many) => many.insert(name),
            None if self.few.contains(&name) => false,
            None => {
                if let Err(full) = self.few.try_push(name) {
                    self.many = Some(self.few.drain(..).chain([full.element()]).collect());
                }
                true
            }
        };
        if is_new { Ok(()) } else { Err(named_twice()) }
    }
}

fn named_twice<E: Error>() -> E {
    E::custom("a member is named twice")
}

/// Reads the value of a member that has a place. `null` is a value of the wrong type, not an absent one.
pub(super) fn once<'a, T: Deserialize<'a>, A: MapAccess<'a>>(
    place: &mut Option<T>,
    map: &mut A,
) -> Result<(), A::Error> {
    if place.is_some() {
        return Err(named_twice());
    }
    *place = Some(map.next_value()?);
    Ok(())
}

/// A value that nobody asks for. It is read all the same: no name twice in it, and no deeper than serde_json reads.
struct Skipped;

/// Skips the value of a member whose name nobody knows.
pub(super) fn skip<'a, A: MapAccess<'a>>(map: &mut A) -> Result<(), A::Error> {
    map.next_value::<Skipped>().map(|Skipped| ())
}

impl<'de> Deserialize<'de> for Skipped {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Self)
    }
}

impl<'de> Visitor<'de> for Skipped {
    type Value = Self;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any value")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self, A::Error> {
        let mut names = Names::default();
        while names.next(&mut map)?.is_some() {
            map.next_value::<Self>()?;
        }
        Ok(self)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Self, A::Error> {
        while list.next_element::<Self>()?.is_some() {}
        Ok(self)
    }

    fn visit_str<E>(self, _: &str) -> Result<Self, E> {
        Ok(self)
    }

    fn visit_bool<E>(self, _: bool) -> Result<Self, E> {
        Ok(self)
    }

    fn visit_i64<E>(self, _: i64) -> Result<Self, E> {
        Ok(self)
    }

    fn visit_u64<E>(self, _: u64) -> Result<Self, E> {
        Ok(self)
    }

    fn visit_f64<E>(self, _: f64) -> Result<Self, E> {
        Ok(self)
    }

    fn visit_unit<E>(self) -> Result<Self, E> {
        Ok(self)
    }
}

#[cfg(test)]
mod tests {
    use super::Skipped;

    #[test]
    fn a_name_is_known_again_however_many_there_are() {
        let members = |names: &[usize]| {
            let members: Vec<_> = names.iter().map(|name| format!(r#""{name}":0"#)).collect();
            serde_json::from_str::<Skipped>(&format!("{{{}}}", members.join(","))).is_ok()
        };
        for count in [1, 2, 15, 16, 17, 18, 40] {
            let names: Vec<_> = (0..count).collect();
            assert!(members(&names), "{count}");
            for repeated in 0..count {
                assert!(!members(&[&names[..], &[repeated]].concat()), "{repeated} of {count}");
            }
        }
    }
}
