//! The `Authorization` header, RFC 9110 §11.6.2: read here and nowhere else.

use axum::http::{HeaderValue, header::AUTHORIZATION, request::Parts};

use crate::credential::{
    extractor::Unreadable,
    value::{Credential, visible_ascii},
};

/// The only `Authorization` header. Of two, which one a proxy in front has looked at cannot be known.
fn only(parts: &Parts) -> Result<Option<&HeaderValue>, Unreadable> {
    let mut values = parts.headers.get_all(AUTHORIZATION).iter();
    let value = values.next();
    if values.next().is_some() { Err(Unreadable::Repeated) } else { Ok(value) }
}

/// The whole header, unless it is empty.
pub(crate) fn whole(parts: &Parts) -> Result<Option<Credential>, Unreadable> {
    let credential = only(parts)?.and_then(|value| Credential::new(value, 0));
    Ok(credential.filter(|credential| !credential.as_str().is_empty()))
}

/// What follows the name of `scheme`, which may be written in any case; empty where nothing does.
pub(crate) fn of_scheme(parts: &Parts, scheme: &str) -> Result<Option<Credential>, Unreadable> {
    Ok(only(parts)?.and_then(|value| behind(value, scheme)))
}

fn behind(value: &HeaderValue, scheme: &str) -> Option<Credential> {
    let text = visible_ascii(value)?;
    let (name, rest) = text.split_once(' ').unwrap_or((text, ""));
    if !name.eq_ignore_ascii_case(scheme) {
        return None;
    }
    let credential = rest.trim_start_matches([' ', '\t']);
    Some(Credential::checked(value, text.len() - credential.len()))
}
