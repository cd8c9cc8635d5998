//! A second look at claims that are parsed already: takes their JSON and the names that lead to one claim, yields its value.
//!
//! Only verifiers that are configured for such a claim look twice. The first look has refused repeated names and deep
//! nesting.

use std::{borrow::Cow, fmt};

use serde::{
    Deserializer,
    de::{DeserializeSeed, Error, IgnoredAny, MapAccess, SeqAccess, Visitor},
};

use super::scope_claim::ScopeValue;
use crate::{jose::json::Text, scopes::grammar::is_scope_token};

/// The text of the claim `name`; `None` if the claim is missing, is no text, or is empty.
pub(super) fn text<'a>(claims: &'a str, name: &str) -> Option<Cow<'a, str>> {
    match scopes(claims, &[name], false)? {
        ScopeValue::Text(text) if !text.is_empty() => Some(text),
        _ => None,
    }
}

/// The value to which `path` leads, from the claims inwards; `None` if a name is missing. A list holds scope names; any other
/// entry makes it [`Wrong`](ScopeValue::Wrong), unless `skips_others`.
pub(super) fn scopes<'a>(claims: &'a str, path: &[impl AsRef<str>], skips_others: bool) -> Option<ScopeValue<'a>> {
    let mut json = serde_json::Deserializer::from_str(claims);
    // Claims that cannot be read hold no scopes.
    At { path, skips_others }.deserialize(&mut json).unwrap_or(Some(ScopeValue::Wrong))
}

/// The rest of a path.
struct At<'p, N> {
    path: &'p [N],
    skips_others: bool,
}

impl<'de, N: AsRef<str>> DeserializeSeed<'de> for At<'_, N> {
    type Value = Option<ScopeValue<'de>>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

macro_rules! wrong_types {
    ($($method:ident($Value:ty))*) => {
        $(
            fn $method<E>(self, _: $Value) -> Result<Self::Value, E> {
                Ok(Some(ScopeValue::Wrong))
            }
        )*
    };
}

impl<'de, N: AsRef<str>> Visitor<'de> for At<'_, N> {
    type Value = Option<ScopeValue<'de>>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any value")
    }

    fn visit_borrowed_str<E: Error>(self, text: &'de str) -> Result<Self::Value, E> {
        Ok(Some(if self.path.is_empty() { ScopeValue::Text(Cow::Borrowed(text)) } else { ScopeValue::Wrong }))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Self::Value, E> {
        Ok(Some(if self.path.is_empty() { ScopeValue::Text(Cow::Owned(text.to_owned())) } else { ScopeValue::Wrong }))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Self::Value, A::Error> {
        let mut list = self.path.is_empty().then(Vec::new);
        while let Some(item) = items.next_element()? {
            match (item, &mut list) {
                (ScopeValue::Text(name), Some(list)) if is_scope_token(&name) => list.push(name),
                _ if self.skips_others => {}
                _ => list = None,
            }
        }
        Ok(Some(list.map_or(ScopeValue::Wrong, ScopeValue::List)))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut found = self.path.is_empty().then_some(ScopeValue::Wrong);
        while let Some(Text(name)) = map.next_key()? {
            match self.path {
                [next, path @ ..] if next.as_ref() == name => {
                    found = map.next_value_seed(At { path, skips_others: self.skips_others })?;
                }
                _ => map.next_value::<IgnoredAny>().map(drop)?,
            }
        }
        Ok(found)
    }

    wrong_types! { visit_bool(bool) visit_i64(i64) visit_u64(u64) visit_f64(f64) }

    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(Some(ScopeValue::Wrong))
    }
}
