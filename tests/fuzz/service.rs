//! Requests to a router, in process: what went in there, status and answer out.

use std::{
    pin::pin,
    task::{Context, Poll, Waker},
};

use axum::{Router, body::Body, extract::Request, http::StatusCode};
use tower::ServiceExt;

/// What was answered.
#[derive(Debug)]
pub struct Answer {
    pub status: StatusCode,
    pub challenge: Option<String>,
    pub body: String,
}

/// Sends a request, and fails for every answer that blames the service.
pub fn answer(app: &Router, request: Request<Body>) -> Answer {
    let response = now(app.clone().oneshot(request)).unwrap_or_else(|never| match never {});
    let (parts, body) = response.into_parts();
    let body = now(axum::body::to_bytes(body, usize::MAX)).expect("a body at hand");
    assert!(!parts.status.is_server_error(), "{}", parts.status);
    let challenge = parts.headers.get("www-authenticate");
    Answer {
        status: parts.status,
        challenge: challenge.map(|value| value.to_str().expect("visible ASCII").to_owned()),
        body: String::from_utf8(body.into()).expect("text"),
    }
}

/// Polls once: nothing here waits.
fn now<T>(future: impl Future<Output = T>) -> T {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(output) => output,
        Poll::Pending => panic!("waits"),
    }
}
