//! Calls of a store: at the same time, given up on the way, and what an error becomes.

use std::{error::Error, future::Future, panic::resume_unwind, sync::Arc, time::Duration};

use tokio::{sync::Barrier, task::JoinHandle, time::sleep};

use crate::error::StoreError;

/// The answer of a call that has to succeed.
#[track_caller]
pub(super) fn ok<T>(answer: Result<T, StoreError>) -> T {
    answer.unwrap_or_else(|error| {
        let cause = error.source().map(ToString::to_string).unwrap_or_default();
        panic!("the store has failed: {cause}")
    })
}

/// Calls all replicas in turn, `count` times at the same time.
pub(super) async fn at_once<S, T, F>(replicas: &[S], count: usize, call: impl Fn(S, usize) -> F) -> Vec<T>
where
    S: Clone,
    T: Send + 'static,
    F: Future<Output = T> + Send + 'static,
{
    let start = Arc::new(Barrier::new(count));
    let one = |at: usize| {
        let (start, call) = (Arc::clone(&start), call(replicas[at % replicas.len()].clone(), at));
        tokio::spawn(async move {
            start.wait().await;
            call.await
        })
    };
    let tasks: Vec<_> = (0..count).map(one).collect();
    let mut answers = Vec::with_capacity(count);
    for task in tasks {
        answers.push(done(task).await);
    }
    answers
}

/// The output of a task. Its panic goes on here.
pub(super) async fn done<T>(task: JoinHandle<T>) -> T {
    match task.await {
        Ok(output) => output,
        Err(error) => resume_unwind(error.into_panic()),
    }
}

/// Begins a call, and gives it up after a while, as a server does when the client goes away.
pub(super) async fn given_up<T: Send + 'static>(call: impl Future<Output = T> + Send + 'static, after: Duration) {
    let task = tokio::spawn(call);
    if after.is_zero() {
        tokio::task::yield_now().await;
    } else {
        sleep(after).await;
    }
    task.abort();
    // Whether it was done by then does not matter, and neither does an error.
    let _ = task.await;
}
