//! The claim `aud` (RFC 7519 §4.1.3).

use std::{borrow::Cow, fmt};

use serde::{
    Deserialize, Deserializer,
    de::{Error, SeqAccess, Visitor},
};

use crate::jose::json::Text;

/// One audience or a list.
pub(crate) enum Audience<'a> {
    One(Cow<'a, str>),
    Many(Vec<Text<'a>>),
}

impl Audience<'_> {
    /// Whether it names at least one of `audiences`.
    pub(crate) fn names_any(&self, audiences: &[String]) -> bool {
        let is_ours = |one: &str| audiences.iter().any(|audience| audience == one);
        match self {
            Self::One(one) => is_ours(one),
            Self::Many(many) => many.iter().any(|Text(one)| is_ours(one)),
        }
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Audience<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct OneOrMany;
        impl<'de> Visitor<'de> for OneOrMany {
            type Value = Audience<'de>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a string or a list of strings")
            }
            fn visit_borrowed_str<E: Error>(self, text: &'de str) -> Result<Self::Value, E> {
                Ok(Audience::One(Cow::Borrowed(text)))
            }
            fn visit_str<E: Error>(self, text: &str) -> Result<Self::Value, E> {
                Ok(Audience::One(Cow::Owned(text.to_owned())))
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Self::Value, A::Error> {
                let mut many = Vec::new();
                while let Some(one) = list.next_element()? {
                    many.push(one);
                }
                Ok(Audience::Many(many))
            }
        }
        deserializer.deserialize_any(OneOrMany)
    }
}
