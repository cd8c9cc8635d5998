//! Answers that many tests expect: status, challenge and body.

pub(crate) type Expected = (u16, Option<String>, String);

pub(crate) fn accepted(body: &str) -> Expected {
    (200, None, body.to_owned())
}

pub(crate) fn not_authenticated() -> Expected {
    (401, Some("Bearer".to_owned()), r#"{"detail":"Not authenticated"}"#.to_owned())
}

/// The token is invalid, and `scopes` are required.
pub(crate) fn not_validated(scopes: &str) -> Expected {
    unauthorized("Could not validate credentials", scopes)
}

/// The token is valid, but does not cover `scopes`.
pub(crate) fn not_enough(scopes: &str) -> Expected {
    unauthorized("Not enough permissions", scopes)
}

fn unauthorized(detail: &str, scopes: &str) -> Expected {
    (401, Some(format!("Bearer scope=\"{scopes}\"")), format!(r#"{{"detail":"{detail}"}}"#))
}
