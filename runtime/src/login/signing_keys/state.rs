//! The keys at one time: takes keys with dates, yields the one that signs, those that verify, and the set that is published.

use std::{ops::Range, sync::Arc};

use axum::body::Bytes;

use super::dated::{self, DatedKey};
use crate::{jose::verification_key::VerificationKey, token::sign::TokenSigner};

/// What holds for a span of time. Signing, verifying and publishing read the same state, so that they agree.
pub(in crate::login) struct State {
    /// Grows with each state.
    pub(in crate::login) version: u64,
    /// When it holds, in seconds since 1970.
    pub(in crate::login) holds: Range<f64>,
    pub(in crate::login) signer: Option<TokenSigner>,
    /// The keys of tokens that may still be accepted, and those that will sign.
    pub(in crate::login) accepted: Vec<VerificationKey>,
    /// The public halves of the same keys, as a JWK Set.
    pub(super) jwks: Bytes,
    /// When the first of them is no longer accepted.
    pub(super) shrinks: f64,
    pub(super) keys: Arc<[DatedKey]>,
}

impl State {
    /// The state at `now`. A key is accepted for `keep` seconds after it has signed last.
    pub(super) fn new(keys: Arc<[DatedKey]>, now: f64, keep: u64, version: u64) -> Self {
        let over = |key: &DatedKey| key.exp.saturating_add(keep) as f64;
        let kept: Vec<_> = keys.iter().filter(|key| now < over(key)).collect();
        let public: Vec<_> = kept.iter().map(|key| key.key.public_jwk()).collect();
        let changes = || keys.iter().flat_map(|key| [key.nbf as f64, key.exp as f64, over(key)]);
        let from = changes().filter(|at| *at <= now).fold(0.0, f64::max);
        let until = changes().filter(|at| *at > now).fold(f64::INFINITY, f64::min);
        Self {
            version,
            holds: from..until,
            signer: dated::signing(&keys, now).map(|key| key.signer.clone()),
            accepted: kept.iter().map(|key| key.key.verification_key().clone()).collect(),
            jwks: Bytes::from(format!(r#"{{"keys":[{}]}}"#, public.join(","))),
            shrinks: kept.iter().map(|key| over(key)).fold(f64::INFINITY, f64::min),
            keys,
        }
    }
}
