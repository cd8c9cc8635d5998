//! The `Authorization` header (RFC 9110 §11.6.2). No other file reads it.

use axum::http::{HeaderValue, header::AUTHORIZATION, request::Parts};

use crate::credential::{extractor::Unreadable, value::Credential};

/// The `Authorization` header. Two are an error, because a proxy in front may have checked the other one.
fn single(parts: &Parts) -> Result<Option<&HeaderValue>, Unreadable> {
    let mut values = parts.headers.get_all(AUTHORIZATION).iter();
    let value = values.next();
    if values.next().is_some() { Err(Unreadable::Repeated) } else { Ok(value) }
}

/// The whole header, unless it is empty.
pub(crate) fn whole(parts: &Parts) -> Result<Option<Credential>, Unreadable> {
    Ok(single(parts)?.and_then(|value| Credential::new(value, 0)).and_then(Credential::non_empty))
}

/// The credential behind the name of `scheme`, which ignores case. It may be empty.
pub(crate) fn of_scheme(parts: &Parts, scheme: &str) -> Result<Option<Credential>, Unreadable> {
    Ok(single(parts)?.and_then(|value| strip_scheme(value, scheme)))
}

/// Whether there is no header, or only empty ones, so that the client has sent nothing. What cannot be read is something.
#[cfg(feature = "login")]
pub(crate) fn is_empty(parts: &Parts) -> bool {
    parts.headers.get_all(AUTHORIZATION).iter().all(HeaderValue::is_empty)
}

/// Whether something stands in the header that is meant for one of these schemes, or may be. It need not be well-formed.
pub(crate) fn is_presented(parts: &Parts, schemes: &[&str]) -> bool {
    let mut values = parts.headers.get_all(AUTHORIZATION).iter().map(HeaderValue::as_bytes);
    let (first, second) = (values.next().unwrap_or_default(), values.next());
    let begins_with = |scheme: &&str| {
        first.trim_ascii_start().get(..scheme.len()).is_some_and(|name| name.eq_ignore_ascii_case(scheme.as_bytes()))
    };
    second.is_some() || !first.is_ascii() || schemes.iter().any(begins_with)
}

fn strip_scheme(value: &HeaderValue, scheme: &str) -> Option<Credential> {
    let (name, rest) = value.as_bytes().split_at_checked(scheme.len())?;
    // Nearly all clients write the name as it is here, and that comparison is the cheaper one.
    let is_named = name == scheme.as_bytes() || name.eq_ignore_ascii_case(scheme.as_bytes());
    if !is_named || !matches!(rest, [] | [b' ', ..]) {
        return None;
    }
    let spaces = rest.iter().take_while(|byte| matches!(byte, b' ' | b'\t')).count();
    Credential::new(value, scheme.len() + spaces)
}
