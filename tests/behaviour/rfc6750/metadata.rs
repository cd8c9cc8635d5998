//! RFC 9728: where the metadata of a protected resource is, and what it says.

use axum_scopes::{ErrorStyle, HttpBearer, HttpBearerScheme, ProtectedResource, protected_resource_metadata};
use serde_json::{Value, json};

use super::*;

struct Small;
impl HttpBearerScheme for Small {
    const PROTECTED_RESOURCE: Option<ProtectedResource> = Some(ProtectedResource::new("http://127.0.0.1:8000/"));
    const ERROR_STYLE: ErrorStyle = ErrorStyle::Rfc6750;
}

async fn metadata(app: &Router, path: &str) -> Value {
    let (status, headers, body) = ask(app, path, &[]).await;
    assert_eq!((status, &headers["content-type"]), (200, &"application/json".parse().unwrap()), "{path}");
    assert_eq!(headers["cache-control"], "public, max-age=3600");
    serde_json::from_str(&body).unwrap()
}

#[tokio::test]
async fn the_metadata_is_what_the_schemes_constants_say() {
    let app = Router::new()
        .merge(protected_resource_metadata::<Bearer<Full>, ()>())
        .merge(protected_resource_metadata::<HttpBearer<Small>, ()>());
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
    assert_eq!(ask(&app, "/.well-known/oauth-protected-resource/v2", &[]).await.0, 404);
}

#[security(scopes = ["items"])]
async fn items(_: Depends<user>) {}

#[security]
async fn user(required: SecurityScopes, Bearer(token): Bearer<Full>) -> Result<(), AuthError> {
    required.check(token.as_str())
}

/// What a client that knows nothing but the URL of a route does.
#[tokio::test]
async fn the_challenge_leads_to_the_metadata() {
    let app = Router::new().route("/v1/items", get(items)).merge(protected_resource_metadata::<Bearer<Full>, ()>());
    let (status, headers, _) = ask(&app, "/v1/items", &[]).await;
    let challenge = headers["www-authenticate"].to_str().unwrap();
    let (_, url) = challenge.split_once("resource_metadata=\"").unwrap();
    let path = url.strip_suffix('"').unwrap().strip_prefix("https://api.example").unwrap();
    assert_eq!((status, &metadata(&app, path).await["resource"]), (401, &json!("https://api.example/v1")));
}
