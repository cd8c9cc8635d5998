//! The only writer of `WWW-Authenticate`, RFC 9110 §11.6.1.

use std::marker::PhantomData;

use axum::http::{HeaderMap, HeaderValue, header::WWW_AUTHENTICATE};

use crate::{HttpBasicScheme, dependency::requirement::Requirement, scopes::merge::Text};

/// For bearer tokens, where no scopes are named (RFC 6750 §3).
pub(crate) const BEARER: &str = "Bearer";
/// For basic credentials, without a realm.
pub(crate) const BASIC: &str = "Basic";
/// For digest credentials. The scheme leaves it to the service to make a nonce.
pub(crate) const DIGEST: &str = "Digest";
/// For API keys, as FastAPI has it: no standard names a scheme for them.
pub(crate) const API_KEY: &str = "APIKey";

/// For HTTP basic, with the realm of scheme `S` (RFC 7617 §2).
pub(crate) struct Basic<S>(PhantomData<S>);

impl<S: HttpBasicScheme> Basic<S> {
    const TEXT: Text<256> = match S::REALM {
        None => Text::new().put(BASIC),
        Some(realm) if is_quotable(realm) => Text::new().put("Basic realm=\"").put(realm).put("\""),
        Some(_) => panic!("a realm has at most 200 visible ASCII characters and spaces, no quote and no backslash"),
    };
    pub(crate) const CHALLENGE: &'static str = Self::TEXT.str_or(BASIC);
}

/// Whether `text` stands in a quoted-string as it is, and is short enough.
const fn is_quotable(text: &str) -> bool {
    let bytes = text.as_bytes();
    let mut i = 0;
    while i < bytes.len() {
        if !matches!(bytes[i], 0x20 | 0x21 | 0x23..=0x5B | 0x5D..=0x7E) {
            return false;
        }
        i += 1;
    }
    bytes.len() <= 200
}

/// What a refusal asks the client for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Challenge {
    /// A value that was complete at compile time.
    Constant(&'static str),
    /// RFC 6750 §3: what went wrong, and the scopes that would do.
    Bearer { error: &'static str, scope_str: &'static str },
}

impl Challenge {
    /// With an error code, where the scheme's challenges have such (RFC 6750 §3.1).
    pub(crate) fn with_error(required: &Requirement, error: &'static str, scope_str: &'static str) -> Self {
        if required.plain_challenge == BEARER {
            Self::Bearer { error, scope_str }
        } else {
            Self::Constant(required.plain_challenge)
        }
    }

    /// Adds the header. A [`Challenge::Constant`] allocates nothing here.
    pub(crate) fn write(self, headers: &mut HeaderMap) {
        let value = match self {
            Self::Constant(value) => HeaderValue::from_static(value),
            Self::Bearer { error, scope_str } => match HeaderValue::try_from(bearer(error, scope_str)) {
                Ok(value) => value,
                // Scope names were checked at compile time and hold no byte that a header cannot.
                Err(_) => HeaderValue::from_static(BEARER),
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
