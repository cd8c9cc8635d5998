//! Verifies access tokens of the service's own, without a database: takes a token, refuses it if its session has ended.

use crate::{
    credential::presented::Presented,
    token::{judge::VerifyToken, verified::VerifiedToken, verify_error::VerifyError},
};

/// Verifies the tokens of [`AccessTokens`](super::AccessTokens). A token whose session has ended is refused as soon as
/// [`Revocations`](super::Revocations) know of it.
#[derive(Clone, Debug)]
pub struct SessionVerifier(());

impl VerifyToken for SessionVerifier {
    const MAY_BE_UNAVAILABLE: bool = true;

    async fn judge(&self, presented: &Presented<'_>) -> Result<VerifiedToken, VerifyError> {
        let _ = presented;
        unimplemented!()
    }
}
