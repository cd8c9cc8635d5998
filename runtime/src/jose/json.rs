//! What reading JSON strictly takes: text that borrows, and members whose names are all different.

use std::{borrow::Cow, collections::HashSet};

use arrayvec::ArrayVec;
use serde::{
    Deserialize,
    de::{Error, MapAccess},
};

/// A string, borrowed where it is written without escapes.
#[derive(Debug, Deserialize, PartialEq, Eq, Hash)]
#[serde(transparent)]
pub(crate) struct Text<'a>(#[serde(borrow)] pub(crate) Cow<'a, str>);

/// The names of members so far.
#[derive(Default)]
pub(crate) struct Names<'a> {
    /// Until there are more of them.
    few: ArrayVec<Cow<'a, str>, 16>,
    many: Option<HashSet<Cow<'a, str>>>,
}

impl<'a> Names<'a> {
    /// The name of the next member, which no member has had before; `None` at the end.
    pub(crate) fn next<A: MapAccess<'a>>(&mut self, map: &mut A) -> Result<Option<Cow<'a, str>>, A::Error> {
        let Some(Text(name)) = map.next_key()? else { return Ok(None) };
        self.add(name.clone())?;
        Ok(Some(name))
    }

    /// An error where a member has had this name before.
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
        if is_new { Ok(()) } else { Err(named_twice()) }
    }
}

fn named_twice<E: Error>() -> E {
    E::custom("a member is named twice")
}

/// Reads the value of a member that has a place. `null` is a value of the wrong type, not an absent one.
pub(crate) fn once<'a, T: Deserialize<'a>, A: MapAccess<'a>>(
    place: &mut Option<T>,
    map: &mut A,
) -> Result<(), A::Error> {
    if place.is_some() {
        return Err(named_twice());
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
