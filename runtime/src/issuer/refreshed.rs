//! Tries an issuer's keys again after a refresh, if the keys at hand lack the one that has signed a text.

use std::time::UNIX_EPOCH;

use super::keeper::{Age, Keeper, Refreshed};
use crate::{
    jose::{jws::Jws, scratch::Scratch},
    token::{error::TokenError, unverified, verifier::TokenVerifier, verify::now, verify_error::VerifyError},
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
    let Refreshed { verifier, age, unavailable } = keeper.refreshed().await?;
    read(&verifier).map_err(|error| if lacks_key(&error) && age.may_lack(signed) { unavailable } else { error.into() })
}

/// In seconds: issuers write whole ones.
const TOLERANCE: f64 = 1.0;

impl Age {
    /// Whether the issuer may have signed the text with a key that it has published since the keys were fetched. Only what the text
    /// says of itself tells so, but a forged one gains nothing: it is refused in another way.
    fn may_lack(&self, signed: &Jws<'_>) -> bool {
        let fetched = match self {
            Self::New => return false,
            Self::Unknown => return true,
            Self::FetchedAt(at) => at.duration_since(UNIX_EPOCH).map_or(0.0, |since| since.as_secs_f64()),
        };
        let issued = Scratch::with(|scratch| signed.payload(&mut scratch.payload).ok().and_then(unverified::issued_at));
        issued.is_some_and(|issued| issued + TOLERANCE > fetched && issued < now() + TOLERANCE)
    }
}

/// Whether another key of the issuer could verify the text.
pub(super) fn lacks_key(error: &TokenError) -> bool {
    matches!(error, TokenError::Key | TokenError::Algorithm)
}
