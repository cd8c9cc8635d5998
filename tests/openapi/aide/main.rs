//! aide's documents show the security of services, as clients receive them.
#![allow(clippy::unwrap_used, missing_docs, unreachable_pub, reason = "tests")]

mod claims;
mod finishing;
mod guards;
mod parity;
mod responses;
mod schemas;
mod schemes;
mod scopes;
mod secure;
mod senders;
mod service;
