//! Tokens that are bound to their sender: whoever shows such a token has to prove that it was issued to them.
//!
//! A stolen bearer token is as good as one's own. A bound token names a key in its claim `cnf`, and is worth nothing without that
//! key (RFC 9700 §2.2.1). With [`dpop`] the client signs a proof for each request.

#[cfg(feature = "dpop")]
pub mod dpop;
