//! A guard protects the routes, unknown methods and fallbacks of its own router, and nothing else.

use axum::{http::Method, routing::post};
use axum_scopes::guard;
use axum_scopes_tests::prelude::*;

use super::{admins, open};
use crate::answers::{accepted, not_enough};

fn a() -> Router {
    Router::new().route("/a", get(open))
}

fn b() -> Router {
    Router::new().route("/b", get(open))
}

async fn is_guarded(app: &App, path: &str) {
    assert_eq!(app.get(path).bearer("x").await, not_enough("admin"), "{path}");
    assert_eq!(app.get(path).bearer("admin").await, accepted("open"), "{path}");
}

async fn is_open(app: &App, path: &str) {
    assert_eq!(app.get(path).bearer("x").await, accepted("open"), "{path}");
}

/// Asserts that `path` is answered with 404, so that nobody learns of the guard.
async fn is_missing(app: &App, path: &str) {
    for token in ["x", "admin"] {
        assert_eq!(app.get(path).bearer(token).await, (404, None, ""), "{path}");
        assert_eq!(app.post(path).bearer(token).await, (404, None, ""), "{path}");
    }
}

#[tokio::test]
async fn an_unknown_path_stays_404_in_every_order_of_merging_and_nesting() {
    for app in [
        admins(a()).merge(b()),
        b().merge(admins(a())),
        admins(a()).merge(b()).merge(Router::new()),
        Router::new().merge(admins(a())).merge(b()),
        Router::new().merge(b()).merge(admins(a())),
    ]
    .map(App::new)
    {
        is_guarded(&app, "/a").await;
        is_open(&app, "/b").await;
        is_missing(&app, "/none").await;
        is_missing(&app, "/").await;
    }
    for app in [
        Router::new().nest("/in", admins(a())).merge(b()),
        b().nest("/in", admins(a())),
        b().merge(Router::new().nest("/in", admins(a()))),
        Router::new().nest("/in", admins(Router::new()).merge(admins(a()))).merge(b()),
        Router::new().nest_service("/in", admins(a())).merge(b()),
    ]
    .map(App::new)
    {
        is_guarded(&app, "/in/a").await;
        is_open(&app, "/b").await;
        is_missing(&app, "/in/none").await;
        is_missing(&app, "/none").await;
    }
    for app in [admins(a().merge(b())), admins(admins(a()).merge(b())), admins(a()).merge(admins(b()))].map(App::new) {
        is_guarded(&app, "/a").await;
        is_guarded(&app, "/b").await;
        is_missing(&app, "/none").await;
    }
    let app = App::new(admins(Router::new().nest("/in", a())));
    is_guarded(&app, "/in/a").await;
    is_missing(&app, "/in/none").await;
    is_missing(&App::new(admins(Router::new())), "/").await;
}

#[tokio::test]
async fn a_fallback_of_the_guarded_router_is_guarded() {
    let inner = || a().fallback(open);
    for app in [
        admins(inner()),
        admins(inner()).merge(b()),
        b().merge(admins(inner())),
        admins(a().fallback_service(get(open))),
    ]
    .map(App::new)
    {
        is_guarded(&app, "/a").await;
        is_guarded(&app, "/none").await;
        is_guarded(&app, "/").await;
        assert_eq!(app.call(Method::DELETE, "/none").bearer("x").await, not_enough("admin"));
    }
    let app = App::new(Router::new().nest("/in", admins(inner())).merge(b()));
    is_guarded(&app, "/in/none").await;
    is_missing(&app, "/none").await;
    let app = App::new(Router::new().nest("/in", admins(inner())).fallback(open));
    is_guarded(&app, "/in/none").await;
    is_open(&app, "/none").await;
}

/// This is axum's rule: a router without a fallback uses the one around it.
#[tokio::test]
async fn a_fallback_around_the_guarded_router_is_open() {
    for app in
        [Router::new().nest("/in", admins(a())).fallback(open), Router::new().fallback(open).nest("/in", admins(a()))]
            .map(App::new)
    {
        is_guarded(&app, "/in/a").await;
        is_open(&app, "/in/none").await;
        is_open(&app, "/none").await;
    }
    for app in
        [admins(a()).fallback(open), admins(a()).merge(b().fallback(open)), b().fallback(open).merge(admins(a()))]
            .map(App::new)
    {
        is_guarded(&app, "/a").await;
        is_open(&app, "/none").await;
    }
}

#[tokio::test]
async fn an_unknown_method_of_a_guarded_path_is_refused_before_it_is_405() {
    let of_router = admins(a());
    let of_path = Router::new().route("/a", guard!(scopes = ["admin"], depends(get_current_user)).protect(get(open)));
    let with_own = admins(a().method_not_allowed_fallback(async || (StatusCode::METHOD_NOT_ALLOWED, "")));
    for app in [of_router, of_path, with_own].map(App::new) {
        assert_eq!(app.post("/a").bearer("x").await, not_enough("admin"));
        assert_eq!(app.call(Method::OPTIONS, "/a").bearer("x").await, not_enough("admin"));
        assert_eq!(app.post("/a").bearer("admin").await, (405, None, ""));
    }
}

/// Axum's layers apply to the routes that exist at that time. If axum changes this, our documentation has to change.
#[tokio::test]
async fn routes_that_are_added_to_a_guarded_router_are_open() {
    let app = admins(a())
        .route("/late", get(open))
        .route("/a", post(open))
        .nest("/nested", b())
        .merge(Router::new().route("/merged", get(open)))
        .route_service("/service", get(open))
        .fallback(open);
    let app = App::new(app);
    is_guarded(&app, "/a").await;
    assert_eq!(app.post("/a").bearer("x").await, accepted("open"));
    for path in ["/late", "/nested/b", "/merged", "/service", "/none"] {
        is_open(&app, path).await;
    }
    let guarded = guard!(scopes = ["admin"], depends(get_current_user)).protect(get(open));
    let app = App::new(Router::new().route("/a", guarded.post(open)));
    is_guarded(&app, "/a").await;
    assert_eq!(app.post("/a").bearer("x").await, accepted("open"));
}

#[tokio::test]
async fn services_and_wildcards_in_a_guarded_router_are_guarded() {
    let app = admins(
        Router::new()
            .route_service("/service", get(open))
            .nest_service("/nested", a())
            .route("/files/{*path}", get(open))
            .route("/user/{name}", get(open)),
    );
    let app = App::new(app);
    for path in ["/service", "/nested/a", "/files/x/y", "/user/joe"] {
        is_guarded(&app, path).await;
    }
}

/// A mounted service answers unknown paths itself, so its 404 is behind the guard as well.
#[tokio::test]
async fn the_404_of_a_service_in_a_guarded_router_is_guarded() {
    let app = App::new(admins(Router::new().nest_service("/nested", a())));
    assert_eq!(app.get("/nested/none").bearer("x").await, not_enough("admin"));
    assert_eq!(app.get("/nested/none").bearer("admin").await.status(), 404);
}
