//! The session of the page: a cookie that no script reads, and requests of this origin alone.

use axum::http::Method;
use axum_scopes_test_support::{Answer, Call};

use super::{Service, text};

const ORIGIN: &str = "http://127.0.0.1:8000";

fn own(call: Call) -> Call {
    call.header("sec-fetch-site", "same-origin").header("origin", ORIGIN)
}

/// The value that a browser keeps of the cookie `refresh`.
fn cookie(answer: &Answer) -> Option<String> {
    let mut cookies = answer.headers().get_all("set-cookie").iter().filter_map(|value| value.to_str().ok());
    let cookie = cookies.find(|cookie| cookie.starts_with("refresh="))?;
    assert!(
        cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict") && cookie.contains("Path=/session"),
        "{cookie}"
    );
    Some(cookie["refresh=".len()..].split(';').next().unwrap_or_default().to_owned())
}

async fn log_in(service: &Service) -> (String, String) {
    let answer = own(service.client.post("/session")).form(&[("username", "johndoe"), ("password", "secret")]).await;
    assert!(answer.json().get("refresh_token").is_none(), "{answer:?}");
    (text(&answer, "access_token"), cookie(&answer).unwrap())
}

#[tokio::test]
async fn a_page_logs_in_refreshes_and_logs_out() {
    let service = Service::start().await;
    let (token, first) = log_in(&service).await;
    let call = async |token: &str| service.client.get("/users/me/items/").bearer(token).await.status();
    assert_eq!(call(&token).await, 200);

    let refreshed = own(service.client.post("/session/refresh")).cookie("refresh", &first).await;
    let (next, second) = (text(&refreshed, "access_token"), cookie(&refreshed).unwrap());
    assert!(first != second && call(&next).await == 200, "{refreshed:?}");

    let out = own(service.client.call(Method::DELETE, "/session")).cookie("refresh", &second).await;
    assert_eq!((out.status(), cookie(&out).as_deref()), (204, Some("")));
    assert_eq!((call(&token).await, call(&next).await), (401, 401));
    let ended = own(service.client.post("/session/refresh")).cookie("refresh", &second).await;
    assert_eq!((ended.status(), cookie(&ended).as_deref()), (204, Some("")));
}

#[tokio::test]
async fn without_a_session_there_is_no_token() {
    let service = Service::start().await;
    let refresh = || own(service.client.post("/session/refresh"));
    let none = refresh().await;
    assert_eq!((none.status(), none.text()), (204, ""));
    for wrong in ["", "x", "a&grant_type=password", "%00"] {
        let answer = refresh().cookie("refresh", wrong).await;
        assert_eq!((answer.status(), answer.text()), (204, ""), "{wrong}");
    }
    let wrong = own(service.client.post("/session")).form(&[("username", "johndoe"), ("password", "wrong")]).await;
    assert_eq!((wrong.status(), cookie(&wrong)), (400, None));
    for more in [("grant_type", "client_credentials"), ("scope", "reports")] {
        let fields = [("username", "johndoe"), ("password", "secret"), more];
        let answer = own(service.client.post("/session")).form(&fields).await;
        assert_eq!((answer.status(), cookie(&answer)), (400, None), "{more:?}");
    }
}

#[tokio::test]
async fn a_page_of_another_origin_does_nothing() {
    let service = Service::start().await;
    let (token, first) = log_in(&service).await;
    for (method, path) in [(Method::POST, "/session"), (Method::DELETE, "/session"), (Method::POST, "/session/refresh")]
    {
        for (name, value) in [
            ("sec-fetch-site", "cross-site"),
            ("sec-fetch-site", "same-site"),
            ("sec-fetch-site", "none"),
            ("origin", "http://127.0.0.1:8001"),
            ("origin", "null"),
            ("x-nothing", ""),
        ] {
            let call = service.client.call(method.clone(), path).header(name, value).cookie("refresh", &first);
            let answer = call.form(&[("username", "johndoe"), ("password", "secret")]).await;
            assert_eq!((answer.status(), cookie(&answer)), (403, None), "{path} {name} {value}");
        }
    }
    assert_eq!(service.client.get("/users/me/items/").bearer(&token).await.status(), 200);
}

#[tokio::test]
async fn other_routes_ask_nobody_where_a_request_comes_from() {
    let service = Service::start().await;
    assert_eq!(service.client.get("/nowhere").await.status(), 404);
    assert_eq!(service.client.get("/session").header("sec-fetch-site", "same-origin").await.status(), 405);
    assert_eq!(service.client.post("/token").header("sec-fetch-site", "cross-site").await.status(), 400);
}

#[tokio::test]
async fn the_page_may_load_and_call_this_service_alone() {
    let service = Service::start().await;
    for (path, content_type) in
        [("/app", "text/html"), ("/app/page.js", "text/javascript"), ("/app/page.css", "text/css")]
    {
        let answer = service.client.get(path).await;
        assert!(answer.header("content-type").unwrap().starts_with(content_type), "{path}");
        let policy = answer.header("content-security-policy").unwrap();
        assert!(policy.starts_with("default-src 'none'; script-src 'self'") && !policy.contains("unsafe"), "{policy}");
        assert_eq!(answer.header("x-content-type-options"), Some("nosniff"));
    }
    let html = service.client.get("/app").await.text().to_owned();
    assert!(!html.contains("<script>") && !html.contains(" on") && !html.contains("style="), "{html}");
}
