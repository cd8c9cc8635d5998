//! What a refusal says, in each style.

use std::{borrow::Cow, fmt};

use axum::{body::Bytes, http::StatusCode};
use serde::Serialize;

macro_rules! at_hand {
    ($($detail:literal),*) => { &[$(($detail, concat!("{\"detail\":\"", $detail, "\"}"))),*] };
}

/// Details without a character that JSON escapes, and their bodies.
const AT_HAND: &[(&str, &str)] =
    at_hand!("Not authenticated", "Could not validate credentials", "Not enough permissions");

#[derive(Clone, Debug, Serialize)]
#[serde(untagged)]
pub(super) enum Body {
    Detail { detail: Cow<'static, str> },
    Fields { detail: Vec<FieldError> },
    Rfc6750 { error: &'static str, error_description: Cow<'static, str> },
}

/// One field of a form that is missing or wrong.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct FieldError {
    #[serde(rename = "type")]
    pub(crate) kind: &'static str,
    pub(crate) loc: [&'static str; 2],
    pub(crate) msg: &'static str,
    pub(crate) input: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) ctx: Option<FieldContext>,
}

/// What the field should have been.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct FieldContext {
    pub(crate) pattern: &'static str,
}

impl Body {
    pub(super) fn rfc6750(error: &'static str, description: Cow<'static, str>) -> Self {
        Self::Rfc6750 { error, error_description: printable(description) }
    }

    /// As JSON. What is said most often is at hand.
    pub(super) fn into_bytes(self) -> Bytes {
        if let Self::Detail { detail: Cow::Borrowed(detail) } = self
            && let Some((_, json)) = AT_HAND.iter().find(|(known, _)| *known == detail)
        {
            return Bytes::from_static(json.as_bytes());
        }
        // Strings alone: nothing in a body can fail to serialise.
        serde_json::to_vec(&self).unwrap_or_default().into()
    }

    /// The same in RFC 6750's style, for a refusal that has this status.
    pub(super) fn restyle(&mut self, status: StatusCode) {
        *self = match self {
            Self::Detail { detail } => Self::rfc6750(code(status), std::mem::take(detail)),
            Self::Fields { detail } => of_fields(detail),
            Self::Rfc6750 { .. } => return,
        }
    }
}

impl fmt::Display for Body {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Detail { detail } | Self::Rfc6750 { error_description: detail, .. } => f.write_str(detail),
            Self::Fields { detail } => {
                f.write_str("invalid form")?;
                detail.iter().try_for_each(|field| write!(f, ", {}: {}", field.loc[1], field.msg))
            }
        }
    }
}

/// RFC 6750 §3.1; what that has no code for has one at the authorization endpoint (RFC 6749 §4.1.2.1).
fn code(status: StatusCode) -> &'static str {
    match status {
        StatusCode::UNAUTHORIZED => "invalid_token",
        StatusCode::FORBIDDEN => "access_denied",
        StatusCode::SERVICE_UNAVAILABLE => "temporarily_unavailable",
        status if status.is_server_error() => "server_error",
        _ => "invalid_request",
    }
}

/// RFC 6749 §5.2. What is missing weighs more: without it, the request is no request.
fn of_fields(fields: &[FieldError]) -> Body {
    let missing: Vec<_> = fields.iter().filter(|field| field.input.is_none()).map(|field| field.loc[1]).collect();
    if missing.is_empty() {
        return Body::rfc6750("unsupported_grant_type", "The only grant type here is `password`".into());
    }
    Body::rfc6750("invalid_request", format!("Missing parameter: {}", missing.join(", ")).into())
}

/// RFC 6749 §5.2: descriptions are printable ASCII without quote and backslash.
fn printable(description: Cow<'static, str>) -> Cow<'static, str> {
    let is_allowed = |char: char| matches!(char, ' ' | '!' | '#'..='[' | ']'..='~');
    if description.chars().all(is_allowed) {
        return description;
    }
    let replaced = |char| match char {
        '"' => '\'',
        char if is_allowed(char) => char,
        _ => '?',
    };
    description.chars().map(replaced).collect::<String>().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_at_hand_is_json() {
        for (detail, json) in AT_HAND {
            let body = Body::Detail { detail: Cow::Borrowed(detail) };
            assert_eq!(serde_json::to_string(&body).ok().as_deref(), Some(*json));
            assert_eq!(body.into_bytes(), *json);
        }
    }

    #[test]
    fn descriptions_are_printable_ascii_without_quote_and_backslash() {
        for (text, printed) in [
            ("Not enough permissions", "Not enough permissions"),
            ("`a` & 'b' #[x]~", "`a` & 'b' #[x]~"),
            ("no \"such\" \\ user", "no 'such' ? user"),
            ("a\r\nb\0\u{7f}", "a??b??"),
            ("jöe 🔒", "j?e ?"),
            ("", ""),
        ] {
            assert_eq!(printable(text.into()), printed);
        }
    }
}
