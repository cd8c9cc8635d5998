//! Sends requests to a router, and fails for every answer that blames the service.

use axum_scopes_test_support::{Answer, Call, now};

/// Sends a request, and fails for every answer that blames the service.
pub fn answer(call: Call) -> Answer {
    let answer = now(call.into_future());
    assert!(answer.status() < 500, "{answer:?}");
    answer
}
