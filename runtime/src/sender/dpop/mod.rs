//! Proofs of possession at the application level (DPoP, RFC 9449): the client signs each request with a key of its own, and its
//! tokens are good only with that key.
//!
//! [`Dpop`] says under which URL the service is reached, how old a proof may be, whether the service hands out [`Nonces`], and
//! where proofs that were used are kept: a [`ReplayStore`].

mod claims;
pub(crate) mod client_key;
mod config;
pub(super) mod fault;
mod htu;
mod memory;
mod nonce_layer;
mod nonces;
pub(super) mod proof;
mod replay;

#[cfg(test)]
mod tests;

pub use client_key::ClientKey;
pub use config::Dpop;
pub use memory::MemoryReplayStore;
pub use nonce_layer::{AddingNonce, NonceLayer, WithNonce};
pub use nonces::Nonces;
pub use replay::ReplayStore;

// `proof` checks a proof: `jose` reads its header and its signature, `claims` what it says, `htu` the URL in it, and `nonces` its
// nonce. `replay` asks the store at last, and `memory` is the store that is there by default.
