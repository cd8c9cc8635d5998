//! The rows of the table.

use std::convert::Infallible;

use axum::{
    body::Body,
    extract::ws::WebSocketUpgrade,
    http::{Request, Response},
    routing::{self, MethodFilter},
};
use axum_scopes::{
    guard,
    secure::{MethodRouter, Router, any, delete, elsewhere, get, on, post, public},
};
use axum_scopes_tests::prelude::{
    Api, AuthError, Bearer, Depends, IntoResponse, SecurityScopes, get_current_user, security,
};
use tower::service_fn;

use super::{app, echo_key, read_items, status, whoami};

#[tokio::test]
async fn a_row_says_what_a_request_meets() {
    let router = Router::new()
        .route("/items", get(read_items).post(read_items))
        .route("/whoami", get(whoami))
        .route("/status", get(status).fallback(status))
        .route("/key", any(echo_key));
    assert_eq!(
        router.table().to_string(),
        "\
GET   /items   OAuth2PasswordBearer [items]
POST  /items   OAuth2PasswordBearer [items]
*     /key     Partner (unchecked)
GET   /status  public (load balancers have no token)
*     /status  public (load balancers have no token)
GET   /whoami  OAuth2PasswordBearer
"
    );
    let app = app(router);
    assert_eq!(app.get("/items").await.status(), 401);
    assert_eq!(app.get("/items").bearer("me").await.status(), 401);
    assert_eq!(app.get("/items").bearer("items").await, (200, None, "joe"));
    assert_eq!(app.get("/status").await, (200, None, "up"));
    assert_eq!(app.post("/status").await, (200, None, "up"));
    assert_eq!(app.get("/whoami").await.status(), 401);
    assert_eq!(app.get("/key").header("x-api-key", "garbage").await, (200, None, "garbage"));
}

#[test]
fn nested_and_merged_routes_have_their_whole_paths() {
    let items = || Router::new().route("/", get(read_items)).route("/{id}", delete(read_items));
    let router: Router = Router::new()
        .nest("/items", items().fallback(status))
        .nest("/{tenant}/items/", items())
        .merge(Router::new().route("/me", get(whoami)).method_not_allowed_fallback(status))
        .fallback(status);
    assert_eq!(
        router.table().to_string(),
        "\
*       (fallback)            public (load balancers have no token)
*       (method not allowed)  public (load balancers have no token)
GET     /items                OAuth2PasswordBearer [items]
*       /items (fallback)     public (load balancers have no token)
DELETE  /items/{id}           OAuth2PasswordBearer [items]
GET     /me                   OAuth2PasswordBearer
GET     /{tenant}/items/      OAuth2PasswordBearer [items]
DELETE  /{tenant}/items/{id}  OAuth2PasswordBearer [items]
"
    );
}

#[tokio::test]
async fn rows_behind_a_guard_have_its_requirement() {
    let staff = guard!(scopes = ["admin"], depends(get_current_user));
    let inner = Router::new()
        .route("/items", get(read_items))
        .route("/status", get(status))
        .route("/metrics", get(elsewhere("the mesh decides", async || "1")))
        .route("/key", get(echo_key))
        .fallback(status);
    let router: Router = Router::new()
        .nest("/admin", staff.protect(inner))
        .route("/one", staff.protect(get(status)))
        .route("/two", staff.protect(staff.protect(get(whoami))));
    assert_eq!(
        router.table().to_string(),
        "\
*    /admin (fallback)  OAuth2PasswordBearer [admin]
GET  /admin/items       OAuth2PasswordBearer [admin items]
GET  /admin/key         OAuth2PasswordBearer [admin] and Partner (unchecked)
GET  /admin/metrics     OAuth2PasswordBearer [admin], elsewhere (the mesh decides)
GET  /admin/status      OAuth2PasswordBearer [admin]
GET  /one               OAuth2PasswordBearer [admin]
GET  /two               OAuth2PasswordBearer [admin]
"
    );
    let app = app(router);
    for path in ["/admin/status", "/admin/items", "/admin/none", "/one", "/two"] {
        assert_eq!(app.get(path).await.status(), 401, "{path}");
    }
    assert_eq!(app.get("/admin/status").bearer("admin").await.status(), 200);
    assert_eq!(app.get("/admin/items").bearer("admin").await.status(), 401);
    assert_eq!(app.get("/admin/items").bearer("admin+items").await.status(), 200);
}

#[tokio::test]
async fn a_guard_admits_routers_of_other_crates() {
    let staff = guard!(scopes = ["admin"], depends(get_current_user));
    let charts = || axum::Router::new().route("/charts/{id}", routing::get(async || "charts"));
    let router: Router = Router::new()
        .nest("/dashboard", staff.admit(charts()))
        .route("/one", staff.admit(routing::get(async || "one")));
    assert_eq!(
        router.table().to_string(),
        "\
*  /dashboard/charts/{id}  OAuth2PasswordBearer [admin]
*  /one                    OAuth2PasswordBearer [admin]
"
    );
    let app = app(router);
    assert_eq!(app.get("/dashboard/charts/1").await.status(), 401);
    assert_eq!(app.get("/dashboard/charts/1").bearer("admin").await.text(), "charts");
    assert_eq!(app.get("/one").await.status(), 401);
    let root: Router = Router::new().merge(staff.admit(charts()));
    assert_eq!(root.table().to_string(), "*  /charts/{id}  OAuth2PasswordBearer [admin]\n");
}

#[tokio::test]
async fn what_says_nothing_itself_has_a_reason() {
    let service = || service_fn(async |_: Request<Body>| Ok::<_, Infallible>(Response::new(Body::from("file"))));
    let other = || axum::Router::new().route("/open", routing::get(async || "open"));
    let router: Router = Router::new()
        .route(
            "/closure",
            get(public("it greets", async || "hello")).post(elsewhere("the mesh decides", async || "up")),
        )
        .route("/routes", public("they are of another crate", routing::get(async || "up")))
        .route_service("/logo", public("guests see it", service()))
        .nest_service("/files", elsewhere("they are signed", service()))
        .nest("/other", elsewhere("it has its own login", other()))
        .fallback(public("nothing is there", async || "nothing"));
    assert_eq!(
        router.table().to_string(),
        "\
*     (fallback)      public (nothing is there)
GET   /closure        public (it greets)
POST  /closure        elsewhere (the mesh decides)
*     /files          elsewhere (they are signed)
*     /files/{*rest}  elsewhere (they are signed)
*     /logo           public (guests see it)
*     /other/open     elsewhere (it has its own login)
*     /routes         public (they are of another crate)
"
    );
    let app = app(router);
    assert_eq!(app.get("/closure").await.text(), "hello");
    assert_eq!(app.get("/files/a").await.text(), "file");
    assert_eq!(app.get("/other/open").await.text(), "open");
    assert_eq!(app.get("/none").await.text(), "nothing");
}

#[test]
#[should_panic = "an empty text is no reason"]
fn a_reason_is_not_empty() {
    let _ = public(" ", async || ());
}

#[test]
#[should_panic = "an empty text names nobody"]
fn who_decides_is_not_empty() {
    let _ = elsewhere("", async || ());
}

/// Without scopes, a function with `SecurityScopes` lets in who has no credential. With some, it lets nobody in.
#[security]
async fn guest_or_user(required: SecurityScopes, token: Option<Bearer<Api>>) -> Result<bool, AuthError> {
    let granted: Vec<_> = token.iter().flat_map(|Bearer(token)| token.as_str().split('+')).collect();
    required.check(&granted)?;
    Ok(token.is_some())
}

#[security(public = "guests look, too")]
async fn front_page(_: Depends<guest_or_user>) {}

#[security(scopes = ["items"])]
async fn members(_: Depends<guest_or_user>) {}

#[security(credential_required)]
async fn any_credential(_: Option<Bearer<Api>>) -> Result<(), AuthError> {
    Ok(())
}

#[tokio::test]
async fn an_optional_credential_is_asked_for_where_scopes_are_compared() {
    let router =
        Router::new().route("/", get(front_page)).route("/members", get(members)).route("/any", get(any_credential));
    assert_eq!(
        router.table().to_string(),
        "\
GET  /         public (guests look, too) or OAuth2PasswordBearer
GET  /any      OAuth2PasswordBearer (unchecked)
GET  /members  OAuth2PasswordBearer [items]
"
    );
    let app = app(router);
    assert_eq!(app.get("/").await.status(), 200);
    assert_eq!(app.get("/members").await.status(), 401);
    assert_eq!(app.get("/members").bearer("items").await.status(), 200);
    assert_eq!(app.get("/any").await.status(), 401);
}

#[security(scopes = ["me"])]
async fn generic<T: Default + Send + 'static>(_: Depends<get_current_user>) -> impl IntoResponse {
    drop(T::default());
}

#[security(scopes = ["me"])]
async fn socket(_: Depends<get_current_user>, upgrade: WebSocketUpgrade) -> impl IntoResponse {
    upgrade.on_upgrade(async |_| {})
}

macro_rules! handler {
    ($name:ident, $scope:literal, $user:ty) => {
        #[security(scopes = [$scope])]
        async fn $name(_: $user) {}
    };
}

handler!(of_a_macro, "admin", Depends<get_current_user>);

#[test]
fn handlers_of_all_shapes_say_who_may_call_them() {
    let routes: MethodRouter = on(MethodFilter::GET.or(MethodFilter::DELETE), of_a_macro);
    let router = Router::new()
        .route("/generic", post(generic::<u8>))
        .route("/socket", get(socket))
        .route("/macro", routes.merge(post(of_a_macro)));
    assert_eq!(
        router.table().to_string(),
        "\
POST    /generic  OAuth2PasswordBearer [me]
GET     /macro    OAuth2PasswordBearer [admin]
POST    /macro    OAuth2PasswordBearer [admin]
DELETE  /macro    OAuth2PasswordBearer [admin]
GET     /socket   OAuth2PasswordBearer [me]
"
    );
}

#[test]
#[should_panic = "two parameters `id`"]
fn a_nested_router_has_no_parameter_of_its_prefix() {
    let inner = Router::new().route("/items/{id}", get(read_items));
    let _: Router = Router::new().nest("/{id}", inner);
}

#[test]
#[should_panic = "two parameters `id`"]
fn an_admitted_router_has_no_parameter_of_its_prefix() {
    let inner = axum::Router::new().route("/items/{id}", routing::get(async || ()));
    let staff = guard!(scopes = ["admin"], depends(get_current_user));
    let _: Router = Router::new().nest("/{id}", staff.admit(inner));
}

#[test]
#[should_panic = "two parameters `id`"]
fn a_router_nested_twice_has_no_parameter_of_the_outermost_prefix() {
    let inner = Router::new().route("/{*id}", get(read_items));
    let _: Router = Router::new().nest("/{id}", Router::new().nest("/items", inner));
}
