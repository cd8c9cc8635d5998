//! What aide's documents say of services, as their clients get it.
#![allow(clippy::unwrap_used, missing_docs, unreachable_pub, reason = "tests")]

mod claims;
mod finishing;
mod guards;
mod parity;
mod responses;
mod schemas;
mod schemes;
mod scopes;
mod service;
