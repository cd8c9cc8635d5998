//! What is wrong with the claims of a token that was refused: its claims come in, and the claim at fault goes out, for the
//! log. They are read a second time for that, and with leisure: their signature is good.

use serde::Deserialize;
use serde_json::{Map, Value};

use super::{audience::Audience, error::TokenError, numeric_date::NumericDate};

/// A claim that has a type, and whether a value is of it.
type Typed = (&'static str, fn(&Value) -> bool);

const TYPES: [Typed; 7] = [
    ("sub", Value::is_string),
    ("exp", is_date),
    ("nbf", is_date),
    ("iat", is_date),
    ("iss", Value::is_string),
    ("aud", is_audience),
    ("jti", Value::is_string),
];

/// Of claims that cannot be read.
pub(super) fn find(claims: &str) -> TokenError {
    let Ok(members) = serde_json::from_str::<Map<String, Value>>(claims) else { return TokenError::Claims };
    let wrong = |(claim, is_of_type): Typed| {
        let value = members.get(claim).filter(|value| !is_of_type(value))?;
        let is_date = matches!(claim, "exp" | "nbf" | "iat");
        let found = if is_date && value.is_number() { "a number out of range" } else { name(value) };
        Some(TokenError::WrongClaim { claim, found })
    };
    // If each is of its type, one is there twice.
    TYPES.into_iter().find_map(wrong).unwrap_or(TokenError::Claims)
}

/// That this claim, which is there, is of the wrong type.
pub(super) fn of(claim: &'static str, claims: &str) -> TokenError {
    let members = serde_json::from_str::<Map<String, Value>>(claims).unwrap_or_default();
    TokenError::WrongClaim { claim, found: members.get(claim).map_or("unknown", name) }
}

fn is_date(value: &Value) -> bool {
    NumericDate::deserialize(value).is_ok()
}

fn is_audience(value: &Value) -> bool {
    Audience::deserialize(value).is_ok()
}

/// What a value is, without what is in it.
fn name(value: &Value) -> &'static str {
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

/// A name with a space in it is none.
fn is_name(value: &Value) -> bool {
    value.as_str().is_some_and(|name| !name.contains(' '))
}

#[cfg(test)]
mod tests {
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

    /// What is logged of claims: which one is at fault and what it is, and not its value.
    #[test]
    fn a_fault_names_its_claim() {
        let usual = Policy::default;
        let of_rfc9068 = || Policy { profile: Profile::Rfc9068, ..Policy::default() };
        let scopes = || Policy { scope_claim: ScopeClaim::Scopes, ..Policy::default() };
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
            let error = policy.check(&with(claims), NOW).err();
            let told = format!("{expected} {expected:?}");
            assert_eq!(error, Some(expected), "{claims}");
            assert!(!told.contains("secret") && !told.contains("73577357"), "{told}");
        }
        assert_eq!(verified::read::<Vec<u8>>(GOOD), Err(ClaimsType));
    }
}
