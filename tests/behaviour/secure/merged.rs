//! Routers of axum that are merged: their paths come in, and each has its row.

use std::convert::Infallible;

use axum::{
    body::Body,
    http::{Request, Response},
    routing,
};
use axum_scopes::secure::{Router, get, public};
use tower::service_fn;

use super::read_items;

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
    // What it answers is not only its routes, then.
    let nested = axum::Router::new().nest("/inner", other().fallback(async || "fallback"));
    for with_fallback in [other().fallback(async || "fallback"), other().merge(nested)] {
        let router: Router = Router::new().merge(public("guests look", with_fallback));
        let table = router.table().to_string();
        assert_eq!(table, "*  /         public (guests look)\n*  /{*rest}  public (guests look)\n");
    }
    let outer: Router = Router::new().merge(Router::new().nest("/other", public("guests look", other())));
    let table = outer.table().to_string();
    assert_eq!(table, "*  /other          public (guests look)\n*  /other/{*rest}  public (guests look)\n");
}
