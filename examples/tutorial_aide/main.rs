//! The service of the tutorial with a document by aide: handlers say nothing of security but `#[security]`.
//!
//! ```sh
//! cargo run --example tutorial_aide
//! curl -i http://127.0.0.1:8000/docs             # in a browser: log in as `johndoe` with password `secret`
//! curl -i http://127.0.0.1:8000/openapi.json
//! ```
//!
//! In a crate of your own, this folder is `src`, with the folder `tutorial` beside it. It needs:
//!
//! ```sh
//! cargo add aide@0.16.0-alpha.4 --features axum,axum-json
//! cargo add axum
//! cargo add axum-scopes --features aide,swagger-ui
//! cargo add schemars
//! cargo add serde --features derive
//! cargo add tokio --features full
//! cargo add tracing
//! cargo add tracing-subscriber
//! cargo add --dev axum-scopes --features testing
//! cargo add --dev serde_json
//! cargo add --dev tower --features util
//! ```

#![allow(missing_debug_implementations, unreachable_pub, reason = "not a library")]

#[path = "../tutorial/app.rs"]
mod app;
#[path = "../tutorial/auth.rs"]
mod auth;
#[path = "../tutorial/slashes.rs"]
mod slashes;
#[cfg(test)]
mod tests;
mod users;

use std::error::Error;

use aide::{
    openapi::{Info, OpenApi},
    transform::TransformOperation,
};
use axum::{Json, extract::State};
use axum_scopes::{
    AuthError, Depends, HmacKey,
    access::DocumentError,
    docs::Docs,
    login::{OAuth2PasswordRequestForm, TokenResponse},
    secure::{
        Router,
        aide::{ApiRouter, get_with, post_with},
        public,
    },
    security,
};
use schemars::JsonSchema;
use serde::Serialize;
use tokio::net::TcpListener;

use crate::{
    app::{App, PUBLISHED_SECRET},
    auth::{Api, get_current_active_user, get_current_user, log_in},
    slashes::redirect_slashes,
    users::User,
};

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    tracing_subscriber::fmt::init();
    // Everybody knows this key and the users' passwords, so only this machine reaches the service.
    let router = router(App::new(&HmacKey::dangerous_even_if_public(PUBLISHED_SECRET)?))?;
    let listener = TcpListener::bind("127.0.0.1:8000").await?;
    println!("Open http://127.0.0.1:8000/docs in a browser, log in as `johndoe` with password `secret`, and try.");
    axum::serve(listener, router.into_router()).await?;
    Ok(())
}

/// All routes, and the document that describes them.
fn routes() -> (Router<App>, OpenApi) {
    let info = Info { title: "Tutorial".to_owned(), version: "0.1.0".to_owned(), ..Info::default() };
    let mut api = OpenApi { info, ..OpenApi::default() };
    let router = ApiRouter::new()
        .api_route("/token", post_with(login, |operation| operation.id("login").summary("Log in")))
        .api_route(
            "/users/me/",
            get_with(read_users_me, |operation| inactive(operation.id("read_users_me").summary("Read yourself"))),
        )
        .api_route(
            "/users/me/items/",
            get_with(read_own_items, |operation| inactive(operation.id("read_own_items").summary("Read your items"))),
        )
        .api_route(
            "/status/",
            get_with(read_system_status, |operation| {
                operation.id("read_system_status").summary("Read the system's status")
            }),
        )
        .finish(&mut api);
    (router, api)
}

/// The service over the given state, with `/docs` and `/openapi.json`.
fn router(app: App) -> Result<Router, DocumentError> {
    let (router, api) = routes();
    let docs = public("the API is documented for everybody", Docs::new(&api)?.into_router());
    let paths = api.paths.iter().flat_map(|paths| paths.paths.keys()).map(String::as_str).chain(["/openapi.json"]);
    let redirects = public("a redirect tells only a path", redirect_slashes(paths));
    Ok(router.merge(docs).with_state(app).fallback_service(redirects))
}

/// What `get_current_active_user` answers beside what is read from the tree.
fn inactive(operation: TransformOperation<'_>) -> TransformOperation<'_> {
    operation.response_with::<400, AuthError, _>(|response| response.description("Inactive user"))
}

/// Exchanges name and password for a token with the scopes that were asked for and that the user may have.
#[security(public = "a login needs no token")]
async fn login(State(app): State<App>, form: OAuth2PasswordRequestForm<Api>) -> Result<TokenResponse, AuthError> {
    log_in(&app, &form).await
}

#[security]
async fn read_users_me(Depends(user): Depends<get_current_active_user>) -> Json<User> {
    Json(user)
}

/// Something that a user owns.
#[derive(JsonSchema, Serialize)]
struct Item {
    item_id: &'static str,
    owner: &'static str,
}

#[security(scopes = ["items"])]
async fn read_own_items(Depends(user): Depends<get_current_active_user>) -> Json<[Item; 1]> {
    Json([Item { item_id: "Foo", owner: user.username }])
}

/// How the service is.
#[derive(JsonSchema, Serialize)]
struct Status {
    status: &'static str,
}

#[security]
async fn read_system_status(_: Depends<get_current_user>) -> Json<Status> {
    Json(Status { status: "ok" })
}
