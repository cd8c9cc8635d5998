//! Behaviour, one file per topic, through HTTP wherever it can be.
#![allow(clippy::expect_used, clippy::unwrap_used, missing_docs, reason = "tests")]

mod answers;
mod cache;
mod credentials;
mod enforcement;
mod errors;
mod forms;
mod layers;
mod log;
mod merging;
mod order;
mod passwords;
mod tokens;
