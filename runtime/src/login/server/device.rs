//! The cookie of a device that has logged in before. It only counts attempts, and lets nobody in.

use axum::http::{HeaderValue, request::Parts};

use crate::credential::api_key::cookie_named;

/// `__Host-`: browsers take it only over HTTPS or from this machine, and send it to no other host (RFC 6265bis §4.1.3.2).
const NAME: &str = "__Host-known-device";

/// A year, in seconds.
const MAX_AGE: u32 = 31_536_000;

/// What the request has as its cookie.
pub(super) fn of(parts: &Parts) -> Option<&str> {
    cookie_named(parts, NAME)
}

/// The header that sets the cookie. `None` if the value is no cookie's.
pub(super) fn set(value: &str) -> Option<HeaderValue> {
    let is_safe = |byte: u8| matches!(byte, b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~');
    let cookie = format!("{NAME}={value}; Path=/; Max-Age={MAX_AGE}; HttpOnly; Secure; SameSite=Strict");
    value.bytes().all(is_safe).then(|| HeaderValue::try_from(cookie).ok())?
}
