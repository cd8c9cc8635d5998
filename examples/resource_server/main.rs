//! An API behind an OpenID provider: it issues no tokens, and accepts those of one issuer, whose keys it finds by discovery.
//!
//! ```sh
//! ISSUER=https://id.example.com AUDIENCE=https://api.example.com cargo run --example resource_server
//! curl -i http://127.0.0.1:8000/docs               # in a browser: log in at the issuer, tick scopes, try
//! curl -i http://127.0.0.1:8000/notes -H "Authorization: Bearer …"     # needs `notes:read`
//! curl -i http://127.0.0.1:8000/notes -H "Authorization: Bearer …" \
//!     -H 'content-type: application/json' -d '{"text":"Buy milk"}'     # needs `notes:write` and `notes:read`; else 403
//! curl -i http://127.0.0.1:8000/ready              # 503 until the issuer's keys are there
//! curl -i http://127.0.0.1:8000/.well-known/oauth-protected-resource
//! ```
//!
//! `ISSUER` is the issuer's URL, `AUDIENCE` the URL of this API that tokens name. `CLIENT_ID` is the public client that the
//! docs page logs in as, by authorization code with PKCE: register `http://127.0.0.1:8000/docs/oauth2-redirect.html` as its
//! redirect URI, and the page's origin for CORS. `LISTEN` is the address, 127.0.0.1:8000 without it.
//!
//! In a crate of your own, this folder is `src`, and it needs:
//!
//! ```sh
//! cargo add axum
//! cargo add axum-scopes --features issuer,swagger-ui,utoipa
//! cargo add serde --features derive
//! cargo add tokio --features full
//! cargo add tower --features util
//! cargo add tracing
//! cargo add tracing-subscriber
//! cargo add utoipa
//! cargo add --dev axum-scopes --features testing
//! cargo add --dev serde_json
//! ```

#![allow(missing_debug_implementations, unreachable_pub, reason = "not a library")]

mod app;
mod auth;
mod config;
mod docs;
mod routes;
#[cfg(test)]
mod tests;

use std::process::ExitCode;

use axum_scopes::Tree;
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
    let router = routes::router(&config)?;
    let listener = TcpListener::bind(&config.listen).await?;
    println!("{}", hints(&format!("http://{}", listener.local_addr()?), &config));
    axum::serve(listener, router).await?;
    Ok(())
}

fn hints(url: &str, config: &Config) -> String {
    let tree = Tree::of::<routes::write_note>();
    format!(
        "\n\
         Open {url}/docs in a browser and log in at {issuer}, or take a token from there:\n\n  \
         curl -i {url}/notes -H \"Authorization: Bearer $TOKEN\"\n  \
         curl -i {url}/notes -H \"Authorization: Bearer $TOKEN\" -H 'content-type: application/json' -d '{{\"text\":\"Buy milk\"}}'\n  \
         curl -i {url}/ready\n\n\
         What writing needs, as the compiler merged it:\n\n{tree}",
        issuer = config.issuer,
    )
}
