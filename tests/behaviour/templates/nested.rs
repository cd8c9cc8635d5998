//! Guards and routers within routers, whose paths have parameters of their own.

use axum_scopes::guard;

use super::*;

async fn inner(Path(values): Path<Vec<(String, String)>>) -> String {
    values.into_iter().map(|(name, value)| format!("{name}={value} ")).collect()
}

fn guarded(router: Router) -> Router {
    guard!(scopes = ["repository:{name}:pull"], depends(client)).protect(router)
}

#[tokio::test]
async fn a_guard_takes_values_from_all_of_the_path() {
    let routes = || Router::new().route("/items/{id}", get(inner));
    for app in [
        Router::new().nest("/r/{name}", guarded(routes())),
        guarded(Router::new().nest("/r/{name}", routes())),
        guarded(Router::new().route("/r/{name}/items/{id}", get(inner))),
        Router::new().nest_service("/r/{name}", guarded(routes())),
    ]
    .map(App::new)
    {
        assert_eq!(ask(&app, "/r/a/items/7", "repository:a:pull").await, accepted("name=a id=7 "));
        assert_eq!(ask(&app, "/r/b/items/7", "repository:a:pull").await, not_enough("repository:b:pull"));
        assert_eq!(ask(&app, "/r/a:pull/items/7", "repository:a:pull").await.status(), 401);
    }
}

#[tokio::test]
async fn a_path_outside_of_a_guard_stays_404() {
    let app = App::new(Router::new().nest("/r/{name}", guarded(Router::new().route("/items", get(inner)))));
    for path in ["/r/a/none", "/r", "/none", "/r/a/items/7"] {
        assert_eq!(ask(&app, path, "").await, (404, None, ""), "{path}");
    }
}

/// The guard compares `{name}` of the outer path, and the handler acts on `{name}` of the inner one.
#[tokio::test]
async fn a_parameter_that_stands_twice_in_the_path_is_a_mistake_of_the_service() {
    let app =
        App::new(Router::new().nest_service("/r/{name}", guarded(Router::new().route("/items/{name}", get(inner)))));
    for path in ["/r/mine/items/yours", "/r/mine/items/mine"] {
        let (answer, log) = logged(ask(&app, path, "repository:mine:pull repository:yours:pull")).await;
        assert_eq!(answer, (500, None, r#"{"detail":"Internal Server Error"}"#));
        assert!(log.len() == 1 && log[0].contains("repository:{name}:pull"), "{log:?}");
    }
}

#[tokio::test]
async fn scopes_of_guard_and_handler_are_filled_in_each() {
    let app = App::new(guarded(Router::new().route("/{name}", get(push))));
    assert_eq!(ask(&app, "/a", "repository:a:push").await, accepted("a"));
    assert_eq!(ask(&app, "/a", "repository:a:pull").await, not_enough("repository:a:push"));
    assert_eq!(ask(&app, "/a", "repository:b:push").await, not_enough("repository:a:pull"));
}

/// A guard's own fallback has the path of the nested router alone.
#[tokio::test]
async fn a_fallback_is_filled_in_from_the_outer_path() {
    let routes = Router::new().route("/items", get(inner)).fallback(async || "fallback");
    let app = App::new(Router::new().nest("/r/{name}", guarded(routes)));
    assert_eq!(ask(&app, "/r/a/none", "repository:a:pull").await, accepted("fallback"));
    assert_eq!(ask(&app, "/r/a/none", "repository:b:pull").await, not_enough("repository:a:pull"));
}

#[security(scopes = ["repository:{name}:pull"])]
async fn optional(name: Option<Depends<client>>) -> String {
    name.map_or("nobody".to_owned(), |Depends(name)| name)
}

/// Somebody without a credential needs no scope, so nothing is filled in.
#[tokio::test]
async fn an_optional_dependency_fills_in_templates_for_those_who_have_a_credential() {
    let app = App::new(Router::new().route("/{name}", get(optional)).route("/", get(optional)));
    assert_eq!(app.get("/a").await, accepted("nobody"));
    assert_eq!(app.get("/").await, accepted("nobody"));
    assert_eq!(ask(&app, "/a", "repository:a:pull").await, accepted("a"));
    assert_eq!(ask(&app, "/a", "repository:b:pull").await, not_enough("repository:a:pull"));
    assert_eq!(ask(&app, "/a%2Fb", "repository:a/b:pull").await.status(), 401);
    assert_eq!(ask(&app, "/%FF", "").await.status(), 400);
    assert_eq!(ask(&app, "/", "repository:a:pull").await.status(), 500);
}
