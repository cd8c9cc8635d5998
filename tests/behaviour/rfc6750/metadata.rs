//! A service publishes the metadata of its protected resource (RFC 9728), and challenges lead to it.

use axum::http::HeaderValue;
use axum_scopes::{
    credential::HttpBearer,
    resource::{ResourceMetadata, protected_resource_metadata},
    scheme::{ErrorStyle, HttpBearerScheme, ProtectedResource},
};
use serde_json::{Value, json};

use super::*;

struct Small;
impl HttpBearerScheme for Small {
    const PROTECTED_RESOURCE: Option<ProtectedResource> = Some(ProtectedResource::new("http://127.0.0.1:8000/"));
    const ERROR_STYLE: ErrorStyle = ErrorStyle::Rfc6750;
}

async fn metadata(app: &App, path: &str) -> Value {
    let answer = app.get(path).await;
    assert_eq!((answer.status(), answer.header("content-type")), (200, Some("application/json")), "{path}");
    assert_eq!(answer.header("cache-control"), Some("public, max-age=3600"));
    answer.json()
}

#[tokio::test]
async fn the_metadata_repeats_the_constants_of_the_scheme() {
    let app = App::new(
        Router::new()
            .merge(protected_resource_metadata::<Bearer<Full>, ()>())
            .merge(protected_resource_metadata::<HttpBearer<Small>, ()>()),
    );
    assert_eq!(
        metadata(&app, "/.well-known/oauth-protected-resource/v1").await,
        json!({
            "resource": "https://api.example/v1",
            "authorization_servers": ["https://id.example", "https://id.example/tenant"],
            "scopes_supported": ["me", "items"],
            "bearer_methods_supported": ["header"],
            "resource_name": "The shop's API",
        })
    );
    // RFC 9728 §3.2: members without elements are left out.
    assert_eq!(
        metadata(&app, "/.well-known/oauth-protected-resource").await,
        json!({ "resource": "http://127.0.0.1:8000/", "bearer_methods_supported": ["header"] })
    );
    assert_eq!(app.get("/.well-known/oauth-protected-resource/v2").await.status(), 404);
}

#[security(scopes = ["items"])]
async fn items(_: Depends<user>) {}

#[security]
async fn user(required: SecurityScopes, Bearer(token): Bearer<Full>) -> Result<(), AuthError> {
    required.check(&Scopes::from(token.as_str()))
}

/// This is what a client does that knows only the URL of a route.
#[tokio::test]
async fn the_challenge_leads_to_the_metadata() {
    let app = Router::new().route("/v1/items", get(items)).merge(protected_resource_metadata::<Bearer<Full>, ()>());
    let app = App::new(app);
    let answer = app.get("/v1/items").await;
    let challenge = answer.challenge().unwrap();
    let (_, url) = challenge.split_once("resource_metadata=\"").unwrap();
    let path = url.strip_suffix('"').unwrap().strip_prefix("https://api.example").unwrap();
    assert_eq!((answer.status(), &metadata(&app, path).await["resource"]), (401, &json!("https://api.example/v1")));
}

#[security(scopes = ["items"])]
async fn bare_items(_: Depends<bare_user>) {}

#[security]
async fn bare_user(required: SecurityScopes, Bearer(token): Bearer<Bare>) -> Result<(), AuthError> {
    required.check(&Scopes::from(token.as_str()))
}

fn published(url: &str, router: Router) -> App {
    let resource = ResourceMetadata::new(url).unwrap().name("Shop");
    let resource = resource.authorization_servers(["https://id.example", "http://localhost:9400/realm"]).unwrap();
    App::new(resource.publish::<Bearer<Bare>, _>(router))
}

#[tokio::test]
async fn a_resource_known_at_run_time_has_the_same_metadata() {
    let app = published("https://api.example/v1/", Router::new().route("/v1/items", get(bare_items)));
    assert_eq!(
        metadata(&app, "/.well-known/oauth-protected-resource/v1/").await,
        json!({
            "resource": "https://api.example/v1/",
            "authorization_servers": ["https://id.example", "http://localhost:9400/realm"],
            "scopes_supported": ["me", "items"],
            "bearer_methods_supported": ["header"],
            "resource_name": "Shop",
        })
    );
    let plain = ResourceMetadata::new("https://api.example/").unwrap().publish::<Bearer<Bare>, _>(Router::new());
    let plain = App::new(plain);
    assert_eq!(
        metadata(&plain, "/.well-known/oauth-protected-resource").await,
        json!({
            "resource": "https://api.example/",
            "scopes_supported": ["me", "items"],
            "bearer_methods_supported": ["header"],
        })
    );
}

#[tokio::test]
async fn every_bearer_challenge_leads_to_a_resource_known_at_run_time() {
    let url = r#"resource_metadata="https://api.example/.well-known/oauth-protected-resource""#;
    let app = published("https://api.example", Router::new().route("/items", get(bare_items)));
    for (credentials, expected) in [
        (&[][..], (401, format!(r#"Bearer {url}, scope="items""#))),
        (&["Bearer me"], (403, format!(r#"Bearer {url}, error="insufficient_scope", scope="items""#))),
        (&["Bearer a", "Bearer b"], (400, format!(r#"Bearer {url}, error="invalid_request""#))),
    ] {
        let answer = refused(&app, "/items", credentials).await;
        assert_eq!((answer.status(), answer.challenge()), (expected.0, Some(expected.1.as_str())));
    }
    let answer = app.get("/items").bearer("items").await;
    assert_eq!((answer.status(), answer.challenge()), (200, None));
}

#[tokio::test]
async fn the_metadata_is_a_parameter_of_the_bearer_challenge() {
    let url = r#"resource_metadata="https://api.example/.well-known/oauth-protected-resource""#;
    for (challenge, expected) in [
        ("Bearer", format!("Bearer {url}")),
        ("bearer", format!("bearer {url}")),
        ("Bearer ", format!("Bearer {url}")),
        ("Bearer realm=\"x\"", format!("Bearer {url}, realm=\"x\"")),
        ("Bearer realm=\"x\", Basic realm=\"y\"", format!("Bearer {url}, realm=\"x\", Basic realm=\"y\"")),
        ("Bearer, Basic realm=\"y\"", format!("Bearer {url}, Basic realm=\"y\"")),
    ] {
        let answer = [("www-authenticate", challenge)];
        let app = published("https://api.example", Router::new().route("/", get(async move || answer)));
        assert_eq!(app.get("/").await.challenge(), Some(expected.as_str()), "{challenge}");
    }
}

/// Challenges that already name the metadata, and challenges of other schemes, are left unchanged.
#[tokio::test]
async fn other_challenges_are_left_unchanged() {
    let own = [
        "Basic realm=\"x\"",
        "Bearerish",
        "APIKey",
        "Bearer scope=\"a\", resource_metadata=\"https://other.example/.well-known/oauth-protected-resource\"",
    ];
    let unreadable = HeaderValue::from_bytes(b"Bearer \xff").unwrap();
    let challenges = own.map(HeaderValue::from_static);
    let expected: Vec<_> = challenges.into_iter().chain([unreadable]).collect();
    let answer = axum::response::AppendHeaders(expected.clone().into_iter().map(|value| ("www-authenticate", value)));
    let app = published("https://api.example", Router::new().route("/", get(async || answer)));
    let answer = app.get("/").await;
    assert_eq!(answer.headers().get_all("www-authenticate").iter().cloned().collect::<Vec<_>>(), expected);
}

#[test]
fn a_resource_known_at_run_time_is_checked_as_a_constant_is() {
    let good = || ResourceMetadata::new("https://api.example").unwrap();
    for url in [
        "",
        "urn:example:api",
        "http://api.example",
        "https://api.example?x",
        "https://a@b",
        "https://[",
        "https://a:b:c",
    ] {
        assert!(ResourceMetadata::new(url).is_err(), "{url}");
        assert!(good().authorization_servers(["https://id.example", url]).is_err(), "{url}");
    }
    // No client could find the route of this URL.
    assert!(ResourceMetadata::new("https://a/{id}").is_err());
    // These URLs are allowed for an issuer, but not for a resource.
    for url in
        ["https://id.example/tenant:a", "https://id.example/a;b=c", "http://127.0.0.2:9400", "HTTPS://id.example"]
    {
        assert!(good().authorization_servers([url]).is_ok(), "{url}");
    }
}
