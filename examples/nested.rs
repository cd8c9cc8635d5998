//! A service below a path of another: `/shop` has its own document and docs pages, which work wherever it is nested.
//!
//! ```sh
//! cargo run --example nested
//! curl -i http://127.0.0.1:8000/shop/docs          # in a browser: log in, reload; tokens are kept, and nothing else is
//! curl -i http://127.0.0.1:8000/shop/kiosk/docs    # the same for a machine that many people use: nothing is kept
//! curl -i http://127.0.0.1:8000/shop/accounts      -u staff:correct-horse
//! curl -i http://127.0.0.1:8000/shop/feed          -H "X-Partner-Key: 7f3a"
//! curl -i http://127.0.0.1:8000/shop/basket        -b "basket=7f3a"
//! ```

#![allow(missing_debug_implementations, unreachable_pub, reason = "not a library")]

#[path = "tutorial/app.rs"]
mod app;
#[path = "tutorial/auth.rs"]
mod auth;
#[path = "tutorial/users.rs"]
mod users;

use aide::{
    axum::{
        ApiRouter,
        routing::{get, post},
    },
    openapi::{Info, OpenApi},
};
use axum::{Json, Router, extract::State};
use axum_scopes::{
    ApiKeyHeader, ApiKeyScheme, AuthError, Depends, HmacKey, HttpBasic, HttpBasicScheme, Scopes, SecurityScopes,
    access::DocumentError,
    credential::{ApiKeyCookie, Credential},
    docs::Docs,
    login::{OAuth2PasswordRequestForm, TokenResponse},
    openapi::security_schemes,
    security,
};
use axum_scopes_examples::{Keys, StartError, serve};

use crate::{
    app::{App, PUBLIC_SECRET},
    auth::{get_current_active_user, log_in},
    users::User,
};

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

/// Argon2id of `correct-horse`.
const STAFF_HASH: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$+e3AxTTySo6N82Iqj5hLVA$o7QcXeHuPEi23C/kGDqzVEbd7r5unSNj48NA7URju64";

#[security]
async fn get_staff(
    required: SecurityScopes,
    HttpBasic(login): HttpBasic<Staff>,
    State(app): State<App>,
) -> Result<(), AuthError> {
    let stored = (login.username == "staff").then_some(STAFF_HASH);
    if app.passwords.verify(&login.password, stored).await?.is_accepted() {
        required.check(&Scopes::default())
    } else {
        Err(required.unauthorized("Incorrect username or password"))
    }
}

/// Whichever way the key came.
fn check_key(required: SecurityScopes<'_>, key: &Credential) -> Result<(), AuthError> {
    if key.matches("7f3a") { required.check(&Scopes::default()) } else { Err(required.unauthorized("Unknown key")) }
}

#[security]
async fn get_partner(required: SecurityScopes, ApiKeyHeader(key): ApiKeyHeader<Partner>) -> Result<(), AuthError> {
    check_key(required, &key)
}

#[security]
async fn get_basket(required: SecurityScopes, ApiKeyCookie(key): ApiKeyCookie<Basket>) -> Result<(), AuthError> {
    check_key(required, &key)
}

async fn login(State(app): State<App>, form: OAuth2PasswordRequestForm) -> Result<TokenResponse, AuthError> {
    log_in(&app, &form).await
}

#[security]
async fn read_users_me(Depends(user): Depends<get_current_active_user>) -> Json<User> {
    Json(user)
}

#[security]
async fn accounts(_: Depends<get_staff>) -> &'static str {
    "accounts\n"
}

#[security]
async fn feed(_: Depends<get_partner>) -> &'static str {
    "feed\n"
}

#[security]
async fn basket(_: Depends<get_basket>) -> &'static str {
    "basket\n"
}

/// The service, which does not know where it will be.
fn shop(app: App) -> Result<Router, DocumentError> {
    let info = Info { title: "Shop".to_owned(), version: "0.1.0".to_owned(), ..Info::default() };
    let mut api = OpenApi { info, ..OpenApi::default() };
    let router = ApiRouter::new()
        .api_route("/token", post(login))
        .api_route("/users/me/", get(read_users_me))
        .api_route("/accounts", get(accounts))
        .api_route("/feed", get(feed))
        .api_route("/basket", get(basket))
        .with_state(app)
        .finish_api_with(&mut api, security_schemes);
    let kiosk = Docs::new(&api)?.at("/kiosk/docs").document_at("/kiosk/openapi.json").keep_nothing();
    Ok(router.merge(Docs::new(&api)?.into_router()).merge(kiosk.into_router()))
}

#[tokio::main]
async fn main() -> Result<(), StartError> {
    axum_scopes_examples::log();
    let app = App::new(&HmacKey::dangerous_even_if_public(PUBLIC_SECRET)?);
    let shop = shop(app).map_err(std::io::Error::other)?;
    serve(Router::new().nest("/shop", shop), Keys::Written, |url| {
        format!("\nOpen {url}/shop/docs and {url}/shop/kiosk/docs in a browser, log in, call, and reload.\n")
    })
    .await
}
