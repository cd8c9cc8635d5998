//! `open_routes`: what answers without a credential.

use std::convert::Infallible;

use axum::{
    Router,
    body::Body,
    extract::Path,
    http::{Request, Response, StatusCode},
    response::Redirect,
    routing::{any, get, post},
};
use axum_scopes::{guard, secure, testing::open_routes};
use axum_scopes_tests::prelude::{Depends, get_current_user, security};
use tower::service_fn;

use super::{read_items, status};

#[security(scopes = ["items"])]
async fn read_item(Path(_): Path<String>, _: Depends<get_current_user>) {}

#[security(scopes = ["items"])]
async fn read_numbered(Path(_): Path<bool>, _: Depends<get_current_user>) {}

#[tokio::test]
async fn a_route_that_answers_without_a_credential_is_listed() {
    let router = Router::new()
        .route("/items", get(read_items).post(async || StatusCode::CREATED))
        .route("/items/{id}", get(read_item))
        .route("/numbered/{id}/x", get(read_numbered))
        .route("/status", any(status))
        .route("/login", get(async || Redirect::to("/")))
        .route("/hidden", post(async || StatusCode::FORBIDDEN))
        .route("/missing", get(async || StatusCode::NOT_FOUND));
    assert_eq!(
        open_routes(router).await,
        [
            "POST /items 201",
            "GET /login 303",
            "GET /missing 404",
            "GET /numbered/{id}/x 400",
            "GET /status 200",
            "OPTIONS /status 200",
            "POST /status 200",
            "PUT /status 200",
            "PATCH /status 200",
            "DELETE /status 200",
            "TRACE /status 200",
            "CONNECT /status 200",
        ]
    );
}

#[tokio::test]
async fn routes_of_nested_routers_services_and_fallbacks_are_asked() {
    let service = service_fn(async |_: Request<Body>| Ok::<_, Infallible>(Response::new(Body::empty())));
    let inner = Router::new().route("/", get(async || "open")).route("/{id}", get(read_items));
    let staff = guard!(scopes = ["admin"], depends(get_current_user));
    let router: Router = Router::new()
        .nest("/inner", inner.clone().fallback(post(async || "fallback")))
        .nest("/guarded", staff.protect(inner))
        .route_service("/logo", get(async || "logo"))
        .nest_service("/files", service)
        .fallback(read_items);
    let open = open_routes(router).await;
    let of_get: Vec<_> = open.iter().filter(|line| line.starts_with("GET")).collect();
    assert_eq!(
        of_get,
        ["GET /files 200", "GET /files/ 200", "GET /files/{*rest} 200", "GET /inner 200", "GET /logo 200"]
    );
    assert!(open.contains(&"POST /inner/{*rest} (fallback) 200".to_owned()), "{open:?}");
}

#[tokio::test]
async fn a_router_without_open_routes_has_an_empty_list() {
    let router = secure::Router::new().route("/items", secure::get(read_items));
    assert_eq!(open_routes(router.into_router()).await, [""; 0]);
    assert_eq!(open_routes(Router::new()).await, [""; 0]);
}

#[tokio::test]
async fn the_table_and_the_open_routes_agree() {
    let router = secure::Router::new()
        .route("/items", secure::get(read_items))
        .route("/status", secure::get(status))
        .nest("/v1", secure::Router::new().route("/status", secure::get(status)));
    let table = router.table().to_string();
    let public = table.lines().filter(|line| line.contains("public")).map(|line| {
        let mut columns = line.split_whitespace();
        format!("{} {} 200", columns.next().unwrap(), columns.next().unwrap())
    });
    assert_eq!(open_routes(router.into_router()).await, public.collect::<Vec<_>>());
}

/// Paths that another route takes would hide an open one.
#[tokio::test]
async fn a_protected_route_hides_no_open_one() {
    let open = || get(async || "open");
    let of_get = async |router: Router| {
        let all = open_routes(router.method_not_allowed_fallback(async || StatusCode::METHOD_NOT_ALLOWED)).await;
        all.into_iter().filter(|line| line.starts_with("GET")).collect::<Vec<_>>()
    };
    let literal = Router::new().route("/{id}", open()).route("/1", get(read_items));
    assert_eq!(of_get(literal).await, ["GET /{id} 200"]);
    let below = Router::new().route("/", get(read_items)).route("/{a}/{*rest}", get(read_items)).fallback(open());
    assert_eq!(of_get(below).await, ["GET /{*rest} (fallback) 200"]);
    let braces = Router::new().nest("/{{a}}", Router::new().route("/{id}", open()).fallback(open()));
    let fallbacks = ["GET /{{a}} (fallback) 200", "GET /{{a}}/{*rest} (fallback) 200", "GET /{{a}}/{id} 200"];
    assert_eq!(of_get(braces).await, fallbacks);
}

/// A fallback is no fallback where a route answers.
#[tokio::test]
async fn an_open_route_is_no_open_fallback() {
    let router = Router::new().route("/{a}/{*rest}", get(async || "open"));
    assert_eq!(open_routes(router).await, ["GET /{a}/{*rest} 200"]);
}
