//! What is wrong with the claims of a token that was refused: its claims come in, and the claim at fault goes out, for the
//! log. They are read a second time for that, and with leisure: their signature is good.

use serde::Deserialize;
use serde_json::{Map, Value};

use super::{audience::Audience, error::TokenError, numeric_date::NumericDate};

/// Each claim that has a type, and whether a value is of it.
const TYPES: [(&str, fn(&Value) -> bool); 7] = [
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
    let wrong = |(claim, is_of_type): (&'static str, fn(&Value) -> bool)| {
        let value = members.get(claim).filter(|value| !is_of_type(value))?;
        let is_date = matches!(claim, "exp" | "nbf" | "iat");
        let found = if is_date && value.is_number() { "a number out of range" } else { name(value) };
        Some(TokenError::WrongClaim { claim, found })
    };
    // Where each is of its type, one is there twice.
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
