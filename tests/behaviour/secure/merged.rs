//! Routers of axum that are merged: their paths come in, and each has its row.

use std::convert::Infallible;

use axum::{
    body::Body,
    http::{Request, Response},
    routing,
};
use axum_scopes::{
    guard,
    secure::{Router, get, public},
};
use axum_scopes_tests::prelude::get_current_user;
use tower::service_fn;

use super::{app, read_items, status};

#[tokio::test]
async fn a_router_of_axum_that_is_merged_has_a_row_for_each_path() {
    let other =
        || axum::Router::new().route("/open", routing::get(async || "open")).route("/{id}", routing::any(async || ""));
    let service = service_fn(async |_: Request<Body>| Ok::<_, Infallible>(Response::new(Body::empty())));
    let with_files = other().nest_service("/files", service);
    let router: Router = Router::new().merge(public("guests look", with_files)).route("/me/items", get(read_items));
    assert_eq!(
        router.table().to_string(),
        "\
*    /files          public (guests look)
*    /files/         public (guests look)
*    /files/{*rest}  public (guests look)
GET  /me/items       OAuth2PasswordBearer [items]
*    /open           public (guests look)
*    /{id}           public (guests look)
"
    );
    let outer: Router = Router::new().merge(Router::new().nest("/other", public("guests look", other())));
    let table = outer.table().to_string();
    assert_eq!(table, "*  /other/open  public (guests look)\n*  /other/{id}  public (guests look)\n");
}

/// A row for all paths would claim that the guard stands before what the outer router answers.
#[tokio::test]
async fn a_path_that_an_admitted_router_does_not_know_has_no_row_of_its_guard() {
    let staff = guard!(scopes = ["admin"], depends(get_current_user));
    let charts = || axum::Router::new().route("/charts", routing::get(async || "charts"));
    let router = Router::new()
        .nest("/ad", staff.admit(charts()))
        .nest("/open", staff.admit(charts()).fallback(status))
        .merge(staff.admit(charts()))
        .fallback(status);
    assert_eq!(
        router.table().to_string(),
        "\
*  (fallback)        public (load balancers have no token)
*  /ad/charts        OAuth2PasswordBearer [admin]
*  /charts           OAuth2PasswordBearer [admin]
*  /open (fallback)  public (load balancers have no token)
*  /open/charts      OAuth2PasswordBearer [admin]
"
    );
    let app = app(router);
    for (path, status) in
        [("/ad/charts", 401), ("/ad/none", 200), ("/charts", 401), ("/open/charts", 401), ("/open/none", 200)]
    {
        assert_eq!(app.get(path).await.status(), status, "{path}");
    }
}

#[tokio::test]
async fn the_fallbacks_of_a_router_of_axum_have_their_rows() {
    let staff = guard!(scopes = ["admin"], depends(get_current_user));
    let inner = || axum::Router::new().fallback(async || "inner");
    let other = || axum::Router::new().route("/a", routing::get(async || "a")).nest("/inner", inner());
    // axum drops the fallback in it, because a router without one is nested.
    let router: Router = Router::new().nest("/other", staff.admit(other()));
    assert_eq!(router.table().to_string(), "*  /other/a  OAuth2PasswordBearer [admin]\n");
    assert_eq!(app(router.fallback(status)).get("/other/inner/none").await.status(), 200);
    let router: Router = Router::new()
        .nest("/other", staff.admit(other().fallback(async || "other")))
        .merge(staff.admit(other().fallback(async || "it is replaced")))
        .fallback(status);
    assert_eq!(
        router.table().to_string(),
        "\
*  (fallback)               public (load balancers have no token)
*  /a                       OAuth2PasswordBearer [admin]
*  /inner (fallback)        OAuth2PasswordBearer [admin]
*  /other (fallback)        OAuth2PasswordBearer [admin]
*  /other/a                 OAuth2PasswordBearer [admin]
*  /other/inner (fallback)  OAuth2PasswordBearer [admin]
"
    );
    let app = app(router);
    for path in ["/a", "/inner", "/inner/none", "/other", "/other/none", "/other/a", "/other/inner/none"] {
        assert_eq!(app.get(path).await.status(), 401, "{path}");
    }
    assert_eq!(app.get("/none").await.status(), 200);
}
