//! Sends requests to a router, and fails for every answer that blames the service.

use std::{
    pin::pin,
    task::{Context, Poll, Waker},
};

use axum_scopes_test_support::{Answer, Call};

/// Sends a request, and fails for every answer that blames the service.
pub fn answer(call: Call) -> Answer {
    let answer = now(call.into_future());
    assert!(answer.status() < 500, "{answer:?}");
    answer
}

/// Polls the future once. Nothing here waits.
fn now<T>(future: impl Future<Output = T>) -> T {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(output) => output,
        Poll::Pending => panic!("waits"),
    }
}
