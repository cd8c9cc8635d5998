//! The key of a client that asks for tokens: takes the proof of the request, yields what the tokens are bound to (RFC 9449 §5).

#[cfg(feature = "dpop")]
use axum::http::request::Parts;

use super::{refusal::Refusal, settings::Settings};
#[cfg(feature = "dpop")]
use crate::sender::dpop::client_key::TokenProof;
use crate::token::Confirmation;

/// What the tokens of a request are to be bound to.
pub(super) struct Binding {
    #[cfg(feature = "dpop")]
    proof: Option<TokenProof>,
}

/// A scheme that requires bound tokens, and a server that cannot bind them.
#[derive(Debug)]
struct CannotBind;

impl std::fmt::Display for CannotBind {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("the scheme requires tokens that are bound to a key; give the server a `Dpop`")
    }
}

impl std::error::Error for CannotBind {}

impl Binding {
    #[cfg(feature = "dpop")]
    pub(super) fn of(settings: &Settings, parts: &Parts) -> Result<Self, Refusal> {
        let sender = settings.scheme.sender();
        let takes_proofs = !sender.dpop_algorithms().is_empty();
        let proof = match settings.dpop.as_ref().filter(|_| takes_proofs) {
            Some(dpop) => TokenProof::of(dpop, parts, sender).map_err(Refusal::of_proof)?,
            None => None,
        };
        if proof.is_none() && sender.is_required() { Err(Refusal::failed(&CannotBind)) } else { Ok(Self { proof }) }
    }

    #[cfg(not(feature = "dpop"))]
    pub(super) fn of(settings: &Settings, _: &axum::http::request::Parts) -> Result<Self, Refusal> {
        if settings.scheme.sender().is_required() { Err(Refusal::failed(&CannotBind)) } else { Ok(Self {}) }
    }

    /// The thumbprint of the key.
    pub(super) fn thumbprint(&self) -> Option<[u8; 32]> {
        #[cfg(feature = "dpop")]
        return self.proof.as_ref().map(|proof| *proof.thumbprint());
        #[cfg(not(feature = "dpop"))]
        None
    }

    /// Uses the proof up. It comes last, so that a request that is refused uses none up.
    pub(super) async fn confirm(self) -> Result<Option<Confirmation>, Refusal> {
        #[cfg(feature = "dpop")]
        if let Some(proof) = self.proof {
            return proof.confirm().await.map(Some).map_err(Refusal::of_proof);
        }
        Ok(None)
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_fault_says_what_to_give_to_the_server() {
        assert!(super::CannotBind.to_string().ends_with("give the server a `Dpop`"));
    }
}
