//! A token as a request shows it comes in, what it grants goes out.

use serde::Serialize;

use super::{
    super::{store::PersonalToken, times},
    PersonalTokens, last_use, secret,
};
use crate::{
    credential::presented::Presented,
    error::StoreError,
    scopes::set::Scopes,
    token::{
        claims::Claims, error::TokenError, judge::VerifyToken, verified::VerifiedToken, verify_error::VerifyError,
    },
};

/// The claims of a personal token, as a handler can read them.
#[derive(Serialize)]
struct Payload<'a> {
    sub: &'a str,
    scope: &'a Scopes,
    iat: u64,
    exp: u64,
    jti: &'a str,
}

/// Whoever shows the token does not learn what is wrong: [`TokenError::NotMine`] without the prefix, so that another verifier may be
/// asked; [`TokenError::Malformed`] for a wrong checksum; [`TokenError::Inactive`] if it is unknown, expired or deleted, or if its
/// owner is disabled.
impl VerifyToken for PersonalTokens {
    const MAY_BE_UNAVAILABLE: bool = true;

    async fn judge(&self, presented: &Presented<'_>) -> Result<VerifiedToken, VerifyError> {
        secret::check(self.prefix, presented.token())?;
        // It is bound to nobody, so a proof of it cannot be checked. To find that out must not count as a use.
        presented.bound_tokens()?;
        let digest = secret::digest(presented.token());
        let found = self.store.find(&digest, times::now(), last_use::COARSE).await.map_err(unavailable)?;
        let found = found.ok_or(TokenError::Inactive)?;
        let claims = self.claims(&found).await?;
        let payload = Payload {
            sub: &claims.sub,
            scope: &claims.scope,
            iat: times::whole_seconds(found.created),
            exp: claims.exp,
            jti: &found.id,
        };
        // Strings and numbers cannot fail to serialise.
        let payload = serde_json::to_string(&payload).unwrap_or_default();
        Ok(VerifiedToken::new(claims, &payload))
    }
}

impl PersonalTokens {
    async fn claims(&self, found: &PersonalToken) -> Result<Claims, VerifyError> {
        let scope = match &self.owners {
            Some(owners) => owners.scope(found).await.map_err(unavailable)?.ok_or(TokenError::Inactive)?,
            None => found.scope.clone(),
        };
        let exp = times::whole_seconds(found.expires.unwrap_or_else(times::last));
        Ok(Claims { sub: found.subject.clone(), scope, exp, cnf: None })
    }
}

fn unavailable(error: StoreError) -> VerifyError {
    VerifyError::unavailable(error.retry_after(), error)
}
