//! A service below a path of another: `/shop` has its own document and docs pages, which work wherever it is nested.
//!
//! ```sh
//! cargo run --example nested
//! curl -i http://127.0.0.1:8000/shop/docs          # in a browser: log in as `johndoe` with `secret`, reload; tokens are kept
//! curl -i http://127.0.0.1:8000/shop/kiosk/docs    # the same for a machine that many people use: nothing is kept
//! curl -i http://127.0.0.1:8000/shop/accounts      -u staff:correct-horse
//! curl -i http://127.0.0.1:8000/shop/feed          -H "X-Partner-Key: 7f3a"
//! curl -i http://127.0.0.1:8000/shop/basket        -b "basket=7f3a"
//! ```
//!
//! In a crate of your own, this file is `src/main.rs`, and it needs:
//!
//! ```sh
//! cargo add aide@0.16.0-alpha.4 --features axum
//! cargo add axum --features macros
//! cargo add axum-scopes --features aide,swagger-ui
//! cargo add tokio --features full
//! cargo add --dev axum-scopes --features testing
//! ```

use std::{error::Error, time::Duration};

use aide::openapi::{Info, OpenApi};
use axum::extract::{FromRef, State};
use axum_scopes::{
    ApiKeyHeader, ApiKeyScheme, AuthError, Claims, Depends, Flows, HmacKey, HttpBasic, HttpBasicScheme, OAuth2Scheme,
    RequiredScopes, TokenVerifier,
    access::DocumentError,
    credential::ApiKeyCookie,
    docs::Docs,
    login::{OAuth2PasswordRequestForm, TokenResponse},
    password::Passwords,
    secure::{
        Router,
        aide::{ApiRouter, get, post},
        public,
    },
    security,
    token::TokenSigner,
    verified,
};
use tokio::net::TcpListener;

struct Customers;

impl OAuth2Scheme for Customers {
    const FLOWS: Flows = Flows::password("token");
    const SCOPES: &[(&str, &str)] = &[("me", "Read information about the current user."), ("items", "Read items.")];
}

struct Staff;

impl HttpBasicScheme for Staff {}

struct Partner;

impl ApiKeyScheme for Partner {
    const NAME: &str = "PartnerKey";
    const PARAMETER: &str = "x-partner-key";
}

struct Basket;

impl ApiKeyScheme for Basket {
    const NAME: &str = "Basket";
    const PARAMETER: &str = "basket";
}

/// Argon2id of `secret`, for `johndoe`, and of `correct-horse`, for `staff`.
const JOHNS_HASH: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$kRaqz327r9yVXw01rGXgNw$YoE663ZOPzNgTlCmC8iN60Oan15+c59hMHcvobsvjzE";
const STAFF_HASH: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$+e3AxTTySo6N82Iqj5hLVA$o7QcXeHuPEi23C/kGDqzVEbd7r5unSNj48NA7URju64";

#[derive(Clone, FromRef)]
struct App {
    passwords: Passwords,
    signer: TokenSigner,
    verifier: TokenVerifier,
}

#[security(public = "a login needs no token")]
async fn login(State(app): State<App>, form: OAuth2PasswordRequestForm<Customers>) -> Result<TokenResponse, AuthError> {
    let stored = (form.username == "johndoe").then_some(JOHNS_HASH);
    if !app.passwords.verify(&form.password, stored).await?.is_accepted() {
        return Err(AuthError::bad_request("Incorrect username or password"));
    }
    let scopes = form.grant(&["me", "items"]);
    let claims = Claims::new("johndoe", scopes.clone(), Duration::from_secs(1800));
    let token = app.signer.sign(&claims).map_err(|_| AuthError::internal())?;
    Ok(TokenResponse::bearer(token).expires_in(Duration::from_secs(1800)).scope(&scopes))
}

#[security(scopes = ["me"])]
async fn read_users_me(Depends(claims): Depends<verified<Customers>>) -> String {
    format!("{}\n", claims.sub)
}

#[security]
async fn accounts(
    required: RequiredScopes,
    HttpBasic(login): HttpBasic<Staff>,
    State(passwords): State<Passwords>,
) -> Result<&'static str, AuthError> {
    let stored = (login.username == "staff").then_some(STAFF_HASH);
    let verification = passwords.verify(&login.password, stored).await?;
    if !verification.is_accepted() {
        return Err(required.unauthorized("Incorrect username or password"));
    }
    Ok("accounts\n")
}

#[security]
async fn feed(required: RequiredScopes, ApiKeyHeader(key): ApiKeyHeader<Partner>) -> Result<&'static str, AuthError> {
    if key.matches("7f3a") { Ok("feed\n") } else { Err(required.unauthorized("Unknown key")) }
}

#[security]
async fn basket(required: RequiredScopes, ApiKeyCookie(key): ApiKeyCookie<Basket>) -> Result<&'static str, AuthError> {
    if key.matches("7f3a") { Ok("basket\n") } else { Err(required.unauthorized("Unknown key")) }
}

/// All routes, and the document that describes them.
fn routes() -> (Router<App>, OpenApi) {
    let info = Info { title: "Shop".to_owned(), version: "0.1.0".to_owned(), ..Info::default() };
    let mut api = OpenApi { info, ..OpenApi::default() };
    let router = ApiRouter::new()
        .api_route("/token", post(login))
        .api_route("/users/me/", get(read_users_me))
        .api_route("/accounts", get(accounts))
        .api_route("/feed", get(feed))
        .api_route("/basket", get(basket))
        .finish(&mut api);
    (router, api)
}

/// The service, which does not know where it will be.
fn shop(app: App) -> Result<Router, DocumentError> {
    let (router, api) = routes();
    let docs = Docs::new(&api)?.into_router();
    let kiosk = Docs::new(&api)?.at("/kiosk/docs").document_at("/kiosk/openapi.json").keep_nothing();
    let docs = public("the API is documented for everybody", docs.merge(kiosk.into_router()));
    Ok(router.with_state(app).merge(docs))
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    // Everybody knows this key and what is written above, so only this machine reaches the service.
    let key = HmacKey::dangerous_even_if_public("not a secret: everybody can read this example")?;
    let (signer, verifier) = (TokenSigner::hs256(&key), TokenVerifier::hs256(&key));
    let shop = shop(App { passwords: Passwords::default(), signer, verifier })?;
    let listener = TcpListener::bind("127.0.0.1:8000").await?;
    println!("Open http://127.0.0.1:8000/shop/docs in a browser, log in, call, and reload.");
    axum::serve(listener, Router::new().nest("/shop", shop).into_router()).await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]

    use axum_scopes::{AccessTable, testing::open_routes};

    use super::*;

    #[tokio::test]
    async fn nobody_opens_a_route_by_mistake() {
        let (router, api) = routes();
        let table = "\
GET   /accounts   HTTPBasic (unchecked)
GET   /basket     Basket (unchecked)
GET   /feed       PartnerKey (unchecked)
POST  /token      public (a login needs no token)
GET   /users/me/  OAuth2PasswordBearer [me]
";
        assert_eq!(router.table().to_string(), table);
        // Those handlers verify their credentials themselves. A document does not say whether they do.
        let documented = AccessTable::of_document(&api).unwrap();
        assert_eq!(documented.to_string(), table.replace(" (unchecked)", ""));
        let key = HmacKey::new("a key for tests, of more than thirty-two bytes").unwrap();
        let (signer, verifier) = (TokenSigner::hs256(&key), TokenVerifier::hs256(&key));
        let shop = shop(App { passwords: Passwords::default(), signer, verifier }).unwrap();
        let service = Router::new().nest("/shop", shop).into_router();
        let mut open = open_routes(service).await;
        open.retain(|route| !route.contains("/docs"));
        assert_eq!(open, ["GET /shop/kiosk/openapi.json 200", "GET /shop/openapi.json 200", "POST /shop/token 422"]);
    }
}
