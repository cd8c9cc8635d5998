//! A gRPC service with a scope for each method: tonic answers the calls, and axum-scopes decides who may make them.
//!
//! ```sh
//! cargo run --example grpc      # prints a token
//! cd examples/grpc
//! grpcurl -plaintext -proto notes.proto 127.0.0.1:8000 notes.v1.Notes/List     # Code: Unauthenticated
//! grpcurl -plaintext -proto notes.proto -H "authorization: Bearer $TOKEN" 127.0.0.1:8000 notes.v1.Notes/List
//! grpcurl -plaintext -proto notes.proto -H "authorization: Bearer $TOKEN" -d '{"text":"Buy milk"}' \
//!     127.0.0.1:8000 notes.v1.Notes/Add                                        # Code: PermissionDenied
//! ```
//!
//! Everybody knows the key that it verifies tokens with, so it listens for this machine alone.
//!
//! In a crate of your own, this folder is `src`, without its `Cargo.toml`, and it needs:
//!
//! ```sh
//! cargo add axum --features http2,macros
//! cargo add axum-scopes
//! cargo add prost
//! cargo add tokio --features full
//! cargo add tonic --no-default-features --features codegen
//! cargo add tonic-prost
//! cargo add tower --features util
//! cargo add --dev axum-scopes --features testing
//! cargo add --dev tonic --no-default-features --features channel
//! ```

#![allow(missing_debug_implementations, unreachable_pub, reason = "not a library")]

mod notes;
mod routes;
mod store;
#[cfg(test)]
mod tests;

use std::{error::Error, time::Duration};

use axum_scopes::{Claims, HmacKey, TokenVerifier, token::TokenSigner};
use tokio::net::TcpListener;

use crate::{
    notes::NotesServer,
    routes::{App, routes},
    store::Store,
};

/// A service of your own has the keys of its issuer: see the example `resource_server`.
fn key() -> Result<HmacKey, axum_scopes::jose::KeyError> {
    HmacKey::new("everybody knows this key, which is in a repository")
}

fn app(key: &HmacKey) -> App {
    App { verifier: TokenVerifier::hs256(key), notes: NotesServer::new(Store::default()) }
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let key = key()?;
    let token = TokenSigner::hs256(&key).sign(&Claims::new("amy", "notes:read", Duration::from_secs(3600)))?;
    let routes = routes();
    println!("{}\nA token that may read:\n\n  TOKEN={token}\n", routes.table());
    let listener = TcpListener::bind("127.0.0.1:8000").await?;
    axum::serve(listener, routes.with_state(app(&key)).into_router()).await?;
    Ok(())
}
