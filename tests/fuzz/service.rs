//! Requests to a router, in process: what went in there, status and answer out.

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

/// Polls once: nothing here waits.
fn now<T>(future: impl Future<Output = T>) -> T {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(output) => output,
        Poll::Pending => panic!("waits"),
    }
}
