//! The service of the tutorial with a document by aide: handlers say nothing of security but `#[security]`.
//!
//! ```sh
//! cargo run --example tutorial_aide
//! curl http://127.0.0.1:8000/docs             # in a browser
//! curl http://127.0.0.1:8000/openapi.json
//! ```

#![allow(missing_debug_implementations, unreachable_pub, reason = "not a library")]

#[path = "tutorial/app.rs"]
mod app;
#[path = "tutorial/auth.rs"]
mod auth;
#[path = "tutorial/users.rs"]
mod users;

use std::error::Error;

use aide::{
    axum::{
        ApiRouter,
        routing::{get_with, post_with},
    },
    openapi::{Info, OpenApi},
    transform::TransformOperation,
};
use axum::{Json, Router, extract::State};
use axum_scopes::{
    AuthError, Depends,
    access::DocumentError,
    docs::Docs,
    login::{OAuth2PasswordRequestForm, TokenResponse},
    openapi::security_schemes,
    security,
};
use axum_scopes_examples::{redirect_slashes, serve, signing_key};
use schemars::JsonSchema;
use serde::Serialize;

use crate::{
    app::{App, PUBLIC_SECRET},
    auth::{get_current_active_user, get_current_user, log_in},
    users::User,
};

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    axum_scopes_examples::log();
    let hints =
        |url: &str| format!("\nOpen {url}/docs in a browser, log in as `johndoe` with password `secret`, and try.\n");
    let (key, keys) = signing_key(PUBLIC_SECRET)?;
    serve(router(App::new(&key))?, keys, hints).await?;
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
        .finish_api_with(&mut api, security_schemes);
    (router, api)
}

/// The service over the given state, with `/docs` and `/openapi.json`.
fn router(app: App) -> Result<Router, DocumentError> {
    let (router, api) = routes();
    let router = router.merge(Docs::new(&api)?.into_router()).with_state(app);
    let paths = api.paths.iter().flat_map(|paths| paths.paths.keys()).map(String::as_str).chain(["/openapi.json"]);
    Ok(redirect_slashes(router, paths))
}

/// What `get_current_active_user` answers beside what is read from the tree.
fn inactive(operation: TransformOperation<'_>) -> TransformOperation<'_> {
    operation.response_with::<400, AuthError, _>(|response| response.description("Inactive user"))
}

/// Exchanges name and password for a token with the scopes that were asked for and that the user may have.
async fn login(State(app): State<App>, form: OAuth2PasswordRequestForm) -> Result<TokenResponse, AuthError> {
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

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]

    use axum::{
        body::{Body, to_bytes},
        http::{HeaderValue, Request},
        response::Response,
    };
    use axum_scopes::{AccessTable, HmacKey};
    use serde_json::{Value, json};
    use tower::ServiceExt;

    use super::*;

    async fn get(path: &str) -> Response {
        let request = Request::get(path).body(Body::empty()).unwrap();
        router(App::new(&HmacKey::new([7; 32]).unwrap())).unwrap().oneshot(request).await.unwrap()
    }

    async fn document() -> Value {
        let response = get("/openapi.json").await;
        serde_json::from_slice(&to_bytes(response.into_body(), usize::MAX).await.unwrap()).unwrap()
    }

    #[tokio::test]
    async fn the_other_spelling_leads_to_the_route() {
        for (path, route) in [("/users/me", "/users/me/"), ("/status?x", "/status/?x"), ("/token/", "/token")] {
            let response = get(path).await;
            assert_eq!(
                (response.status().as_u16(), &response.headers()["location"]),
                (307, &HeaderValue::from_static(route))
            );
        }
    }

    #[tokio::test]
    async fn the_scheme_is_that_of_fastapi() {
        let scopes = json!({"me": "Read information about the current user.", "items": "Read items."});
        let flows = json!({"password": {"scopes": scopes, "tokenUrl": "token"}});
        let expected = json!({"OAuth2PasswordBearer": {"type": "oauth2", "flows": flows}});
        assert_eq!(document().await["components"]["securitySchemes"], expected);
    }

    #[tokio::test]
    async fn each_operation_lists_its_scopes() {
        let document = document().await;
        let security = |path: &str| &document["paths"][path]["get"]["security"];
        assert_eq!(security("/users/me/"), &json!([{"OAuth2PasswordBearer": ["me"]}]));
        assert_eq!(security("/users/me/items/"), &json!([{"OAuth2PasswordBearer": ["items", "me"]}]));
        assert_eq!(security("/status/"), &json!([{"OAuth2PasswordBearer": []}]));
        assert_eq!(document["paths"]["/token"]["post"].get("security"), None);
    }

    #[test]
    fn nobody_opens_a_route_by_mistake() {
        assert_eq!(
            AccessTable::of_document(&routes().1).unwrap().to_string(),
            "\
GET   /status/          OAuth2PasswordBearer
POST  /token            public
GET   /users/me/        OAuth2PasswordBearer [me]
GET   /users/me/items/  OAuth2PasswordBearer [items me]
"
        );
    }
}
