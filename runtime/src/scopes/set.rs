//! Scopes as they travel in tokens and forms: one string of names with spaces between them.

use std::{collections::HashSet, fmt};

use arrayvec::ArrayVec;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::grants::Grants;
use crate::text::short::Short;

/// Granted or requested scopes, in the order of their first occurrence.
///
/// The text form is the `scope` of RFC 6749 §3.3: names with one space between them. Reading accepts any number of spaces, and
/// drops repeats. Other white space does not separate names.
///
/// ```
/// use axum_scopes::Scopes;
///
/// let scopes = Scopes::from("  me   items me ");
/// assert_eq!(scopes.as_str(), "me items");
/// assert!(scopes.contains("items"));
/// assert_eq!(scopes.iter().collect::<Vec<_>>(), ["me", "items"]);
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Scopes(Short);

impl Scopes {
    /// No scopes at all.
    ///
    /// ```
    /// assert!(axum_scopes::Scopes::new().is_empty());
    /// ```
    #[must_use]
    pub const fn new() -> Self {
        Self(Short::EMPTY)
    }

    /// The names with one space between them.
    ///
    /// ```
    /// assert_eq!(axum_scopes::Scopes::from_iter(["me", "items"]).as_str(), "me items");
    /// ```
    #[must_use]
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }

    /// The names, in the order of their first occurrence.
    ///
    /// ```
    /// assert_eq!(axum_scopes::Scopes::from("me items").iter().count(), 2);
    /// ```
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        names(self.as_str())
    }

    /// Whether `scope` is one of them. Names are compared byte for byte.
    ///
    /// ```
    /// assert!(!axum_scopes::Scopes::from("items").contains("ITEMS"));
    /// ```
    #[must_use]
    pub fn contains(&self, scope: &str) -> bool {
        self.grants(scope)
    }

    /// Whether there are none.
    ///
    /// ```
    /// assert!(axum_scopes::Scopes::from("   ").is_empty());
    /// ```
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.as_str().is_empty()
    }
}

#[diagnostic::do_not_recommend]
impl Grants for Scopes {
    fn grants(&self, scope: &str) -> bool {
        let mut names = self.as_str().as_bytes().split(|byte| *byte == b' ');
        names.any(|granted| granted == scope.as_bytes() && !granted.is_empty())
    }
}

fn names(text: &str) -> impl Iterator<Item = &str> {
    text.split(' ').filter(|name| !name.is_empty())
}

/// An item that contains spaces counts as several names.
impl<T: AsRef<str>> FromIterator<T> for Scopes {
    fn from_iter<I: IntoIterator<Item = T>>(list: I) -> Self {
        let mut text = String::new();
        for item in list {
            text.push(' ');
            text.push_str(item.as_ref());
        }
        Self::from(text.as_str())
    }
}

/// Up to this many bytes, a search through the names is faster than hashing them.
const SHORT: usize = 256;

impl From<&str> for Scopes {
    fn from(text: &str) -> Self {
        if is_joined(text) {
            return Self(Short::from(text));
        }
        let mut joined = Short::new();
        let mut seen = (text.len() > SHORT).then(HashSet::new);
        for name in names(text) {
            let is_new = match &mut seen {
                Some(seen) => seen.insert(name),
                None => !names(joined.as_str()).any(|known| known == name),
            };
            if !is_new {
                continue;
            }
            if !joined.as_str().is_empty() {
                joined.push_str(" ");
            }
            joined.push_str(name);
        }
        Self(joined)
    }
}

/// Whether the text already has its final form, as nearly always: a few names, each once, with one space between them.
fn is_joined(text: &str) -> bool {
    let mut before = ArrayVec::<&[u8], 16>::new();
    let mut names = text.as_bytes().split(|byte| *byte == b' ');
    names.all(|name| !name.is_empty() && !before.contains(&name) && before.try_push(name).is_ok())
}

impl fmt::Display for Scopes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Serialize for Scopes {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

/// Only a string is a `scope`. A list and a number are not.
impl<'de> Deserialize<'de> for Scopes {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Text;
        impl serde::de::Visitor<'_> for Text {
            type Value = Scopes;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a string of scopes separated by spaces")
            }
            fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Scopes, E> {
                Ok(Scopes::from(text))
            }
        }
        deserializer.deserialize_str(Text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stand_apart_by_spaces_and_stay_once() {
        let long = (0..100).map(|i| format!("scope-{i}")).collect::<Vec<_>>().join(" ");
        for (text, joined) in [
            ("", ""),
            ("   ", ""),
            ("a b", "a b"),
            (" a  b ", "a b"),
            ("a b a", "a b"),
            ("a\tb", "a\tb"),
            (&long, &long),
            (&format!("{long} {long}"), &long),
        ] {
            let scopes = Scopes::from(text);
            assert_eq!(scopes.as_str(), joined);
            assert_eq!(scopes.to_string(), joined);
            assert!(scopes.iter().eq(joined.split(' ').filter(|name| !name.is_empty())), "{text}");
            assert_eq!(scopes.is_empty(), joined.is_empty());
        }
        let scopes = Scopes::from("a bc");
        assert!(scopes.contains("a") && scopes.contains("bc"));
        assert!(!scopes.contains("b") && !scopes.contains("") && !scopes.contains("a bc"));
    }

    #[test]
    fn only_a_string_is_read() {
        assert_eq!(serde_json::from_str::<Scopes>(r#"" a b""#).ok(), Some(Scopes::from("a b")));
        for other in [r#"["a"]"#, "1", "null", r#"{"a":"b"}"#] {
            let error = serde_json::from_str::<Scopes>(other).map(|_| ()).map_err(|error| error.to_string());
            assert!(error.is_err_and(|error| error.contains("a string of scopes separated by spaces")), "{other}");
        }
    }
}
