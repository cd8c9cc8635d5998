//! The answers by which an operation refuses, as its document lists them.

use axum::http::StatusCode;

use super::requirement::Credential;
use crate::scheme::{
    error_style::ErrorStyle,
    info::{SchemeInfo, SchemeKind},
};

/// One answer, with a JSON object of strings and a header.
pub(crate) struct Refusal {
    pub(crate) status: u16,
    pub(crate) description: &'static str,
    /// Names and examples of the object's members, each a string.
    pub(crate) members: &'static [(&'static str, &'static str)],
    /// The header's name, and an example.
    pub(crate) header: (&'static str, &'static str),
}

const CHALLENGE: &str = "WWW-Authenticate";

/// None where nothing is asked; 400, 403 and 503 only where something answers with them.
pub(crate) fn refusals(credentials: &[Credential]) -> impl Iterator<Item = Refusal> {
    let first = credentials.first().map(|first| first.scheme);
    let scoped = credentials.iter().any(|credential| credential.scoped);
    let mut rfc6750 = credentials.iter().map(|credential| credential.scheme).filter(|scheme| is_rfc6750(scheme));
    let forbidden = first.filter(|_| scoped && rfc6750.clone().next().is_some()).map(|scheme| Refusal {
        status: 403,
        description: "Not enough permissions",
        members: &[("error", "insufficient_scope"), ("error_description", "Not enough permissions")],
        header: (CHALLENGE, scheme.challenges().plain),
    });
    let repeated = rfc6750.find(|scheme| reads_authorization(scheme)).map(|scheme| Refusal {
        status: 400,
        description: "More than one credential",
        members: &[("error", "invalid_request"), ("error_description", "More than one credential was sent")],
        header: (CHALLENGE, scheme.challenges().invalid_request),
    });
    let unavailable = credentials.iter().find(|credential| credential.unavailable).map(unavailable);
    let asked = repeated.into_iter().chain(first.map(|scheme| unauthorized(scheme, scoped)));
    asked.chain(forbidden).chain(unavailable)
}

fn unauthorized(scheme: &SchemeInfo, scoped: bool) -> Refusal {
    let challenges = scheme.challenges();
    let (description, members, challenge): (_, &[_], _) = match (scheme.error_style(), scoped) {
        (ErrorStyle::FastApi, false) => ("Not authenticated", &[("detail", "Not authenticated")], challenges.plain),
        (ErrorStyle::FastApi, true) => {
            ("Not authenticated, or not enough permissions", &[("detail", "Not authenticated")], challenges.plain)
        }
        (ErrorStyle::Rfc6750, _) => (
            "Not authenticated",
            &[("error", "invalid_token"), ("error_description", "Could not validate credentials")],
            challenges.invalid_token,
        ),
    };
    Refusal { status: 401, description, members, header: (CHALLENGE, challenge) }
}

/// Without a challenge: other credentials would not help.
fn unavailable(credential: &Credential) -> Refusal {
    Refusal {
        status: 503,
        description: "The keys that tokens are verified with are not at hand",
        members: match credential.scheme.error_style() {
            ErrorStyle::FastApi => &[("detail", "Service Unavailable")],
            ErrorStyle::Rfc6750 => {
                &[("error", "temporarily_unavailable"), ("error_description", "Service Unavailable")]
            }
        },
        header: ("Retry-After", "30"),
    }
}

/// What an answer is called that has no description, which OpenAPI 3.1 requires.
pub(crate) fn reason(status: Option<u16>) -> &'static str {
    let status = status.and_then(|status| StatusCode::from_u16(status).ok());
    status.and_then(|status| status.canonical_reason()).unwrap_or("Response")
}

fn is_rfc6750(scheme: &SchemeInfo) -> bool {
    scheme.error_style() == ErrorStyle::Rfc6750
}

/// Two API keys are no credential, as in the other style.
fn reads_authorization(scheme: &SchemeInfo) -> bool {
    !matches!(scheme.kind(), SchemeKind::ApiKeyHeader(_) | SchemeKind::ApiKeyQuery(_) | SchemeKind::ApiKeyCookie(_))
}
