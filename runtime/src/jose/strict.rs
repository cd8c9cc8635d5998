//! Strict JSON parsing: takes a text, yields a value. Repeated member names, at any depth, and trailing text are errors.

use std::{borrow::Cow, fmt, marker::PhantomData};

use serde::{
    Deserialize, Deserializer,
    de::{
        DeserializeSeed, Error, IgnoredAny, IntoDeserializer, MapAccess, SeqAccess, Visitor, value::CowStrDeserializer,
    },
    forward_to_deserialize_any,
};
use serde_json::value::RawValue;

use super::json::Names;

/// Parses a whole text with the rules of [`Strict`].
pub(crate) fn read<'a, T: Deserialize<'a>>(json: &'a str) -> serde_json::Result<T> {
    let mut reader = serde_json::Deserializer::from_str(json);
    let value = T::deserialize(Strict(&mut reader))?;
    reader.end()?;
    Ok(value)
}

/// Skips the value of an unknown member. Repeated names in it and too deep nesting are errors all the same.
pub(crate) fn skip_value<'a, A: MapAccess<'a>>(map: &mut A) -> Result<(), A::Error> {
    map.next_value_seed(Strict(PhantomData::<IgnoredAny>)).map(|IgnoredAny| ())
}

/// The text of a JSON value that keeps the rules of [`Strict`].
#[cfg_attr(
    not(any(test, feature = "dpop", feature = "issuer", feature = "login")),
    expect(dead_code, reason = "others check such a value without using it")
)]
pub(crate) struct Raw<'a>(&'a RawValue);

impl<'a> Raw<'a> {
    #[cfg(any(test, feature = "dpop", feature = "issuer", feature = "login"))]
    pub(crate) fn as_str(&self) -> &'a str {
        self.0.get()
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Raw<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let raw = <&RawValue>::deserialize(deserializer)?;
        read::<IgnoredAny>(raw.get()).map_err(D::Error::custom)?;
        Ok(Self(raw))
    }
}

/// Wraps a deserializer, a visitor, a seed or a list, and makes it strict:
///
/// - the names in an object are unique (RFC 7515 §4, RFC 7519 §4), also in values that are skipped;
/// - a struct is an object, not a list of its members' values;
/// - `null` is a value of the wrong type, not an absent member.
struct Strict<T>(T);

impl<'de, D: Deserializer<'de>> Deserializer<'de> for Strict<D> {
    type Error = D::Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, D::Error> {
        self.0.deserialize_any(Strict(visitor))
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, D::Error> {
        visitor.visit_some(self)
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, D::Error> {
        self.0.deserialize_map(Strict(visitor))
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, name: &'static str, visitor: V) -> Result<V::Value, D::Error> {
        self.0.deserialize_newtype_struct(name, Strict(visitor))
    }

    // `ignored_any` is among them, so that skipped values are parsed too.
    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit unit_struct seq tuple
        tuple_struct map enum identifier ignored_any
    }
}

macro_rules! visit {
    ($($method:ident($Value:ty))*) => {
        $(
            fn $method<E: Error>(self, value: $Value) -> Result<V::Value, E> {
                self.0.$method(value)
            }
        )*
    };
}

impl<'de, V: Visitor<'de>> Visitor<'de> for Strict<V> {
    type Value = V::Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.expecting(f)
    }

    visit! { visit_bool(bool) visit_i64(i64) visit_u64(u64) visit_f64(f64) visit_str(&str) visit_borrowed_str(&'de str) }

    fn visit_unit<E: Error>(self) -> Result<V::Value, E> {
        self.0.visit_unit()
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, deserializer: D) -> Result<V::Value, D::Error> {
        self.0.visit_newtype_struct(Strict(deserializer))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, list: A) -> Result<V::Value, A::Error> {
        self.0.visit_seq(Strict(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<V::Value, A::Error> {
        self.0.visit_map(Unique { map, names: Names::default() })
    }
}

impl<'de, S: DeserializeSeed<'de>> DeserializeSeed<'de> for Strict<S> {
    type Value = S::Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<S::Value, D::Error> {
        self.0.deserialize(Strict(deserializer))
    }
}

impl<'de, A: SeqAccess<'de>> SeqAccess<'de> for Strict<A> {
    type Error = A::Error;

    fn next_element_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>, A::Error> {
        self.0.next_element_seed(Strict(seed))
    }
}

/// Members with unique names.
struct Unique<'de, A> {
    map: A,
    names: Names<'de>,
}

impl<'de, A: MapAccess<'de>> MapAccess<'de> for Unique<'de, A> {
    type Error = A::Error;

    fn next_key_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>, A::Error> {
        let Some(name) = self.names.next(&mut self.map)? else { return Ok(None) };
        let name: CowStrDeserializer<'_, A::Error> = Cow::into_deserializer(name);
        seed.deserialize(name).map(Some)
    }

    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value, A::Error> {
        self.map.next_value_seed(Strict(seed))
    }
}

#[cfg(test)]
mod tests {
    use std::borrow::Cow;

    use serde::Deserialize;

    use super::{Raw, read};
    use crate::jose::json::Text;

    #[derive(Debug, Deserialize, PartialEq)]
    struct Outer<'a> {
        #[serde(borrow)]
        name: Option<Text<'a>>,
        count: Option<u64>,
        share: Option<f64>,
        is_open: Option<bool>,
        inner: Option<Inner>,
        list: Option<Vec<Inner>>,
    }

    #[derive(Debug, Deserialize, PartialEq)]
    struct Inner {
        x: i64,
    }

    #[test]
    fn derived_types_are_read_strictly() {
        for (json, is_read) in [
            ("{}", true),
            (r#"{"name":"a","count":1,"share":0.5,"is_open":true,"inner":{"x":-1},"list":[{"x":1},{"x":2}]}"#, true),
            (r#"{"other":{"a":[1,-1,1.5,true,null,"",{"a":1}]}}"#, true),
            // A name twice: known, unknown, written with an escape, and further in.
            (r#"{"name":"a","name":"a"}"#, false),
            (r#"{"other":1,"other":1}"#, false),
            (r#"{"other":1,"oth\u0065r":1}"#, false),
            (r#"{"other":{"a":1,"a":1}}"#, false),
            (r#"{"other":[[{"a":1,"a":1}]]}"#, false),
            (r#"{"inner":{"x":1,"y":1,"y":1}}"#, false),
            (r#"{"list":[{"x":1},{"x":1,"y":{"a":1,"a":1}}]}"#, false),
            // Values of other types.
            ("[]", false),
            (r#"["a"]"#, false),
            ("null", false),
            (r#"{"inner":[1]}"#, false),
            (r#"{"list":[[1]]}"#, false),
            (r#"{"name":null}"#, false),
            (r#"{"inner":null}"#, false),
            (r#"{"name":1}"#, false),
            (r#"{"count":-1}"#, false),
            ("{}x", false),
            ("{}{}", false),
            ("{", false),
            ("", false),
        ] {
            assert_eq!(read::<Outer<'_>>(json).is_ok(), is_read, "{json}");
        }
    }

    #[test]
    fn text_is_borrowed_where_it_has_no_escapes() {
        let is_borrowed =
            |json| matches!(read::<Outer<'_>>(json), Ok(Outer { name: Some(Text(Cow::Borrowed("a"))), .. }));
        assert!(is_borrowed(r#"{"name":"a"}"#));
        assert!(!is_borrowed(r#"{"name":"\u0061"}"#));
    }

    #[test]
    fn raw_text_is_read_strictly() {
        for (json, expected) in [
            (r#"{"a":[1,{"b":null}]}"#, true),
            ("1", true),
            (r#"{"a":1,"a":1}"#, false),
            (r#"[{"a":1,"\u0061":1}]"#, false),
            (r#""\ud800""#, false),
            ("[1]2", false),
        ] {
            let raw = read::<Raw<'_>>(json).map(|raw| raw.as_str());
            assert_eq!(raw.ok(), expected.then_some(json), "{json}");
        }
    }
}
