//! Fuzz targets take any bytes, and panic if axum-scopes does what its rules forbid.
//!
//! The rules are in [`oracle`]. `run.sh` runs the targets with libFuzzer, and `cargo test` runs them on the corpus.
#![forbid(unsafe_code)]

mod addresses;
mod authorization;
mod certificates;
pub mod corpus;
mod credentials;
mod endpoint;
mod form;
mod introspection;
mod issuers;
mod keys;
mod login;
mod messages;
pub mod oracle;
mod passwords;
mod proofs;
pub mod recipe;
mod recipes;
pub mod service;
mod signing_keys;
mod tokens;

pub use addresses::addresses;
pub use authorization::authorization;
pub use certificates::certificates;
pub use credentials::credentials;
pub use endpoint::endpoint;
pub use introspection::introspection;
pub use issuers::issuers;
pub use keys::keys;
pub use login::login;
pub use messages::messages;
pub use passwords::passwords;
pub use proofs::proofs;
pub use recipes::recipes;
pub use signing_keys::signing_keys;
pub use tokens::{CONFIGURATIONS, Configuration, agree, tokens};

/// A function that is run on bytes.
pub type Target = fn(&[u8]);

/// All targets, with the names of their files in `corpus`.
pub const TARGETS: [(&str, Target); 15] = [
    ("addresses", addresses),
    ("authorization", authorization),
    ("certificates", certificates),
    ("credentials", credentials),
    ("endpoint", endpoint),
    ("introspection", introspection),
    ("issuers", issuers),
    ("keys", keys),
    ("login", login),
    ("messages", messages),
    ("passwords", passwords),
    ("proofs", proofs),
    ("recipes", recipes),
    ("signing_keys", signing_keys),
    ("tokens", tokens),
];
