//! How a token finds its issuer and its key: takes a token, yields what is read from it. It may wait for a refresh.

use std::{ops::Deref, sync::Arc};

use super::{
    keeper::Keeper,
    refreshed::{after_refresh, lacks_key},
    roster::{Kept, Roster},
    verifier::IssuerVerifier,
};
use crate::{
    credential::presented::{BoundTokens, Presented},
    jose::{compact::Compact, jws::Jws, scratch::Scratch},
    token::{
        error::TokenError,
        unverified,
        verify::{Reader, now},
        verify_error::VerifyError,
    },
};

/// The keeper of a token's issuer.
enum Chosen<'a> {
    Fixed(&'a Keeper),
    Kept(&'a Roster, Arc<Kept>),
}

impl Deref for Chosen<'_> {
    type Target = Keeper;

    fn deref(&self) -> &Keeper {
        match self {
            Self::Fixed(keeper) => keeper,
            Self::Kept(_, kept) => kept,
        }
    }
}

impl Chosen<'_> {
    /// Fails if its issuer was removed while the request waited.
    fn check_is_accepted(&self) -> Result<(), TokenError> {
        if let Self::Kept(_, kept) = self { kept.check_is_accepted() } else { Ok(()) }
    }

    fn note_use(&self) {
        if let Self::Kept(roster, kept) = self {
            roster.note_use(kept);
        }
    }
}

impl IssuerVerifier {
    /// Verifies a token and passes its claims and payload to `read`.
    pub(super) async fn read<R>(
        &self,
        presented: &Presented<'_>,
        read: impl Reader<R> + Copy,
    ) -> Result<R, VerifyError> {
        let bound = presented.bound_tokens()?;
        let (fixed, roster) = self.parts();
        // The token's issuer is not known yet.
        let max_size = fixed.iter().map(|keeper| keeper.issuer.policy.max_size).max().unwrap_or_default();
        let parts = Compact::split(presented.token(), max_size.max(roster.max_size())).map_err(TokenError::from)?;
        let token = Jws::new(&parts);
        // With one issuer, its rules refuse tokens of others.
        let keeper = match fixed {
            [only] if !roster.is_open() => {
                let now = now();
                match only.verifier(now).map(|verifier| verifier.read(&token, now, bound, read)) {
                    Some(result) if !result.as_ref().is_err_and(lacks_key) => return Ok(result?),
                    // A token of another issuer must cause no refresh.
                    _ => Scratch::with(|scratch| {
                        self.named_by(token.payload(&mut scratch.payload).map_err(TokenError::from)?)
                    })?,
                }
            }
            _ => match self.read_by_name(&token, bound, read)? {
                Ok(read) => return Ok(read),
                Err(keeper) => keeper,
            },
        };
        token.check_size(keeper.issuer.policy.max_size).map_err(TokenError::from)?;
        let read = after_refresh(&keeper, &token, |verifier| verifier.read(&token, now(), bound, read)).await?;
        keeper.check_is_accepted()?;
        keeper.note_use();
        Ok(read)
    }

    /// Verifies with the current keys of the issuer that the token names. Returns the issuer's keeper if these lack the
    /// token's key. The payload is decoded once, for `iss` and for all claims.
    fn read_by_name<R>(
        &self,
        token: &Jws<'_>,
        bound: BoundTokens,
        read: impl Reader<R>,
    ) -> Result<Result<R, Chosen<'_>>, VerifyError> {
        Scratch::with(|Scratch { payload, signature }| {
            let payload = token.payload(payload).map_err(TokenError::from)?;
            let keeper = self.named_by(payload)?;
            let now = now();
            let Some(verifier) = keeper.verifier(now) else { return Ok(Err(keeper)) };
            match verifier.read_decoded(token, (payload, signature), now, bound, read) {
                Err(error) if lacks_key(&error) => Ok(Err(keeper)),
                read => {
                    let read = read?;
                    keeper.note_use();
                    Ok(Ok(read))
                }
            }
        })
    }

    /// The keeper of the issuer that the claims name.
    fn named_by(&self, claims: &str) -> Result<Chosen<'_>, VerifyError> {
        let (fixed, roster) = self.parts();
        unverified::by_issuer(claims, |named| {
            if let Some(keeper) = fixed.iter().find(|keeper| keeper.issuer.is_named(named)) {
                return Ok(Chosen::Fixed(keeper));
            }
            if !roster.is_open() {
                return Err(TokenError::Issuer.into());
            }
            Ok(Chosen::Kept(roster, roster.named(named)?))
        })
    }
}
