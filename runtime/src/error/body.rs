//! The body of a refusal: a text or the fields of a form come in, JSON in a style goes out.

use std::{borrow::Cow, fmt};

use axum::{body::Bytes, http::StatusCode};
use serde::Serialize;

use super::kind::ErrorKind;

macro_rules! common {
    ($($detail:literal),*) => { &[$(($detail, concat!("{\"detail\":\"", $detail, "\"}"))),*] };
}

/// The most common details, and their bodies. JSON escapes no character of them.
const COMMON: &[(&str, &str)] =
    common!("Not authenticated", "Could not validate credentials", "Not enough permissions");

/// The message to the client.
#[derive(Clone, Debug)]
pub(super) enum Message {
    Text(Cow<'static, str>),
    Fields(Box<[FieldError]>),
}

/// The form of the body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// Not decided yet. Without a scheme it becomes FastAPI's `detail`.
    Open,
    /// FastAPI's `detail`.
    Detail,
    /// `error` and `error_description` (RFC 6749 §5.2).
    Coded,
}

#[derive(Serialize)]
#[serde(untagged)]
enum Body<'a> {
    Detail { detail: &'a str },
    Fields { detail: &'a [FieldError] },
    Coded { error: &'static str, error_description: &'a str },
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

/// The rule that the field breaks.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct FieldContext {
    pub(crate) pattern: &'static str,
}

impl Message {
    /// The body as JSON. A common detail allocates nothing.
    pub(super) fn json(&self, form: Form, kind: ErrorKind, status: StatusCode) -> Bytes {
        let body = match (self, form) {
            (Self::Text(Cow::Borrowed(detail)), Form::Open | Form::Detail) => {
                if let Some((_, json)) = COMMON.iter().find(|(known, _)| known == detail) {
                    return Bytes::from_static(json.as_bytes());
                }
                Body::Detail { detail }
            }
            (Self::Text(detail), Form::Open | Form::Detail) => Body::Detail { detail },
            (Self::Text(detail), Form::Coded) => Body::Coded { error: kind.code(status), error_description: detail },
            (Self::Fields(detail), _) => Body::Fields { detail },
        };
        // This does not fail: a body has only strings.
        serde_json::to_vec(&body).unwrap_or_default().into()
    }

    /// The same message as the description beside an error code.
    pub(super) fn into_description(self) -> Self {
        Self::Text(match self {
            Self::Text(text) => printable(text),
            Self::Fields(fields) => description(&fields),
        })
    }

    pub(super) fn text(&self) -> Cow<'_, str> {
        match self {
            Self::Text(text) => Cow::Borrowed(text),
            Self::Fields(_) => Cow::Owned(self.to_string()),
        }
    }
}

impl fmt::Display for Message {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(text) => f.write_str(text),
            Self::Fields(fields) => {
                f.write_str("invalid form")?;
                fields.iter().try_for_each(|field| write!(f, ", {}: {}", field.loc[1], field.msg))
            }
        }
    }
}

/// The kind by RFC 6749 §5.2. A missing field comes first, because the request is incomplete without it.
pub(super) fn kind_of(fields: &[FieldError]) -> ErrorKind {
    let is_missing = |field: &FieldError| field.input.is_none();
    if fields.iter().any(is_missing) { ErrorKind::InvalidRequest } else { ErrorKind::UnsupportedGrantType }
}

fn description(fields: &[FieldError]) -> Cow<'static, str> {
    let missing: Vec<_> = fields.iter().filter(|field| field.input.is_none()).map(|field| field.loc[1]).collect();
    if missing.is_empty() {
        return Cow::Borrowed("The only grant type here is `password`");
    }
    format!("Missing parameter: {}", missing.join(", ")).into()
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
    fn common_bodies_are_json() {
        for (detail, json) in COMMON {
            assert_eq!(serde_json::to_string(&Body::Detail { detail }).ok().as_deref(), Some(*json));
            let message = Message::Text(Cow::Borrowed(*detail));
            assert_eq!(message.json(Form::Detail, ErrorKind::Other, StatusCode::UNAUTHORIZED), *json);
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
