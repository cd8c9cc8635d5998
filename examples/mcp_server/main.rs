//! An MCP server with scopes for each of its tools, behind an OpenID provider. Clients find the provider by themselves, log in for
//! reading, and step up when they call the tool that writes.
//!
//! ```sh
//! ISSUER=https://id.example.com cargo run --example mcp_server
//! curl -i http://127.0.0.1:8000/.well-known/oauth-protected-resource/mcp
//! curl -i http://127.0.0.1:8000/mcp -X POST         # 401: where to log in, and for which scope
//! curl -i http://127.0.0.1:8000/mcp -H "Authorization: Bearer …" \
//!     -H 'content-type: application/json' -H 'accept: application/json, text/event-stream' \
//!     -d '{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"write_note","arguments":{"text":"Buy milk"}}}'
//! ```
//!
//! `ISSUER` is the issuer's URL. `LISTEN` is the address, 127.0.0.1:8000 without it. `PUBLIC_URL` is the origin that clients know, which is
//! `http://LISTEN` without it. Tokens are for the audience `PUBLIC_URL/mcp`. They may be bound to a key (DPoP). With `DPOP_NONCE=1`, proofs
//! need nonces of this server.
//!
//! In a crate of your own, this folder is `src`, without its `Cargo.toml`, and it needs:
//!
//! ```sh
//! cargo add axum
//! cargo add axum-scopes --features dpop,issuer,mcp
//! cargo add rmcp --features server,macros,transport-streamable-http-server
//! cargo add serde --features derive
//! cargo add tokio --features full
//! cargo add tracing-subscriber
//! cargo add --dev axum-scopes --features testing
//! cargo add --dev serde_json
//! cargo add --dev tower --features util
//! ```

#![allow(missing_debug_implementations, unreachable_pub, reason = "not a library")]

mod auth;
mod config;
mod routes;
mod sessions;
#[cfg(test)]
mod tests;
mod tools;

use std::process::ExitCode;

use tokio::net::TcpListener;

use crate::config::Config;

#[tokio::main]
async fn main() -> ExitCode {
    tracing_subscriber::fmt::init();
    match run().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

async fn run() -> Result<(), Box<dyn std::error::Error>> {
    let config = Config::from_env(|name| std::env::var(name).ok())?;
    let verifier = auth::verifier(&config)?;
    let router = routes::routes(&config).with_state(verifier).into_router();
    let listener = TcpListener::bind(&config.listen).await?;
    println!("MCP clients connect to {}/mcp, and log in at {}.", config.public_url, config.issuer);
    println!("Who may use what:\n\n{}", routes::routes(&config).table());
    axum::serve(listener, config.resource.publish::<auth::Token, _>(router)).await?;
    Ok(())
}
