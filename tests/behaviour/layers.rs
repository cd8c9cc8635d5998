//! A middleware with `#[security]` guards the routes below it, and can pass the user on.

use axum::{Extension, middleware::from_fn_with_state};
use axum_scopes_tests::prelude::*;

use crate::answers::{accepted, not_authenticated, not_enough};

#[security(scopes = ["admin"])]
async fn guard(_: Depends<get_current_user>, request: Request, next: Next) -> Response {
    next.run(request).await
}

#[security(scopes = ["items"])]
async fn items(seen: RequiredScopes, _: Depends<get_current_user>) -> &'static str {
    seen.scope_str()
}

async fn open() -> &'static str {
    "open"
}

#[tokio::test]
async fn a_guard_that_is_applied_last_protects_all_routes() {
    let nested = Router::new().route("/open", get(open));
    let merged = Router::new().route("/merged", get(open));
    let app = App::new(
        Router::new()
            .route("/open", get(open))
            .nest("/nested", nested)
            .merge(merged)
            .fallback(open)
            .layer(from_fn(guard)),
    );
    for path in ["/open", "/nested/open", "/merged", "/nested/none", "/none"] {
        assert_eq!(app.get(path).bearer("admin").await, accepted("open"), "{path}");
        assert_eq!(app.get(path).bearer("items").await, not_enough("admin"), "{path}");
    }
}

/// Axum's layers apply to the routes that exist at that time. If axum changes this, our documentation has to change.
#[tokio::test]
async fn routes_that_are_added_after_a_guard_are_open() {
    let app = App::new(
        Router::new()
            .route("/guarded", get(open))
            .layer(from_fn(guard))
            .route("/late", get(open))
            .merge(Router::new().route("/merged", get(open)))
            .fallback(open),
    );
    assert_eq!(app.get("/guarded").bearer("x").await, not_enough("admin"));
    for path in ["/late", "/merged", "/none"] {
        assert_eq!(app.get(path).bearer("x").await, accepted("open"), "{path}");
    }
}

#[tokio::test]
async fn a_guard_of_routes_leaves_the_fallback_open() {
    let app = App::new(Router::new().route("/open", get(open)).route_layer(from_fn(guard)));
    assert_eq!(app.get("/open").bearer("x").await, not_enough("admin"));
    assert_eq!(app.get("/none").bearer("x").await.status(), 404);
}

#[tokio::test]
async fn the_scopes_of_guard_and_handler_are_checked_one_after_the_other() {
    let app = App::new(Router::new().route("/", get(items)).layer(from_fn(guard)));
    assert_eq!(app.get("/").bearer("admin+items").await, accepted("items"));
    assert_eq!(app.get("/").bearer("items").await, not_enough("admin"));
    assert_eq!(app.get("/").bearer("admin").await, not_enough("items"));
}

#[security(scopes = ["me"])]
async fn guard_of_names(
    State(allowed): State<&'static str>,
    Depends(user): Depends<get_current_user>,
    request: Request,
    next: Next,
) -> Result<Response, AuthError> {
    if user.0 == allowed { Ok(next.run(request).await) } else { Err(AuthError::forbidden("Not you")) }
}

#[tokio::test]
async fn a_guard_can_have_a_state_and_refuse_by_itself() {
    let router = Router::new().route("/", get(open));
    let app = |name| App::new(router.clone().layer(from_fn_with_state(name, guard_of_names)));
    assert_eq!(app("joe").get("/").bearer("me").await.status(), 200);
    assert_eq!(app("joe").get("/").bearer("items").await, not_enough("me"));
    assert_eq!(app("ann").get("/").bearer("me").await, (403, None, r#"{"detail":"Not you"}"#));
}

/// A middleware that requires the current user, and passes it on to the handler.
#[security(scopes = ["me"])]
async fn require_user(
    Depends(user): Depends<get_current_user>,
    State(prefix): State<&'static str>,
    mut request: Request,
    next: Next,
) -> Response {
    request.extensions_mut().insert(User(format!("{prefix} {}", user.0)));
    next.run(request).await
}

/// A middleware that looks at an optional credential, and refuses nobody.
#[security]
async fn log_caller(caller: Option<Bearer<Api>>, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let caller = if caller.is_some() { "somebody" } else { "nobody" };
    response.headers_mut().insert("x-caller", caller.parse().unwrap());
    response
}

#[tokio::test]
async fn middleware_takes_the_current_user_and_hands_it_on() {
    let app = App::new(
        Router::new()
            .route("/", get(async |Extension(user): Extension<User>| user.0))
            .layer(from_fn_with_state("miss", require_user)),
    );
    assert_eq!(app.get("/").bearer("me").await, accepted("miss joe"));
    assert_eq!(app.get("/").bearer("items").await, not_enough("me"));
    assert_eq!(app.get("/").await, not_authenticated());
}

#[tokio::test]
async fn middleware_with_an_optional_credential_lets_everybody_through() {
    let app = App::new(Router::new().route("/", get(async || "open")).layer(from_fn(log_caller)));
    for (authorization, caller) in [(Some("Bearer x"), "somebody"), (None, "nobody"), (Some("Basic x"), "nobody")] {
        let answer = app.get("/").headers("authorization", authorization).await;
        assert_eq!((answer.status(), answer.header("x-caller")), (200, Some(caller)));
    }
}
