//! A service that ends TLS itself and takes only tokens that are bound to the client's certificate (RFC 8705 §3).
//!
//! ```sh
//! cargo run --example mtls      # prints the token, and writes certificates to target/mtls
//! curl -i https://localhost:8443/accounts --cacert target/mtls/ca.pem --cert target/mtls/client.pem \
//!     -H "Authorization: Bearer …"
//! curl -i https://localhost:8443/accounts --cacert target/mtls/ca.pem --cert target/mtls/other.pem \
//!     -H "Authorization: Bearer …"                      # 401: the token is bound to another certificate
//! curl -i https://localhost:8443/accounts --cacert target/mtls/ca.pem -H "Authorization: Bearer …"     # 401
//! ```
//!
//! `tls.rs` is what your service needs. `demo.rs` plays the certificate authority and the authorization server: in a real service,
//! certificates come from files, and `IssuerVerifier` stands in place of `TokenVerifier`.
//!
//! In a crate of your own, this folder is `src`, without its `Cargo.toml`, and it needs:
//!
//! ```sh
//! cargo add axum
//! cargo add axum-scopes
//! cargo add rcgen --no-default-features --features aws_lc_rs,pem
//! cargo add tokio --features full
//! cargo add tokio-rustls --no-default-features --features aws_lc_rs,tls12
//! cargo add tracing-subscriber
//! cargo add --dev axum-scopes --features testing
//! ```

#![allow(missing_debug_implementations, unreachable_pub, reason = "not a library")]

mod demo;
#[cfg(test)]
mod tests;
mod tls;

use std::error::Error;

use axum::{middleware::map_request, serve::Listener};
use axum_scopes::{
    Depends, Flows, OAuth2Scheme, TokenVerifier,
    scheme::{ErrorStyle, Sender},
    secure::{Router, get},
    security,
    sender::CertificateVerifier,
    verified,
};

use crate::{
    demo::Demo,
    tls::{Peer, TlsListener, name_certificate},
};

struct Bank;

impl OAuth2Scheme for Bank {
    const NAME: &str = "Bank";
    const FLOWS: Flows = Flows::client_credentials("https://id.example/token");
    const SCOPES: &[(&str, &str)] = &[("accounts", "Read accounts.")];
    const SENDER: Sender = Sender::bearer().or_certificate().required();
    const ERROR_STYLE: ErrorStyle = ErrorStyle::Rfc6750;
}

#[security(scopes = ["accounts"])]
async fn read_accounts(Depends(claims): Depends<verified<Bank, CertificateVerifier<TokenVerifier>>>) -> String {
    format!("the accounts of {}\n", claims.sub)
}

#[security(public = "load balancers have no token")]
async fn status() -> &'static str {
    "up\n"
}

fn router(verifier: TokenVerifier) -> Router {
    Router::new()
        .route("/accounts", get(read_accounts))
        .route("/status", get(status))
        .layer(map_request(name_certificate))
        .with_state(CertificateVerifier::new(verifier))
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    tracing_subscriber::fmt::init();
    let demo = Demo::new()?;
    demo.write("target/mtls")?;
    let router = router(demo.verifier()?).into_router();
    let listener = TlsListener::bind("127.0.0.1:8443", demo.server()?).await?;
    println!("It listens at {}. Ask it:", listener.local_addr()?.address);
    println!(
        "curl -i https://localhost:8443/accounts --cacert target/mtls/ca.pem --cert target/mtls/client.pem \
         -H \"Authorization: Bearer {}\"",
        demo.token()?
    );
    axum::serve(listener, router.into_make_service_with_connect_info::<Peer>()).await?;
    Ok(())
}
