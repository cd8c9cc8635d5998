//! The responses by which an operation refuses: takes the credentials that it reads, yields the responses for its document.
//! Each is read from a sample of the refusal.

use std::{
    pin::pin,
    task::{Context, Poll, Waker},
};

use axum::{
    body::{Body, Bytes, to_bytes},
    http::{StatusCode, header::CONTENT_TYPE},
    response::IntoResponse,
};
use serde_json::Value;

use super::requirement::Credential;
use crate::{
    error::AuthError,
    scheme::{challenge::Challenge, error_style::ErrorStyle, info::SchemeInfo, kind::SchemeKind},
};

/// A response with one header.
pub(crate) struct Refusal {
    pub(crate) status: u16,
    pub(crate) description: &'static str,
    /// `None` if the service's own response has no body.
    pub(crate) content: Option<Content>,
    /// The name of the header, and an example.
    pub(crate) header: (&'static str, String),
}

/// The body of a response.
pub(crate) struct Content {
    pub(crate) media_type: String,
    /// The members of the library's body, which are strings. `None` for a body of the service's own, whose type is unknown.
    pub(crate) members: Option<Vec<String>>,
    /// The body itself, if it is JSON.
    pub(crate) example: Option<Value>,
}

/// 401 if a credential is read. In style `Rfc6750`, also 403 for required scopes and 400 for two credentials. 503 if tokens
/// may not be verified.
pub(crate) fn refusals(credentials: &[Credential]) -> impl Iterator<Item = Refusal> {
    let first = credentials.first().map(|first| first.scheme);
    let scoped = credentials.iter().any(|credential| credential.scoped);
    let mut rfc6750 = credentials.iter().map(|credential| credential.scheme).filter(|scheme| is_rfc6750(scheme));
    let forbidden = first.filter(|_| scoped).zip(rfc6750.clone().next()).map(|(first, scheme)| {
        let sample = AuthError::not_covered(Some(scheme), Challenge::constant(first.challenges().plain));
        Refusal::new("Not enough permissions", sample, scheme)
    });
    let repeated = rfc6750
        .find(|scheme| reads_authorization(scheme))
        .map(|scheme| Refusal::new("More than one credential", AuthError::repeated_credential(scheme), scheme));
    let unavailable = credentials.iter().find(|credential| credential.unavailable).map(|credential| {
        // It has no challenge, because another credential would not help.
        let sample = AuthError::unavailable(30).in_style(Some(credential.scheme));
        Refusal::new("Tokens cannot be verified now", sample, credential.scheme)
    });
    let asked = repeated.into_iter().chain(first.map(|scheme| unauthorized(scheme, scoped)));
    asked.chain(forbidden).chain(unavailable)
}

fn unauthorized(scheme: &'static SchemeInfo, scoped: bool) -> Refusal {
    let (description, sample) = match (scheme.error_style(), scoped) {
        (ErrorStyle::FastApi, false) => ("Not authenticated", AuthError::not_authenticated(Some(scheme))),
        (ErrorStyle::FastApi, true) => {
            ("Not authenticated, or not enough permissions", AuthError::not_authenticated(Some(scheme)))
        }
        (ErrorStyle::Rfc6750, _) => {
            let sample = AuthError::unauthorized("Could not validate credentials");
            ("Not authenticated", sample.in_style(Some(scheme)))
        }
    };
    Refusal::new(description, sample, scheme)
}

impl Refusal {
    fn new(description: &'static str, sample: AuthError, scheme: &SchemeInfo) -> Self {
        let header = match (sample.challenge(), sample.retry_after()) {
            (Some(challenge), _) => ("WWW-Authenticate", challenge.to_owned()),
            (None, seconds) => ("Retry-After", seconds.unwrap_or_default().to_string()),
        };
        let status = sample.status().as_u16();
        Self { status, description, content: Content::of(sample, scheme.error_response().is_some()), header }
    }
}

impl Content {
    /// The body of `sample`. `is_own` tells whether the service makes it.
    fn of(sample: AuthError, is_own: bool) -> Option<Self> {
        let (parts, body) = sample.into_response().into_parts();
        let media_type = parts.headers.get(CONTENT_TYPE)?.to_str().ok()?.to_owned();
        let example: Option<Value> =
            at_once(body).filter(|_| is_json(&media_type)).and_then(|body| serde_json::from_slice(&body).ok());
        let object = example.as_ref().filter(|_| !is_own).and_then(Value::as_object);
        let members = object.map(|object| object.keys().cloned().collect());
        Some(Self { media_type, members, example })
    }
}

/// A body that is ready. Documents are made without an async runtime, so nothing can wait.
fn at_once(body: Body) -> Option<Bytes> {
    match pin!(to_bytes(body, 64 * 1024)).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(body) => body.ok(),
        Poll::Pending => None,
    }
}

/// Whether the type is JSON, also by its suffix (RFC 6839 §3.1).
fn is_json(media_type: &str) -> bool {
    let essence = media_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    essence == "application/json" || essence.ends_with("+json")
}

/// The description of a response that has none, because OpenAPI 3.1 requires one.
pub(crate) fn reason(status: Option<u16>) -> &'static str {
    let status = status.and_then(|status| StatusCode::from_u16(status).ok());
    status.and_then(|status| status.canonical_reason()).unwrap_or("Response")
}

fn is_rfc6750(scheme: &SchemeInfo) -> bool {
    scheme.error_style() == ErrorStyle::Rfc6750
}

/// Whether a repeated credential is refused with 400. A repeated API key counts as missing, as in the other style.
fn reads_authorization(scheme: &SchemeInfo) -> bool {
    !matches!(scheme.kind(), SchemeKind::ApiKeyHeader(_) | SchemeKind::ApiKeyQuery(_) | SchemeKind::ApiKeyCookie(_))
}
