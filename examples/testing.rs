//! A service and its tests: dependencies replaced, principals with given scopes, and minted tokens.
//!
//! ```sh
//! cargo test --example testing
//! SECRET_KEY=$(openssl rand -hex 32) cargo run --example testing      # the service itself; prints the next, with a token
//! curl -i http://127.0.0.1:8000/orders -H 'Authorization: Bearer …'   # 503: nobody knows the real exchange rate here
//! ```
//!
//! In a crate of your own, this file is `src/main.rs`, and it needs:
//!
//! ```sh
//! cargo add axum --features macros
//! cargo add axum-scopes
//! cargo add tokio --features full
//! cargo add --dev axum-scopes --features testing
//! cargo add --dev tower --features util
//! ```

use std::{env, error::Error, time::Duration};

use axum::{Json, extract::FromRef};
use axum_scopes::{
    AuthError, Claims, Depends, Flows, HmacKey, OAuth2Scheme, TokenVerifier,
    secure::{Router, get},
    security,
    token::TokenSigner,
    verified,
};
use tokio::net::TcpListener;

struct Shop;

impl OAuth2Scheme for Shop {
    const FLOWS: Flows = Flows::authorization_code("https://id.example/authorize", "https://id.example/token");
    const SCOPES: &[(&str, &str)] = &[("orders", "Read orders."), ("rates", "Read exchange rates.")];
}

#[derive(Clone, FromRef)]
struct App {
    verifier: TokenVerifier,
}

/// Asks a service that no test should depend on.
#[security(scopes = ["rates"])]
async fn exchange_rate(_: Depends<verified<Shop>>) -> Result<f64, AuthError> {
    Err(AuthError::unavailable(60))
}

#[security(scopes = ["orders"])]
async fn orders(
    Depends(claims): Depends<verified<Shop>>,
    Depends(rate): Depends<exchange_rate>,
) -> Json<(String, f64)> {
    Json((claims.sub.into(), 100.0 * rate))
}

fn service(key: &HmacKey) -> Router {
    Router::new().route("/orders", get(orders)).with_state(App { verifier: TokenVerifier::hs256(key) })
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let secret = env::var("SECRET_KEY").map_err(|_| "set SECRET_KEY; `openssl rand -hex 32` prints one")?;
    let key = HmacKey::new(secret)?;
    let token = TokenSigner::hs256(&key).sign(&Claims::new("amy", "orders rates", Duration::from_secs(3600)))?;
    println!("curl -i http://127.0.0.1:8000/orders -H 'Authorization: Bearer {token}'");
    axum::serve(TcpListener::bind("127.0.0.1:8000").await?, service(&key).into_router()).await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]

    use axum::{body::Body, http::Request};
    use axum_scopes::{
        Scopes,
        testing::{Mint, Overrides, open_routes},
    };
    use tower::ServiceExt;

    use super::*;

    fn key() -> HmacKey {
        HmacKey::new("a key for tests, of more than thirty-two bytes").unwrap()
    }

    async fn status(router: axum::Router, token: &str) -> u16 {
        let request = Request::get("/orders").header("authorization", format!("Bearer {token}"));
        router.oneshot(request.body(Body::empty()).unwrap()).await.unwrap().status().as_u16()
    }

    /// Stands in for the real one; the tokens are real.
    #[security]
    async fn fixed_rate() -> Result<f64, AuthError> {
        Ok(1.5)
    }

    fn with_fixed_rate() -> axum::Router {
        Overrides::<App>::new().replace::<exchange_rate, fixed_rate>().apply(service(&key()).into_router())
    }

    /// The table is what the compiler knows of the routes, and the list is what they answer without a credential.
    #[tokio::test]
    async fn nobody_opens_a_route_by_mistake() {
        let service = service(&key());
        assert_eq!(service.table().to_string(), "GET  /orders  OAuth2AuthorizationCodeBearer [orders rates]\n");
        assert!(open_routes(service.into_router()).await.is_empty());
    }

    #[tokio::test]
    async fn only_a_good_token_with_the_scope_sees_orders() {
        let mint = Mint::new(&key());
        assert_eq!(status(with_fixed_rate(), &mint.valid("amy", "orders")).await, 200);
        assert_eq!(status(with_fixed_rate(), &mint.valid("amy", "rates")).await, 401);
        assert_eq!(status(with_fixed_rate(), &mint.expired("amy", "orders")).await, 401);
        assert_eq!(status(with_fixed_rate(), &mint.foreign("amy", "orders")).await, 401);
    }

    #[tokio::test]
    async fn a_principal_needs_no_token_but_still_the_scopes() {
        let amy = |granted: &'static str| {
            let claims = Claims::new("amy", granted, Duration::from_secs(60));
            Overrides::<App>::new()
                .principal::<verified<Shop>>(claims, Scopes::from(granted))
                .replace::<exchange_rate, fixed_rate>()
        };
        assert_eq!(status(amy("orders").apply(service(&key()).into_router()), "").await, 200);
        assert_eq!(status(amy("rates").apply(service(&key()).into_router()), "").await, 401);
    }

    #[tokio::test]
    async fn without_overrides_the_rate_is_asked_for() {
        let token = Mint::new(&key()).valid("amy", "orders rates");
        assert_eq!(status(service(&key()).into_router(), &token).await, 503);
    }
}
