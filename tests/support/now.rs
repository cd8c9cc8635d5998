//! From a future that waits for nothing to its output.

use std::{
    pin::pin,
    task::{Context, Poll, Waker},
};

/// The output of a future that is ready when it is polled first, without a runtime.
///
/// ```
/// use axum_scopes_test_support::now;
///
/// assert_eq!(now(async { 1 + 1 }), 2);
/// ```
#[track_caller]
pub fn now<T>(future: impl Future<Output = T>) -> T {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(output) => output,
        Poll::Pending => panic!("the future waits"),
    }
}
