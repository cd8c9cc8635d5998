//! Answers that many tests expect: status, challenge and body, as `call` and `send` give them.

pub(crate) type Answer = (u16, Option<String>, String);

pub(crate) fn accepted(body: &str) -> Answer {
    (200, None, body.to_owned())
}

pub(crate) fn not_authenticated() -> Answer {
    (401, Some("Bearer".to_owned()), r#"{"detail":"Not authenticated"}"#.to_owned())
}

/// The token is no good; `scopes` are required.
pub(crate) fn not_validated(scopes: &str) -> Answer {
    unauthorized("Could not validate credentials", scopes)
}

/// The token is good, and does not cover `scopes`.
pub(crate) fn not_enough(scopes: &str) -> Answer {
    unauthorized("Not enough permissions", scopes)
}

fn unauthorized(detail: &str, scopes: &str) -> Answer {
    (401, Some(format!("Bearer scope=\"{scopes}\"")), format!(r#"{{"detail":"{detail}"}}"#))
}
