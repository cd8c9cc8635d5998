//! Work that goes on when its client goes away, and whose outcome is told: a future comes in, its output comes out.

use std::future::Future;

use tracing::instrument::{Instrument, WithSubscriber};

use super::{super::event::Outcome, refusal::Refusal, report::Report};
use crate::error::AuthError;

pub(super) async fn to_its_end<T: Send + 'static>(
    work: impl Future<Output = (Report, Result<(T, Outcome), Refusal>)> + Send + 'static,
) -> Result<T, AuthError> {
    let told = async move {
        let (report, result) = work.await;
        match result {
            Ok((value, outcome)) => {
                report.tell(outcome);
                Ok(value)
            }
            Err(refusal) => {
                report.tell(refusal.outcome);
                Err(refusal.error)
            }
        }
    };
    // It is never aborted. So either a store or the listener has panicked, or the runtime is shutting down.
    let task = tokio::spawn(told.in_current_span().with_current_subscriber());
    task.await.unwrap_or_else(|_| Err(AuthError::internal()))
}
