//! Fuzz targets: any bytes in, a panic where axum-scopes did what its rules forbid.
//!
//! What decides is in [`oracle`]. `run.sh` runs them with libFuzzer, and `cargo test` on the corpus that it has found.
#![forbid(unsafe_code)]

mod authorization;
pub mod corpus;
mod keys;
mod login;
pub mod oracle;
pub mod service;
mod tokens;

pub use authorization::authorization;
pub use keys::keys;
pub use login::login;
pub use tokens::{CONFIGURATIONS, Configuration, agree, tokens};

/// What is run on bytes.
pub type Target = fn(&[u8]);

/// All of them, by the names of their files in `corpus`.
pub const TARGETS: [(&str, Target); 4] =
    [("authorization", authorization), ("keys", keys), ("login", login), ("tokens", tokens)];
