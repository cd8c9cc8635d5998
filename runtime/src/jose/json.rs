//! Parts of strict JSON parsing: borrowed strings, and checks that the member names of an object are unique.

use std::{borrow::Cow, collections::HashSet};

use arrayvec::ArrayVec;
use serde::{
    Deserialize,
    de::{Error, MapAccess},
};

/// A string, borrowed if it has no escapes.
#[derive(Debug, Deserialize, PartialEq, Eq, Hash)]
#[serde(transparent)]
pub(crate) struct Text<'a>(#[serde(borrow)] pub(crate) Cow<'a, str>);

/// The member names that an object has had so far.
#[derive(Default)]
pub(crate) struct Names<'a> {
    /// All names, until there are more than fit; then they move to `many`.
    few: ArrayVec<Cow<'a, str>, 16>,
    many: Option<HashSet<Cow<'a, str>>>,
}

impl<'a> Names<'a> {
    /// The name of the next member; `None` at the end. A repeated name is an error.
    pub(crate) fn next<A: MapAccess<'a>>(&mut self, map: &mut A) -> Result<Option<Cow<'a, str>>, A::Error> {
        let Some(Text(name)) = map.next_key()? else { return Ok(None) };
        self.add(name.clone())?;
        Ok(Some(name))
    }

    /// Adds a name. A repeated name is an error.
    pub(crate) fn add<E: Error>(&mut self, name: Cow<'a, str>) -> Result<(), E> {
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
        if is_new { Ok(()) } else { Err(repeated()) }
    }
}

fn repeated<E: Error>() -> E {
    E::custom("a member is repeated")
}

/// Parses a member's value into `place`. A second value is an error. `null` has the wrong type; it is not an absent member.
pub(crate) fn once<'a, T: Deserialize<'a>, A: MapAccess<'a>>(
    place: &mut Option<T>,
    map: &mut A,
) -> Result<(), A::Error> {
    if place.is_some() {
        return Err(repeated());
    }
    *place = Some(map.next_value()?);
    Ok(())
}

#[cfg(test)]
mod tests {
    use serde::de::IgnoredAny;

    use crate::jose::strict::read;

    #[test]
    fn a_repeated_name_is_found_among_any_number_of_names() {
        let members = |names: &[usize]| {
            let members: Vec<_> = names.iter().map(|name| format!(r#""{name}":0"#)).collect();
            read::<IgnoredAny>(&format!("{{{}}}", members.join(","))).is_ok()
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
