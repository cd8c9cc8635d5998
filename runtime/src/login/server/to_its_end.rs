//! Work that goes on when its client goes away, and whose outcome is told: a future comes in, its output comes out.

use std::future::Future;

use super::{
    super::{event::Outcome, task},
    refusal::Refusal,
    report::Report,
};
use crate::error::AuthError;

pub(super) async fn to_its_end<T: Send + 'static>(
    work: impl Future<Output = (Report, Result<(T, Outcome), Refusal>)> + Send + 'static,
) -> Result<T, AuthError> {
    let told = async move {
        let (report, result) = work.await;
        report.conclude(result)
    };
    task::to_its_end(told).await.unwrap_or_else(|_| Err(AuthError::internal()))
}
