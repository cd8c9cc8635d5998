//! The only writer of `WWW-Authenticate`, RFC 9110 §11.6.1.

use axum::http::{HeaderMap, HeaderValue, header::WWW_AUTHENTICATE};

/// What a refusal asks the client for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Challenge {
    /// A value that was complete at compile time.
    Constant(&'static str),
    /// RFC 6750 §3: what went wrong, and the scopes that would do.
    Bearer { error: &'static str, scope_str: &'static str },
}

impl Challenge {
    /// What a client without credentials is told.
    pub(crate) const BEARER: Self = Self::Constant("Bearer");

    /// Adds the header. A [`Challenge::Constant`] allocates nothing here.
    pub(crate) fn write(self, headers: &mut HeaderMap) {
        let value = match self {
            Self::Constant(value) => HeaderValue::from_static(value),
            Self::Bearer { error, scope_str } => match HeaderValue::try_from(bearer(error, scope_str)) {
                Ok(value) => value,
                // Scope names were checked at compile time and hold no byte that a header cannot.
                Err(_) => HeaderValue::from_static("Bearer"),
            },
        };
        headers.append(WWW_AUTHENTICATE, value);
    }
}

/// Neither error codes nor scope names contain quotes or backslashes, so a quoted-string holds them as they are.
fn bearer(error: &str, scope_str: &str) -> String {
    let scope = if scope_str.is_empty() { String::new() } else { format!(", scope=\"{scope_str}\"") };
    format!("Bearer error=\"{error}\"{scope}")
}
