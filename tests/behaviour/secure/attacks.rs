//! Tries to get a route past the router unsaid.

use axum::{
    extract::Request,
    handler::Handler,
    http::{HeaderMap, StatusCode},
    middleware::{Next, from_fn},
    response::Response,
    routing,
};
use axum_scopes::{
    guard,
    secure::{Router, any, get, post, public},
};
use axum_scopes_tests::prelude::{
    Api, AuthError, Bearer, Depends, Path, SecurityScopes, User, get_current_user, security,
};
use tower::layer::util::Identity;

use super::{app, read_items, status};

/// A closure takes what the handler takes, so the request was checked for it.
#[tokio::test]
async fn a_closure_that_takes_what_a_handler_takes_is_checked_like_it() {
    #[expect(clippy::redundant_closure, reason = "the closure is the attempt")]
    let router = Router::new().route("/items", get(|user| read_items(user)));
    assert_eq!(router.table().to_string(), "GET  /items  OAuth2PasswordBearer [items]\n");
    let app = app(router);
    assert_eq!(app.get("/items").await.status(), 401);
    assert_eq!(app.get("/items").bearer("items").await, (200, None, "joe"));
}

#[tokio::test]
async fn a_function_pointer_is_the_function_that_it_points_to() {
    let pointer: fn(_) -> _ = read_items;
    let router = Router::new().route("/items", get(pointer));
    assert_eq!(router.table().to_string(), "GET  /items  OAuth2PasswordBearer [items]\n");
    assert_eq!(app(router).get("/items").await.status(), 401);
}

mod protected {
    use super::*;

    #[security(scopes = ["admin"])]
    pub(super) async fn report(_: Depends<get_current_user>) {}
}

/// A function with the attribute shadows an imported one. The row is that of the function that is mounted.
#[tokio::test]
async fn a_shadowing_function_has_its_own_row() {
    #[allow(unused_imports)]
    use protected::*;

    #[security(public = "it is another one")]
    async fn report() {}

    let router = Router::new().route("/report", get(report)).route("/protected", get(protected::report));
    assert_eq!(
        router.table().to_string(),
        "\
GET  /protected  OAuth2PasswordBearer [admin]
GET  /report     public (it is another one)
"
    );
    assert_eq!(app(router).get("/report").await.status(), 200);
}

#[tokio::test]
async fn a_handler_in_a_layer_has_its_row() {
    let router = Router::new()
        .route("/items", get(read_items.layer(Identity::new()).layer(Identity::new())).layer(Identity::new()))
        .route_layer(Identity::new());
    assert_eq!(router.table().to_string(), "GET  /items  OAuth2PasswordBearer [items]\n");
    assert_eq!(app(router).get("/items").await.status(), 401);
}

/// The row says what is there: the guard came too early for this route.
#[tokio::test]
async fn a_route_that_is_added_after_a_guard_is_listed_without_it() {
    let staff = guard!(scopes = ["admin"], depends(get_current_user));
    let router = staff.protect(Router::new().route("/before", get(status))).route("/after", get(status));
    assert_eq!(
        router.table().to_string(),
        "\
GET  /after   public (load balancers have no token)
GET  /before  OAuth2PasswordBearer [admin]
"
    );
    let app = app(router);
    assert_eq!(app.get("/before").await.status(), 401);
    assert_eq!(app.get("/after").await.status(), 200);
}

/// A method that is added after the guard is not behind it, and its row says so.
#[tokio::test]
async fn a_method_that_is_added_after_a_guard_is_listed_without_it() {
    let staff = guard!(scopes = ["admin"], depends(get_current_user));
    let router = Router::new().route("/", staff.protect(get(status)).post(status));
    assert_eq!(
        router.table().to_string(),
        "\
GET   /  OAuth2PasswordBearer [admin]
POST  /  public (load balancers have no token)
"
    );
    let app = app(router);
    assert_eq!(app.get("/").await.status(), 401);
    assert_eq!(app.post("/").await.status(), 200);
    assert_eq!(app.call(axum::http::Method::PUT, "/").await.status(), 401);
}

/// Routes of one path that are merged later keep their own rows.
#[tokio::test]
async fn routes_of_one_path_from_two_routers_keep_their_rows() {
    let staff = guard!(scopes = ["admin"], depends(get_current_user));
    let behind = staff.protect(Router::new().route("/", get(status)));
    let router = behind.merge(Router::new().route("/", post(status)));
    assert_eq!(
        router.table().to_string(),
        "\
GET   /  OAuth2PasswordBearer [admin]
POST  /  public (load balancers have no token)
"
    );
    let app = app(router);
    assert_eq!(app.get("/").await.status(), 401);
    assert_eq!(app.post("/").await.status(), 200);
}

/// The guard and the handler would read different parameters of one name.
#[test]
#[should_panic = "two parameters `id`"]
fn a_guard_and_a_handler_do_not_read_different_parameters() {
    let staff = guard!(scopes = ["admin"], depends(get_current_user));
    let inner = Router::new().route("/{id}", get(read_items));
    let _: Router = Router::new().nest("/{id}", staff.protect(inner));
}

/// It asks where its scopes are compared, and is open where there are none.
#[security]
async fn guest_or_user(required: SecurityScopes, token: Option<Bearer<Api>>) -> Result<bool, AuthError> {
    let granted: Vec<_> = token.iter().flat_map(|Bearer(token)| token.as_str().split('+')).collect();
    required.check(&granted)?;
    Ok(token.is_some())
}

/// The scopes of one parameter are not those of the other.
#[security(public = "guests look, too")]
async fn two_parameters(_: Depends<guest_or_user>, _: HeaderMap) {}

#[security]
async fn scopes_on_a_parameter(#[security(scopes = ["items"])] _: Depends<guest_or_user>) {}

#[tokio::test]
async fn an_optional_credential_counts_where_scopes_reach_it() {
    let router = Router::new().route("/open", get(two_parameters)).route("/items", get(scopes_on_a_parameter));
    assert_eq!(
        router.table().to_string(),
        "\
GET  /items  OAuth2PasswordBearer [items]
GET  /open   public (guests look, too) or OAuth2PasswordBearer
"
    );
    let app = app(router);
    assert_eq!(app.get("/items").await.status(), 401);
    assert_eq!(app.get("/open").await.status(), 200);
}

async fn answers_itself(_: Request, _: Next) -> Response {
    Response::default()
}

/// A layer may answer in place of all handlers. The table does not know, and the documentation says so. `open_routes` finds it.
#[tokio::test]
async fn a_layer_that_answers_itself_is_found_by_open_routes() {
    let router = Router::new().route("/items", get(read_items)).layer(from_fn(answers_itself));
    assert_eq!(router.table().to_string(), "GET  /items  OAuth2PasswordBearer [items]\n");
    let open = axum_scopes::testing::open_routes(router.into_router()).await;
    assert!(open.contains(&"GET /items 200".to_owned()), "{open:?}");
}

/// What is added to axum's router says nothing. `open_routes` finds it.
#[tokio::test]
async fn a_route_of_axum_that_is_added_later_is_found_by_open_routes() {
    let router = Router::new().route("/items", get(read_items)).into_router();
    let router = router.route("/open", routing::get(async || ()));
    assert_eq!(axum_scopes::testing::open_routes(router).await, ["GET /open 200"]);
}

/// A handler that takes a user is called directly with one that nobody checked. That is a call, not a route.
#[security(public = "it calls another function itself")]
async fn calls_a_handler(Path(name): Path<String>) -> String {
    read_items(Depends(User(name))).await
}

#[tokio::test]
async fn a_direct_call_is_listed_as_what_the_caller_says() {
    let router = Router::new().route("/{name}", get(calls_a_handler));
    assert_eq!(router.table().to_string(), "GET  /{name}  public (it calls another function itself)\n");
    assert_eq!(app(router).get("/amy").await, (200, None, "amy"));
}

/// A guard whose state is missing refuses everybody.
#[tokio::test]
async fn an_admitted_router_without_the_state_of_its_guard_refuses_everybody() {
    #[derive(Clone)]
    struct App;

    let staff = guard!(scopes = ["admin"], depends(get_current_user)).with_extension::<App>();
    let other = axum::Router::new().route("/", routing::get(async || "open"));
    let router: Router = Router::new().nest("/other", staff.admit(other));
    assert_eq!(app(router).get("/other").bearer("admin").await.status(), StatusCode::INTERNAL_SERVER_ERROR);
}

/// A second fallback replaces the first one, and so does its row. Otherwise the table would list a handler that nobody reaches.
#[tokio::test]
async fn a_fallback_that_is_replaced_has_no_row() {
    let staff = guard!(scopes = ["admin"], depends(get_current_user));
    let inner = staff.protect(Router::new().fallback(read_items)).fallback(status);
    let router = Router::new().fallback(status).fallback(read_items).route("/any", any(read_items).fallback(status));
    let router = router.nest("/inner", inner).route("/admitted", staff.admit(routing::get(status)).fallback(status));
    assert_eq!(
        router.table().to_string(),
        "\
*  (fallback)         OAuth2PasswordBearer [items]
*  /admitted          OAuth2PasswordBearer [admin]
*  /admitted          public (load balancers have no token)
*  /any               public (load balancers have no token)
*  /inner (fallback)  public (load balancers have no token)
"
    );
    let app = app(router);
    for (path, status) in [("/none", 401), ("/any", 200), ("/inner/none", 200), ("/admitted", 401)] {
        assert_eq!(app.get(path).await.status(), status, "{path}");
    }
}

#[tokio::test]
async fn a_fallback_that_a_service_replaces_has_no_row() {
    let service = axum::Router::new().fallback(async || "open");
    let router: Router = Router::new().fallback(read_items).fallback_service(public("guests look", service));
    assert_eq!(router.table().to_string(), "*  (fallback)  public (guests look)\n");
    assert_eq!(app(router).get("/none").await.text(), "open");
}

/// axum drops the fallback of a router in a router without one, and the fallback further out answers.
#[tokio::test]
async fn a_fallback_that_axum_drops_has_no_row() {
    let inner = || Router::new().route("/items", get(read_items)).fallback(read_items);
    let router = Router::new()
        .nest("/lost", Router::new().nest("/inner", inner()))
        .nest("/kept", Router::new().nest("/inner", inner()).fallback(read_items))
        .fallback(status);
    assert_eq!(
        router.table().to_string(),
        "\
*    (fallback)              public (load balancers have no token)
*    /kept (fallback)        OAuth2PasswordBearer [items]
*    /kept/inner (fallback)  OAuth2PasswordBearer [items]
GET  /kept/inner/items       OAuth2PasswordBearer [items]
GET  /lost/inner/items       OAuth2PasswordBearer [items]
"
    );
    let app = app(router);
    for (path, status) in [("/lost/inner/none", 200), ("/kept/inner/none", 401), ("/kept/none", 401)] {
        assert_eq!(app.get(path).await.status(), status, "{path}");
    }
}
