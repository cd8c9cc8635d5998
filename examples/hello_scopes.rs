//! The smallest service with scopes: two routes, one scope, and the ready-made dependency that verifies tokens.
//!
//! ```sh
//! SECRET_KEY=$(openssl rand -hex 32) cargo run --example hello_scopes    # prints the last of these, with a token
//! curl -i http://127.0.0.1:8000/                                         # 200, open to all
//! curl -i http://127.0.0.1:8000/items                                    # 401, no token
//! curl -i http://127.0.0.1:8000/items -H 'Authorization: Bearer …'       # 200
//! ```
//!
//! In a crate of your own, this file is `src/main.rs`, and it needs:
//!
//! ```sh
//! cargo add axum --features macros
//! cargo add axum-scopes
//! cargo add tokio --features macros,net,rt-multi-thread
//! ```

use std::{env, error::Error, time::Duration};

use axum::extract::FromRef;
use axum_scopes::{
    Claims, Depends, Flows, HmacKey, OAuth2Scheme, TokenVerifier,
    secure::{Router, get, public},
    security,
    token::TokenSigner,
    verified,
};
use tokio::net::TcpListener;

/// The scheme: where clients get tokens, and which scopes exist.
struct Api;

impl OAuth2Scheme for Api {
    const FLOWS: Flows = Flows::password("token");
    const SCOPES: &[(&str, &str)] = &[("items", "Read items.")];
}

/// The router's state. `verified` finds its verifier here.
#[derive(Clone, FromRef)]
struct App {
    verifier: TokenVerifier,
}

/// Requires the scope `items`.
#[security(scopes = ["items"])]
async fn read_items(Depends(claims): Depends<verified<Api>>) -> String {
    format!("the items of {}\n", claims.sub)
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    // The key signs and verifies tokens, so only this service may know it: 32 random bytes or more.
    let secret = env::var("SECRET_KEY").map_err(|_| "set SECRET_KEY; `openssl rand -hex 32` prints one")?;
    let key = HmacKey::new(secret)?;

    // A login makes such tokens for its users.
    let claims = Claims::new("amy", "items", Duration::from_secs(3600));
    let token = TokenSigner::hs256(&key).sign(&claims)?;
    println!("curl -i http://127.0.0.1:8000/items -H 'Authorization: Bearer {token}'");

    let app = App { verifier: TokenVerifier::hs256(&key) };
    let router = Router::new()
        // A route that asks for nothing says why. Without a reason it does not compile.
        .route("/", get(public("guests see the front page", async || "open to all\n")))
        .route("/items", get(read_items))
        .with_state(app);
    axum::serve(TcpListener::bind("127.0.0.1:8000").await?, router.into_router()).await?;
    Ok(())
}
