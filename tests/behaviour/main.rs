//! Tests of behaviour, one file per topic, through HTTP wherever that is possible.
#![allow(clippy::expect_used, clippy::unwrap_used, missing_docs, reason = "tests")]

mod answers;
mod attacks;
mod cache;
mod claims;
mod clauses;
mod connections;
mod credentials;
mod dpop;
mod enforcement;
mod error_types;
mod errors;
mod forms;
mod grpc;
mod guards;
mod layers;
mod login;
mod mcp;
mod merging;
mod naughty;
mod optional;
mod order;
mod overrides;
mod own_body;
mod passwords;
mod request_parts;
mod required_credential;
mod rfc6750;
mod schemes;
mod secure;
mod senders;
mod state;
mod templates;
mod tokens;
mod verifiers;
