//! Bounded, strict JSON: bytes and a shape come in, and the few texts that the shape names go out. The rest is checked and dropped.

use std::{borrow::Cow, collections::HashSet, fmt};

use serde::{
    Deserializer,
    de::{DeserializeSeed, Error, MapAccess, SeqAccess, Visitor},
};

/// The most levels of objects and lists. The parsers of JSON behind this one take more, and then refuse or recurse.
const MOST_DEPTH: usize = 64;

/// The most texts of a list that are kept.
const MOST_TEXTS: usize = 100;

/// What is kept of a value.
#[derive(Clone, Copy)]
pub(super) enum Shape {
    Nothing,
    Text,
    Texts,
    Members(&'static [(&'static str, Shape)]),
}

/// What was kept of a value. `Other` is a value of another shape.
#[derive(Debug, Default, PartialEq)]
pub(super) enum Kept<'a> {
    #[default]
    Other,
    Text(Cow<'a, str>),
    Texts(Vec<Cow<'a, str>>),
    Members(Vec<(&'static str, Kept<'a>)>),
}

impl<'a> Kept<'a> {
    /// Reads one whole JSON text in UTF-8.
    pub(super) fn read(json: &'a [u8], shape: Shape) -> serde_json::Result<Self> {
        let mut reader = serde_json::Deserializer::from_slice(json);
        let kept = Value { shape, depth: MOST_DEPTH }.deserialize(&mut reader)?;
        reader.end()?;
        Ok(kept)
    }

    pub(super) fn has(&self, name: &str) -> bool {
        self.members().any(|(known, _)| known == name)
    }

    /// The member of this name, or `Other`.
    pub(super) fn member(&self, name: &str) -> &Self {
        self.members().find_map(|(known, value)| (known == name).then_some(value)).unwrap_or(&Kept::Other)
    }

    pub(super) fn text(&self) -> Option<&str> {
        if let Self::Text(text) = self { Some(text) } else { None }
    }

    fn members(&self) -> impl Iterator<Item = (&'static str, &Self)> {
        let members = if let Self::Members(members) = self { &members[..] } else { &[] };
        members.iter().map(|(name, value)| (*name, value))
    }
}

/// A value of which this is kept.
struct Value {
    shape: Shape,
    /// How many levels it may have.
    depth: usize,
}

impl Value {
    /// The level below.
    fn below<E: Error>(&self) -> Result<usize, E> {
        self.depth.checked_sub(1).ok_or_else(|| E::custom("nested too deep"))
    }
}

impl<'de> DeserializeSeed<'de> for Value {
    type Value = Kept<'de>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Kept<'de>, D::Error> {
        deserializer.deserialize_any(self)
    }
}

macro_rules! other {
    ($($method:ident($Value:ty))*) => {
        $(
            fn $method<E: Error>(self, _: $Value) -> Result<Kept<'de>, E> {
                Ok(Kept::Other)
            }
        )*
    };
}

impl<'de> Visitor<'de> for Value {
    type Value = Kept<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    other! { visit_bool(bool) visit_i64(i64) visit_u64(u64) visit_f64(f64) }

    fn visit_unit<E: Error>(self) -> Result<Kept<'de>, E> {
        Ok(Kept::Other)
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Kept<'de>, E> {
        Ok(if let Shape::Text = self.shape { Kept::Text(Cow::Owned(text.to_owned())) } else { Kept::Other })
    }

    fn visit_borrowed_str<E: Error>(self, text: &'de str) -> Result<Kept<'de>, E> {
        Ok(if let Shape::Text = self.shape { Kept::Text(Cow::Borrowed(text)) } else { Kept::Other })
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Kept<'de>, A::Error> {
        let depth = self.below()?;
        let is_kept = matches!(self.shape, Shape::Texts);
        let shape = if is_kept { Shape::Text } else { Shape::Nothing };
        let mut texts = Vec::new();
        let mut is_whole = true;
        while let Some(value) = list.next_element_seed(Value { shape, depth })? {
            match value {
                Kept::Text(text) if texts.len() < MOST_TEXTS => texts.push(text),
                _ => is_whole = false,
            }
        }
        Ok(if is_kept && is_whole { Kept::Texts(texts) } else { Kept::Other })
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Kept<'de>, A::Error> {
        let depth = self.below()?;
        let shapes = if let Shape::Members(shapes) = self.shape { shapes } else { &[] };
        let mut names = HashSet::new();
        let mut members = Vec::new();
        while let Some(name) = map.next_key_seed(Name)? {
            // Parsers take the first one, or the last one, or both.
            if names.contains(&name) {
                return Err(A::Error::custom("a member is repeated"));
            }
            let known = shapes.iter().find(|(known, _)| known.eq_ignore_ascii_case(&name));
            // There are parsers that take `Name` for `name`.
            if known.is_some_and(|(known, _)| *known != name) {
                return Err(A::Error::custom("a member's name differs from one of MCP in its case only"));
            }
            let shape = known.map_or(Shape::Nothing, |(_, shape)| *shape);
            let value = map.next_value_seed(Value { shape, depth })?;
            members.extend(known.map(|(known, _)| (*known, value)));
            names.insert(name);
        }
        Ok(if shapes.is_empty() { Kept::Other } else { Kept::Members(members) })
    }
}

/// The name of a member.
struct Name;

impl<'de> DeserializeSeed<'de> for Name {
    type Value = Cow<'de, str>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Cow<'de, str>, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl<'de> Visitor<'de> for Name {
    type Value = Cow<'de, str>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a name")
    }

    fn visit_str<E: Error>(self, name: &str) -> Result<Cow<'de, str>, E> {
        Ok(Cow::Owned(name.to_owned()))
    }

    fn visit_borrowed_str<E: Error>(self, name: &'de str) -> Result<Cow<'de, str>, E> {
        Ok(Cow::Borrowed(name))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SHAPE: Shape = Shape::Members(&[
        ("name", Shape::Text),
        ("list", Shape::Texts),
        ("inner", Shape::Members(&[("uri", Shape::Text)])),
        ("rest", Shape::Nothing),
    ]);

    fn read(json: &str) -> Option<Kept<'_>> {
        Kept::read(json.as_bytes(), SHAPE).ok()
    }

    #[test]
    fn only_what_the_shape_names_is_kept() {
        let kept = read(r#"{"name":"a","x":{"name":"b"},"inner":{"uri":"\u0061","y":1},"list":["a","b"],"rest":[1]}"#);
        let kept = kept.unwrap_or_default();
        assert_eq!((kept.member("name").text(), kept.member("inner").member("uri").text()), (Some("a"), Some("a")));
        assert_eq!(kept.member("list"), &Kept::Texts(vec!["a".into(), "b".into()]));
        assert!(kept.has("rest") && !kept.has("x") && kept.member("rest") == &Kept::Other);
        for json in ["[]", "1", "null", "true", "-1", "1.5", r#""a""#] {
            assert_eq!(read(json), Some(Kept::Other), "{json}");
        }
        for json in [r#"{"name":1}"#, r#"{"name":["a"]}"#, r#"{"name":null}"#, r#"{"name":{"name":"a"}}"#] {
            assert_eq!(read(json).unwrap_or_default().member("name"), &Kept::Other, "{json}");
        }
        let long = format!(r#"{{"list":["a"{}]}}"#, r#","a""#.repeat(MOST_TEXTS));
        for json in [r#"{"list":["a",1]}"#, r#"{"list":"a"}"#, &long] {
            assert_eq!(read(json).unwrap_or_default().member("list"), &Kept::Other, "{json}");
        }
    }

    #[test]
    fn what_parsers_read_differently_is_refused() {
        for json in [
            r#"{"name":"a","name":"b"}"#,
            r#"{"name":"a","n\u0061me":"b"}"#,
            r#"{"x":{"a":1,"a":1}}"#,
            r#"{"x":[{"a":1,"a":1}]}"#,
            r#"{"Name":"a"}"#,
            r#"{"name":"a","NAME":"b"}"#,
            r#"{"inner":{"URI":"a"}}"#,
            "{}{}",
            "{} x",
            "{\"name\":\"a\"}\0",
            "\u{feff}{}",
            "{'name':'a'}",
            "{\"name\":\"a\",}",
            "{/**/}",
            "NaN",
            r#"{"name":"\ud800"}"#,
            "{\"name\":\"a\nb\"}",
            "",
            " ",
        ] {
            assert_eq!(read(json), None, "{json}");
        }
        assert!(Kept::read(b"{\"name\":\"\xff\"}", SHAPE).is_err());
        assert!(Kept::read(b"{\"\xc3\x28\":1}", SHAPE).is_err());
        let utf16: Vec<u8> = "{}".encode_utf16().flat_map(u16::to_be_bytes).collect();
        assert!(Kept::read(&utf16, SHAPE).is_err());
    }

    #[test]
    fn depth_is_bounded() {
        let nested = |depth: usize| "[".repeat(depth) + &"]".repeat(depth);
        assert!(read(&nested(MOST_DEPTH)).is_some());
        assert!(read(&nested(MOST_DEPTH + 1)).is_none());
        assert!(read(&"[".repeat(1 << 20)).is_none());
        assert!(read(&r#"{"a":"#.repeat(1 << 18)).is_none());
    }
}
