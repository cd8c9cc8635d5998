//! The `Authorization` header, RFC 9110 §11.6.2: read here and nowhere else.

use axum::http::{HeaderValue, header::AUTHORIZATION, request::Parts};

use super::credential::Credential;

/// The only `Authorization` header. Two are no credential: which one a proxy in front has looked at cannot be known.
fn only(parts: &Parts) -> Option<&HeaderValue> {
    let mut values = parts.headers.get_all(AUTHORIZATION).iter();
    let value = values.next()?;
    values.next().is_none().then_some(value)
}

/// The whole header, unless it is empty.
pub(crate) fn whole(parts: &Parts) -> Option<Credential> {
    let value = only(parts)?;
    Credential::new(value, 0).filter(|credential| !credential.as_str().is_empty())
}

/// What follows the name of `scheme`, which may be written in any case; empty where nothing does.
pub(crate) fn of_scheme(parts: &Parts, scheme: &str) -> Option<Credential> {
    let value = only(parts)?;
    let text = value.to_str().ok()?;
    let (name, rest) = text.split_once(' ').unwrap_or((text, ""));
    if !name.eq_ignore_ascii_case(scheme) {
        return None;
    }
    let credential = rest.trim_start_matches([' ', '\t']);
    Some(Credential::checked(value, text.len() - credential.len()))
}
