//! Fuzz targets take any bytes, and panic if axum-scopes does what its rules forbid.
//!
//! The rules are in [`oracle`]. `run.sh` runs the targets with libFuzzer, and `cargo test` runs them on the corpus.
#![forbid(unsafe_code)]

mod authorization;
pub mod corpus;
mod introspection;
mod keys;
mod login;
pub mod oracle;
mod proofs;
pub mod service;
mod tokens;

pub use authorization::authorization;
pub use introspection::introspection;
pub use keys::keys;
pub use login::login;
pub use proofs::proofs;
pub use tokens::{CONFIGURATIONS, Configuration, agree, tokens};

/// A function that is run on bytes.
pub type Target = fn(&[u8]);

/// All targets, with the names of their files in `corpus`.
pub const TARGETS: [(&str, Target); 6] = [
    ("authorization", authorization),
    ("introspection", introspection),
    ("keys", keys),
    ("login", login),
    ("proofs", proofs),
    ("tokens", tokens),
];
