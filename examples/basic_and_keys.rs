//! Three kinds of callers of one service: people with a token, staff with name and password, and partners with a key.
//!
//! ```sh
//! cargo run --example basic_and_keys     # prints the first of these, with a token
//! curl -i http://127.0.0.1:8000/items      -H "Authorization: Bearer …"        # 200; without it, 401 `Bearer`
//! curl -i http://127.0.0.1:8000/accounts   -u staff:correct-horse              # 200; without it, 401 `Basic realm="staff"`
//! curl -i http://127.0.0.1:8000/feed       -H "X-Partner-Key: 7f3a"            # 200; without it, 401 `APIKey`
//! curl -i http://127.0.0.1:8000/report     -H "X-Partner-Key: 7f3a"            # 401: that partner may not
//! ```
//!
//! In a crate of your own, this file is `src/main.rs`, and it needs:
//!
//! ```sh
//! cargo add axum --features macros
//! cargo add axum-scopes
//! cargo add tokio --features full
//! cargo add --dev axum-scopes --features testing
//! ```

use std::{error::Error, time::Duration};

use axum::{
    extract::{FromRef, State},
    response::{IntoResponse, Response},
    routing,
};
use axum_scopes::{
    ApiKeyHeader, ApiKeyScheme, AuthError, Claims, Depends, Flows, HmacKey, HttpBasic, HttpBasicScheme, OAuth2Scheme,
    Scopes, SecurityScopes, TokenVerifier, guard,
    password::Passwords,
    secure::{Router, get},
    security,
    token::TokenSigner,
    verified,
};
use tokio::net::TcpListener;

/// What the service answers to every refusal of a scheme; a handler's own needs `in_style_of`. The library adds status and
/// challenge.
fn plain(error: &AuthError) -> Response {
    format!("{}\n", error.detail()).into_response()
}

struct People;

impl OAuth2Scheme for People {
    const FLOWS: Flows = Flows::password("token");
    const SCOPES: &[(&str, &str)] = &[("items", "Read items.")];
    const ERROR_RESPONSE: Option<fn(&AuthError) -> Response> = Some(plain);
}

struct Staff;

impl HttpBasicScheme for Staff {
    const REALM: Option<&str> = Some("staff");
    const ERROR_RESPONSE: Option<fn(&AuthError) -> Response> = Some(plain);
}

struct Partner;

impl ApiKeyScheme for Partner {
    const NAME: &str = "PartnerKey";
    const PARAMETER: &str = "x-partner-key";
    const SCOPES: &[(&str, &str)] = &[("feed", "Read the feed."), ("report", "Read the report.")];
    const ERROR_RESPONSE: Option<fn(&AuthError) -> Response> = Some(plain);
}

/// Argon2id of `correct-horse`.
const STAFF_HASH: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$+e3AxTTySo6N82Iqj5hLVA$o7QcXeHuPEi23C/kGDqzVEbd7r5unSNj48NA7URju64";

/// The partners' keys, and what each may do.
const PARTNERS: &[(&str, &[&str])] = &[("7f3a", &["feed"]), ("9c21", &["feed", "report"])];

#[derive(Clone, FromRef)]
struct App {
    passwords: Passwords,
    verifier: TokenVerifier,
}

/// A member of staff. Staff has no scopes: wherever some are required, this refuses.
#[security]
async fn get_staff(
    required: SecurityScopes,
    HttpBasic(login): HttpBasic<Staff>,
    State(passwords): State<Passwords>,
) -> Result<(), AuthError> {
    let stored = (login.username == "staff").then_some(STAFF_HASH);
    if !passwords.verify(&login.password, stored).await?.is_accepted() {
        return Err(required.unauthorized("Incorrect username or password"));
    }
    required.check(&Scopes::new())
}

/// A partner whose key may do what is required.
#[security]
async fn get_partner(required: SecurityScopes, ApiKeyHeader(key): ApiKeyHeader<Partner>) -> Result<(), AuthError> {
    let partner = PARTNERS.iter().find(|(known, _)| key.matches(known));
    let (_, scopes) = partner.ok_or_else(|| required.unauthorized("Unknown key"))?;
    required.check(scopes)
}

#[security(scopes = ["items"])]
async fn items(_: Depends<verified<People>>) -> &'static str {
    "items\n"
}

#[security(scopes = ["feed"])]
async fn feed(_: Depends<get_partner>) -> &'static str {
    "feed\n"
}

#[security(scopes = ["report"])]
async fn report(_: Depends<get_partner>) -> &'static str {
    "report\n"
}

fn router(app: App) -> Router {
    // A plain router of axum: its handlers do not say who may call them, and the guard in front does. Only staff gets in,
    // whatever routes it will have.
    let accounts = axum::Router::new().route("/accounts", routing::get(async || "accounts\n"));
    let staff = guard!(depends(get_staff)).with_state(app.clone());
    Router::new()
        .merge(staff.admit(accounts))
        .route("/items", get(items))
        .route("/feed", get(feed))
        .route("/report", get(report))
        .with_state(app)
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    // Everybody knows this key and what is written above, so only this machine reaches the service.
    let key = HmacKey::dangerous_even_if_public("not a secret: everybody can read this example")?;
    let token = TokenSigner::hs256(&key).sign(&Claims::new("amy", "items", Duration::from_secs(3600)))?;
    let router = router(App { passwords: Passwords::default(), verifier: TokenVerifier::hs256(&key) });
    println!("curl -i http://127.0.0.1:8000/items -H 'Authorization: Bearer {token}'");
    axum::serve(TcpListener::bind("127.0.0.1:8000").await?, router.into_router()).await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]

    use axum_scopes::testing::open_routes;

    use super::*;

    #[tokio::test]
    async fn nobody_opens_a_route_by_mistake() {
        let key = HmacKey::new("a key for tests, of more than thirty-two bytes").unwrap();
        let router = router(App { passwords: Passwords::default(), verifier: TokenVerifier::hs256(&key) });
        assert_eq!(
            router.table().to_string(),
            "\
*    /accounts  HTTPBasic
GET  /feed      PartnerKey [feed]
GET  /items     OAuth2PasswordBearer [items]
GET  /report    PartnerKey [report]
"
        );
        assert!(open_routes(router.into_router()).await.is_empty());
    }
}
