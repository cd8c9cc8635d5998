//! A path whose only fault is the slash at its end leads to the route, as FastAPI measures: 307, any method, with the query.

use axum::{
    body::Body,
    extract::Request,
    http::{Method, StatusCode},
    routing::{any, get},
};

use super::*;
use crate::slashes::redirect_slashes;

/// Status and `Location`.
async fn asked(router: &Router, method: Method, uri: &str, host: &str) -> (u16, String) {
    let Ok(request) = Request::builder().method(method).uri(uri).header("host", host).body(Body::empty()) else {
        return (400, String::new());
    };
    let answer = App::new(router.clone()).send(request).await;
    let location = answer.headers().get("location").map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned());
    (answer.status(), location.unwrap_or_default())
}

async fn location(router: &Router, uri: &str) -> Option<String> {
    let (status, location) = asked(router, Method::GET, uri, "api.example").await;
    (status == 307).then_some(location)
}

#[tokio::test]
async fn the_other_spelling_leads_to_the_route() {
    let router = tutorial();
    for (path, route) in [
        ("/users/me", "/users/me/"),
        ("/users/me/items", "/users/me/items/"),
        ("/status", "/status/"),
        ("/token/", "/token"),
        ("/openapi.json/", "/openapi.json"),
    ] {
        for method in [Method::GET, Method::HEAD, Method::POST, Method::DELETE, Method::OPTIONS, Method::TRACE] {
            let answer = asked(&router, method.clone(), path, "api.example").await;
            assert_eq!(answer, (307, route.to_owned()), "{method} {path}");
        }
        let brew = Method::from_bytes(b"BREW").unwrap();
        assert_eq!(asked(&router, brew, path, "api.example").await.0, 307, "{path}");
        let (query, expected) = (format!("{path}?x=%2F&y=//z\\"), format!("{route}?x=%2F&y=//z\\"));
        assert_eq!(location(&router, &query).await, Some(expected));
    }
}

#[tokio::test]
async fn a_route_itself_is_answered_and_nothing_else_leads_anywhere() {
    let router = tutorial();
    for (path, status) in [("/status/", 401), ("/token", 405), ("/docs", 200), ("/docs/", 200), ("/openapi.json", 200)]
    {
        assert_eq!(asked(&router, Method::GET, path, "api.example").await, (status, String::new()), "{path}");
    }
    for path in ["/", "/users", "/users/", "/users/you", "/nowhere", "/status/x", "/users/me//", "//status", "/STATUS"]
    {
        assert_eq!(asked(&router, Method::GET, path, "api.example").await, (404, String::new()), "{path}");
    }
}

#[tokio::test]
async fn no_request_chooses_another_host() {
    let router = tutorial();
    for host in ["evil.example", "evil.example/", "@evil.example", "", "a:b:c", "api.example, evil.example"] {
        let answer = asked(&router, Method::GET, "/users/me", host).await;
        assert_eq!(answer, (307, "/users/me/".to_owned()), "{host}");
    }
    let absolute = location(&router, "http://evil.example/users/me?next=//evil.example").await;
    assert_eq!(absolute.as_deref(), Some("/users/me/?next=//evil.example"));
    for path in [
        "//evil.example/users/me",
        "//users/me",
        "/\\evil.example/users/me",
        "/users\\me",
        "/users%2fme",
        "/%2f/status",
    ] {
        assert_eq!(location(&router, path).await, None, "{path}");
    }
}

/// Where a parameter takes what the client sends.
#[tokio::test]
async fn no_parameter_is_taken_for_a_host() {
    let paths = ["/", "/{a}", "/{a}/{b}/", "/{a}/{b}/{c}/d"];
    let routes = paths.into_iter().fold(Router::new(), |router, path| router.route(path, any(async || "")));
    let router = routes.fallback_service(redirect_slashes(paths));
    assert_eq!(location(&router, "/x/").await.as_deref(), Some("/x"));
    assert_eq!(location(&router, "/x/y?z").await.as_deref(), Some("/x/y/?z"));
    for hostile in [
        "/\\evil.example/",
        "/\\evil.example/x",
        "//evil.example/x",
        "//evil.example/",
        "//evil.example/x/y/d/",
        "/",
        "//",
        "/\\/",
        "/\u{7f}/",
        "*",
    ] {
        assert_eq!(location(&router, hostile).await, None, "{hostile}");
    }
    for kept in ["/%5Cevil.example", "/%2Fevil.example", "/x\\y", "/é", "/javascript:alert(1)", "/."] {
        let answer = asked(&router, Method::GET, &format!("{kept}/"), "api.example").await;
        assert_eq!(answer, (307, kept.to_owned()));
    }
}

#[tokio::test]
async fn routes_come_first_and_catch_alls_stay_alone() {
    let status = |status: StatusCode| any(async move || status);
    let paths = ["/a", "/a/", "/b/{*rest}", "/{name}", "/c/"];
    let routes = Router::new()
        .route("/a", status(StatusCode::CREATED))
        .route("/a/", status(StatusCode::ACCEPTED))
        .route("/b/{*rest}", status(StatusCode::CREATED))
        .route("/{name}", status(StatusCode::ACCEPTED))
        .route("/c/", status(StatusCode::CREATED));
    let router = routes.fallback_service(redirect_slashes(paths.into_iter().chain(paths)));
    for (path, status) in
        [("/a", 201), ("/a/", 202), ("/b/x", 201), ("/b/x/", 201), ("/c", 202), ("/c/", 201), ("/d", 202)]
    {
        assert_eq!(asked(&router, Method::GET, path, "").await, (status, String::new()), "{path}");
    }
    assert_eq!(location(&router, "/d/").await.as_deref(), Some("/d"));
}

#[tokio::test]
async fn a_nested_service_leads_to_where_it_is() {
    let routes = Router::new().route("/items/", get(async || ""));
    let service = routes.fallback_service(redirect_slashes(["/items/"]));
    let router = Router::new().nest("/shop", service);
    assert_eq!(location(&router, "/shop/items?x").await.as_deref(), Some("/shop/items/?x"));
    assert_eq!(location(&router, "/items").await, None);
}
