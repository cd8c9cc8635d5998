//! The claim that holds the scopes of a token, and its format.

use std::{borrow::Cow, fmt};

use serde::{
    Deserialize, Deserializer,
    de::{Error, MapAccess, SeqAccess, Visitor},
};

use crate::{
    jose::{json::Names, strict::skip_value},
    scopes::set::Scopes,
};

/// The claim that holds the scopes of a token. The other two are ignored, whatever their type.
///
/// ```
/// use axum_scopes::{HmacKey, TokenVerifier, token::ScopeClaim};
///
/// // Tokens of FastAPI's older tutorials have a list under `scopes`.
/// let verifier = TokenVerifier::hs256(&HmacKey::new([7; 32])?).scope_claim(ScopeClaim::Scopes);
/// # Ok::<_, axum_scopes::jose::KeyError>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum ScopeClaim {
    /// `scope`, a string of names separated by spaces (RFC 8693 §4.2).
    #[default]
    Scope,
    /// `scopes`, a list of names.
    Scopes,
    /// `scp`, which some identity providers use: a list of names, or a string of names separated by spaces.
    Scp,
}

/// The value of a claim whose type is not checked yet.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum ScopeValue<'a> {
    Text(Cow<'a, str>),
    List(Vec<Cow<'a, str>>),
    Wrong,
}

impl ScopeClaim {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Scope => "scope",
            Self::Scopes => "scopes",
            Self::Scp => "scp",
        }
    }

    /// The scopes in the configured one of `scope`, `scopes` and `scp`: empty if it is absent, `None` if it has the wrong
    /// type.
    pub(super) fn granted(self, [scope, scopes, scp]: [&Option<ScopeValue<'_>>; 3]) -> Option<Scopes> {
        let (claim, text, list) = match self {
            Self::Scope => (scope, true, false),
            Self::Scopes => (scopes, false, true),
            Self::Scp => (scp, true, true),
        };
        match claim {
            None => Some(Scopes::new()),
            Some(ScopeValue::Text(names)) if text => Some(Scopes::from(names.as_ref())),
            Some(ScopeValue::List(names)) if list => Some(names.iter().collect()),
            Some(_) => None,
        }
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for ScopeValue<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(AnyValue)
    }
}

struct AnyValue;

macro_rules! wrong_types {
    ($($method:ident($Value:ty))*) => {
        $(
            fn $method<E>(self, _: $Value) -> Result<Self::Value, E> {
                Ok(ScopeValue::Wrong)
            }
        )*
    };
}

impl<'de> Visitor<'de> for AnyValue {
    type Value = ScopeValue<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any value")
    }

    fn visit_borrowed_str<E: Error>(self, text: &'de str) -> Result<Self::Value, E> {
        Ok(ScopeValue::Text(Cow::Borrowed(text)))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Self::Value, E> {
        Ok(ScopeValue::Text(Cow::Owned(text.to_owned())))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Self::Value, A::Error> {
        let mut list = Some(Vec::new());
        while let Some(item) = items.next_element()? {
            match (item, &mut list) {
                // A scope name has no space. Such text must not count as two names.
                (ScopeValue::Text(name), Some(list)) if !name.contains(' ') => list.push(name),
                _ => list = None,
            }
        }
        Ok(list.map_or(ScopeValue::Wrong, ScopeValue::List))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut names = Names::default();
        while names.next(&mut map)?.is_some() {
            skip_value(&mut map)?;
        }
        Ok(ScopeValue::Wrong)
    }

    wrong_types! { visit_bool(bool) visit_i64(i64) visit_u64(u64) visit_f64(f64) }

    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(ScopeValue::Wrong)
    }
}

#[cfg(test)]
mod tests {
    use super::{ScopeClaim, ScopeClaim::*, ScopeValue};

    /// What a value grants, under each of the three names in turn.
    fn granted(claim: ScopeClaim, json: &str) -> Option<String> {
        let value = serde_json::from_str::<ScopeValue<'_>>(json).ok();
        let claims = match claim {
            Scope => [&value, &None, &None],
            Scopes => [&None, &value, &None],
            Scp => [&None, &None, &value],
        };
        claim.granted(claims).map(|scopes| scopes.as_str().to_owned())
    }

    #[test]
    fn each_claim_has_its_form() {
        for (json, scope, scopes, scp) in [
            (r#""me items""#, Some("me items"), None, Some("me items")),
            (r#""m\u0065""#, Some("me"), None, Some("me")),
            (r#""""#, Some(""), None, Some("")),
            (r#"["me","items"]"#, None, Some("me items"), Some("me items")),
            (r#"["m\u0065"]"#, None, Some("me"), Some("me")),
            ("[]", None, Some(""), Some("")),
            // A name with a space in it is none, however it is written.
            (r#"["me items"]"#, None, None, None),
            (r#"["me\u0020items"]"#, None, None, None),
            (r#"["me",1]"#, None, None, None),
            (r#"["me",["items"]]"#, None, None, None),
            (r#"[["me"]]"#, None, None, None),
            (r#"{"me":true}"#, None, None, None),
            ("null", None, None, None),
            ("true", None, None, None),
            ("1", None, None, None),
            ("-1", None, None, None),
            ("1.5", None, None, None),
        ] {
            assert_eq!(granted(Scope, json).as_deref(), scope, "{json}");
            assert_eq!(granted(Scopes, json).as_deref(), scopes, "{json}");
            assert_eq!(granted(Scp, json).as_deref(), scp, "{json}");
        }
    }

    #[test]
    fn only_the_configured_claim_grants() {
        let [one, two, three] = ["one", "two", "three"].map(|name| Some(ScopeValue::Text(name.into())));
        assert_eq!(Scope.granted([&one, &two, &three]).as_ref().map(|scopes| scopes.as_str()), Some("one"));
        assert_eq!(Scp.granted([&one, &two, &three]).as_ref().map(|scopes| scopes.as_str()), Some("three"));
        for (claim, claims) in
            [(Scope, [&None, &two, &three]), (Scopes, [&one, &None, &three]), (Scp, [&one, &two, &None])]
        {
            assert!(claim.granted(claims).is_some_and(|scopes| scopes.is_empty()), "{claim:?}");
        }
    }
}
