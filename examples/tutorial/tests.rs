//! The tutorial, called without a socket.
#![allow(clippy::unwrap_used, reason = "tests")]

use axum::Router;
use axum_scopes::{
    AccessTable, HmacKey,
    testing::{Mint, open_routes},
};
use axum_scopes_test_support::{Answer, App, truth};
use serde_json::{Value, json};

use crate::{
    app::{self, PUBLISHED_SECRET},
    routes,
};

mod fastapi;
mod key;
mod slashes;

fn key() -> HmacKey {
    HmacKey::dangerous_even_if_public(PUBLISHED_SECRET).unwrap()
}

fn tutorial() -> Router {
    routes::router(app::App::new(&key())).unwrap().into_router()
}

async fn login(form: &[(&str, &str)]) -> Answer {
    App::new(tutorial()).post("/token").form(form).await
}

/// What a route answers after a login.
async fn get(form: &[(&str, &str)], path: &str) -> Answer {
    let token = login(form).await.json()["access_token"].as_str().unwrap().to_owned();
    App::new(tutorial()).get(path).bearer(token).await
}

#[tokio::test]
async fn a_token_opens_what_its_scopes_cover() {
    let john = |scope| [("username", "johndoe"), ("password", "secret"), ("scope", scope)];
    assert_eq!(get(&john("me"), "/users/me/").await.status(), 200);
    let items = get(&john("me items"), "/users/me/items/").await;
    assert_eq!(items.text(), r#"[{"item_id":"Foo","owner":"johndoe"}]"#);
    let refused = (401, Some(r#"Bearer scope="items me""#), r#"{"detail":"Not enough permissions"}"#);
    assert_eq!(get(&john("me"), "/users/me/items/").await, refused);
    assert_eq!(get(&john(""), "/status/").await.text(), r#"{"status":"ok"}"#);
}

#[tokio::test]
async fn a_disabled_user_has_a_status_and_no_profile() {
    let alice = [("username", "alice"), ("password", "secretalice"), ("scope", "me")];
    assert_eq!(get(&alice, "/users/me/").await, (400, None, r#"{"detail":"Inactive user"}"#));
    assert_eq!(get(&alice, "/status/").await.status(), 200);
}

#[tokio::test]
async fn a_login_grants_no_scope_that_is_not_declared() {
    let answer = login(&[("username", "johndoe"), ("password", "secret"), ("scope", "me admin")]).await;
    assert!(answer.text().ends_with(r#""scope":"me"}"#), "{answer:?}");
}

#[tokio::test]
async fn a_wrong_password_and_an_unknown_user_get_the_same_answer() {
    let wrong = login(&[("username", "johndoe"), ("password", "wrong")]).await;
    let unknown = login(&[("username", "nobody"), ("password", "wrong")]).await;
    assert_eq!((wrong.status(), unknown.status()), (400, 400));
    assert_eq!(wrong.text(), unknown.text());
}

/// As it is served.
async fn document() -> Value {
    App::new(tutorial()).get("/openapi.json").await.json()
}

#[tokio::test]
async fn the_document_asks_for_what_fastapis_does() {
    let document = document().await;
    let scopes = json!({"me": "Read information about the current user.", "items": "Read items."});
    let flows = json!({"password": {"scopes": scopes, "tokenUrl": "token"}});
    let schemes = json!({"OAuth2PasswordBearer": {"type": "oauth2", "flows": flows}});
    assert_eq!(document["components"]["securitySchemes"], schemes);
    let security = |path: &str| &document["paths"][path]["get"]["security"];
    assert_eq!(security("/users/me/"), &json!([{"OAuth2PasswordBearer": ["me"]}]));
    assert_eq!(security("/users/me/items/"), &json!([{"OAuth2PasswordBearer": ["items", "me"]}]));
    assert_eq!(security("/status/"), &json!([{"OAuth2PasswordBearer": []}]));
    // FastAPI's has no list there, which means the same.
    assert_eq!(document["paths"]["/token"]["post"]["security"], json!([]));
}

#[tokio::test]
async fn the_document_tells_the_truth() {
    let mint = Mint::new(&key());
    let token = |scopes: &[&str]| mint.valid("johndoe", scopes.join(" ").as_str());
    let report = truth::check(&tutorial(), &document().await, token).await;
    assert_eq!(report, truth::Report { requests: 10, ..Default::default() });
}

#[test]
fn nobody_opens_a_route_by_mistake() {
    let (router, api) = routes::routes();
    let table = "\
GET   /status/          OAuth2PasswordBearer
POST  /token            public (a login needs no token)
GET   /users/me/        OAuth2PasswordBearer [me]
GET   /users/me/items/  OAuth2PasswordBearer [items me]
";
    assert_eq!(router.table().to_string(), table);
    assert_eq!(AccessTable::of_document(&api).unwrap().to_string(), table);
}

/// With what is not in the document: the docs page and the redirects.
#[tokio::test]
async fn what_is_open_is_meant_to_be() {
    let router = routes::router(app::App::new(&key())).unwrap();
    assert_eq!(
        router.table().to_string(),
        "\
*     (fallback)                  public (a redirect tells only a path)
*     /docs                       public (the API is documented for everybody)
*     /docs/                      public (the API is documented for everybody)
*     /docs/init.js               public (the API is documented for everybody)
*     /docs/oauth2-redirect.html  public (the API is documented for everybody)
*     /docs/oauth2-redirect.js    public (the API is documented for everybody)
*     /docs/swagger-ui-bundle.js  public (the API is documented for everybody)
*     /docs/swagger-ui.css        public (the API is documented for everybody)
*     /openapi.json               public (the API is documented for everybody)
GET   /status/                    OAuth2PasswordBearer
POST  /token                      public (a login needs no token)
GET   /users/me/                  OAuth2PasswordBearer [me]
GET   /users/me/items/            OAuth2PasswordBearer [items me]
"
    );
    let page = ["/docs", "/docs/", "/docs/init.js", "/docs/oauth2-redirect.html", "/docs/oauth2-redirect.js"];
    let open = page.into_iter().chain(["/docs/swagger-ui-bundle.js", "/docs/swagger-ui.css", "/openapi.json"]);
    let open = open.map(|path| format!("GET {path} 200")).chain(["POST /token 422".to_owned()]);
    assert_eq!(open_routes(router.into_router()).await, open.collect::<Vec<_>>());
}

#[test]
fn the_readme_shows_code_of_the_examples() {
    let readme = include_str!("../../README.md");
    let sources = [
        include_str!("../hello_scopes.rs"),
        include_str!("../expansion.rs"),
        include_str!("../basic_and_keys.rs"),
        include_str!("../resource_server/docs.rs"),
        include_str!("../resource_server/routes.rs"),
        include_str!("../rfc6750.rs"),
        include_str!("../testing.rs"),
        include_str!("../tutorial_aide/main.rs"),
        include_str!("auth.rs"),
        include_str!("routes.rs"),
        include_str!("tests.rs"),
    ];
    let blocks: Vec<_> = readme.split("```rust\n").skip(1).filter_map(|rest| rest.split("```").next()).collect();
    assert!(blocks.len() > 4, "{}", blocks.len());
    for block in blocks {
        assert!(sources.iter().any(|source| source.contains(block)), "not in the examples:\n{block}");
    }
}
