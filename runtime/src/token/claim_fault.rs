//! Finds the claim at fault: takes the claims of a refused token, yields the error for the log. Parsing them a second time
//! may be slow, because their signature is good.

use std::fmt;

use serde::{
    Deserialize, Deserializer,
    de::{DeserializeSeed, IgnoredAny, MapAccess, Visitor},
};
use serde_json::Value;

use super::{audience::Audience, confirmation::Confirmation, error::TokenError, numeric_date::NumericDate};

/// A claim, and the check of its type.
type Typed = (&'static str, fn(&Value) -> bool);

const TYPES: [Typed; 8] = [
    ("sub", Value::is_string),
    ("exp", is_date),
    ("nbf", is_date),
    ("iat", is_date),
    ("iss", Value::is_string),
    ("aud", |value| Audience::deserialize(value).is_ok()),
    ("jti", Value::is_string),
    ("cnf", |value| Confirmation::deserialize(value).is_ok()),
];

/// The error for claims that cannot be parsed.
pub(super) fn find(claims: &str) -> TokenError {
    let Ok(members) = members(claims, &TYPES.map(|(claim, _)| claim)) else { return TokenError::Claims };
    let wrong = |((claim, is_of_type), value): (Typed, Option<Value>)| {
        let value = value.filter(|value| !is_of_type(value))?;
        let is_date = matches!(claim, "exp" | "nbf" | "iat");
        let found = if is_date && value.is_number() { "a number out of range" } else { type_name(&value) };
        Some(TokenError::WrongClaim { claim, found })
    };
    // If each has its type, one is repeated.
    TYPES.into_iter().zip(members).find_map(wrong).unwrap_or(TokenError::Claims)
}

/// The error for a claim that is present and has the wrong type.
pub(super) fn wrong_type(claim: &'static str, claims: &str) -> TokenError {
    let value = members(claims, &[claim]).ok().and_then(|mut members| members.pop()?);
    TokenError::WrongClaim { claim, found: value.as_ref().map_or("unknown", type_name) }
}

/// The values of these claims. Nothing is kept of others, which may be many.
fn members(claims: &str, names: &[&str]) -> serde_json::Result<Vec<Option<Value>>> {
    let mut deserializer = serde_json::Deserializer::from_str(claims);
    let members = Members(names).deserialize(&mut deserializer)?;
    deserializer.end().map(|()| members)
}

struct Members<'a>(&'a [&'a str]);

impl<'de> DeserializeSeed<'de> for Members<'_> {
    type Value = Vec<Option<Value>>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Members<'_> {
    type Value = Vec<Option<Value>>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut values = vec![None; self.0.len()];
        while let Some(name) = map.next_key::<String>()? {
            match self.0.iter().position(|known| *known == name) {
                Some(i) => values[i] = Some(map.next_value()?),
                None => _ = map.next_value::<IgnoredAny>()?,
            }
        }
        Ok(values)
    }
}

fn is_date(value: &Value) -> bool {
    NumericDate::deserialize(value).is_ok()
}

/// The type of a value, without its content.
fn type_name(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "a boolean",
        Value::Number(_) => "a number",
        Value::String(_) => "a string",
        Value::Array(items) if items.iter().all(is_name) => "a list of names",
        Value::Array(_) => "a list with more than names in it",
        Value::Object(_) => "an object",
    }
}

/// A scope name has no space.
fn is_name(value: &Value) -> bool {
    value.as_str().is_some_and(|name| !name.contains(' '))
}

#[cfg(test)]
mod tests {
    use crate::credential::presented::BoundTokens;
    use crate::token::{
        error::TokenError::{self, ClaimsType, EmptySubject, MissingClaim, WrongClaim},
        policy::Policy,
        profile::Profile,
        scope_claim::ScopeClaim,
        verified,
    };

    const NOW: f64 = 1000.5;
    const GOOD: &str = r#"{"sub":"johndoe","exp":4102444800}"#;

    /// `GOOD` with members added, or other claims.
    fn with(members: &str) -> String {
        if members.starts_with(['{', '[']) { members.to_owned() } else { GOOD.replace('}', &format!(",{members}}}")) }
    }

    /// The error names the claim and its type, not its value.
    #[test]
    fn a_fault_names_its_claim() {
        let usual = Policy::default;
        let of_rfc9068 = || Policy { profile: Profile::Rfc9068, ..Policy::default() };
        let scopes = || {
            let mut policy = Policy::default();
            policy.set_scope_claim(ScopeClaim::Scopes);
            policy
        };
        let wrong = |claim, found| WrongClaim { claim, found };
        for (policy, claims, expected) in [
            (usual(), r#"["secret",4102444800]"#, TokenError::Claims),
            (usual(), r#"{"exp":4102444800,"exp":4102444800,"sub":"a"}"#, TokenError::Claims),
            (usual(), r#"{"exp":4102444800}"#, MissingClaim("sub")),
            (usual(), r#"{"sub":"secret"}"#, MissingClaim("exp")),
            (usual(), r#"{"sub":"","exp":4102444800}"#, EmptySubject),
            (usual(), r#"{"sub":["secret"],"exp":4102444800}"#, wrong("sub", "a list of names")),
            (usual(), r#"{"sub":73577357,"exp":4102444800}"#, wrong("sub", "a number")),
            (usual(), r#"{"sub":"a","exp":"secret"}"#, wrong("exp", "a string")),
            (usual(), r#"{"sub":"a","exp":-73577357}"#, wrong("exp", "a number out of range")),
            (usual(), r#""nbf":null"#, wrong("nbf", "null")),
            (usual(), r#""iat":true"#, wrong("iat", "a boolean")),
            (usual(), r#""iss":{"secret":1}"#, wrong("iss", "an object")),
            (usual(), r#""aud":["secret",1]"#, wrong("aud", "a list with more than names in it")),
            (usual(), r#""jti":73577357"#, wrong("jti", "a number")),
            (usual(), r#""scope":["secret"]"#, wrong("scope", "a list of names")),
            (scopes(), r#""scopes":"secret""#, wrong("scopes", "a string")),
            (scopes(), r#""scopes":["secret secret"]"#, wrong("scopes", "a list with more than names in it")),
            (of_rfc9068(), r#""jti":"secret","client_id":"c""#, MissingClaim("iat")),
            (of_rfc9068(), r#""iat":1,"client_id":"c""#, MissingClaim("jti")),
            (of_rfc9068(), r#""iat":1,"jti":"secret""#, MissingClaim("client_id")),
            (of_rfc9068(), r#""iat":1,"jti":"j","client_id":73577357"#, wrong("client_id", "a number")),
        ] {
            let error = policy.check(&with(claims), NOW, BoundTokens::Refused).err();
            let logged = format!("{expected} {expected:?}");
            assert_eq!(error, Some(expected), "{claims}");
            assert!(!logged.contains("secret") && !logged.contains("73577357"), "{logged}");
        }
        assert_eq!(verified::read::<Vec<u8>>(GOOD), Err(ClaimsType));
    }
}
