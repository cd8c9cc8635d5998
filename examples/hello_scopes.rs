//! The smallest service with scopes: two routes, one scope, and the ready-made dependency that verifies tokens.
//!
//! ```sh
//! cargo run --example hello_scopes     # prints a token for each of these
//! curl -i http://127.0.0.1:8000/                                      # 200, open to all
//! curl -i http://127.0.0.1:8000/items                                 # 401, no token
//! curl -i http://127.0.0.1:8000/items -H "Authorization: Bearer …"    # 200 with the scope `items`, otherwise 401
//! ```

use std::{error::Error, time::Duration};

use axum::{Router, routing::get};
use axum_scopes::{Claims, Depends, Flows, OAuth2Scheme, TokenVerifier, security, token::TokenSigner, verified};
use axum_scopes_examples::{serve, signing_key};

/// Which scopes exist.
struct Api;

impl OAuth2Scheme for Api {
    const FLOWS: Flows = Flows::password("token");
    const SCOPES: &[(&str, &str)] = &[("items", "Read items.")];
}

#[security(scopes = ["items"])]
async fn read_items(Depends(claims): Depends<verified<Api>>) -> String {
    format!("the items of {}\n", claims.sub)
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    axum_scopes_examples::log();
    let (key, keys) = signing_key("not a secret: everybody can read this example")?;
    let token = |scope| TokenSigner::hs256(&key).sign(&Claims::new("amy", scope, Duration::from_secs(3600)));
    let (good, poor) = (token("items")?, token("")?);
    let router = Router::new()
        .route("/", get(async || "hello\n"))
        .route("/items", get(read_items))
        .with_state(TokenVerifier::hs256(&key));
    serve(router, keys, |url| {
        format!(
            "\nTry it:\n\n  curl -i {url}/\n  curl -i {url}/items\n  curl -i {url}/items -H 'Authorization: Bearer {poor}'\n  \
             curl -i {url}/items -H 'Authorization: Bearer {good}'\n"
        )
    })
    .await?;
    Ok(())
}
