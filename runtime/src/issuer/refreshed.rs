//! Tries an issuer's keys again after a refresh, if the keys at hand lack the one that has signed a text.

use super::keeper::{Keeper, Refreshed};
use crate::{
    jose::jws::Jws,
    token::{error::TokenError, verifier::TokenVerifier, verify_error::VerifyError},
};

/// Passes the keys to `read` after a refresh, if one could help.
pub(super) async fn after_refresh<R>(
    keeper: &Keeper,
    signed: &Jws<'_>,
    read: impl FnOnce(&TokenVerifier) -> Result<R, TokenError>,
) -> Result<R, VerifyError> {
    // A refresh cannot bring a key for such a text.
    let algorithm = signed.header().map_err(TokenError::from)?.algorithm();
    if !algorithm.is_some_and(|algorithm| keeper.issuer.algorithms.contains(&algorithm)) {
        return Err(TokenError::Algorithm.into());
    }
    let Refreshed { verifier, failed } = keeper.refreshed().await?;
    read(&verifier).map_err(|error| match failed {
        Some(unavailable) if lacks_key(&error) => unavailable,
        _ => error.into(),
    })
}

/// Whether another key of the issuer could verify the text.
pub(super) fn lacks_key(error: &TokenError) -> bool {
    matches!(error, TokenError::Key | TokenError::Algorithm)
}
