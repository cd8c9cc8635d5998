//! An endpoint in front of an MCP server: which messages reach the server, for whom, and as what.

mod bound;
mod hostile;
mod named;
mod reach;

use std::{
    convert::Infallible,
    sync::{Arc, Mutex},
};

use axum::{
    body::{Body, to_bytes},
    http::Request,
};
use axum_scopes::{
    AuthError, Bearer, Depends, Flows, OAuth2Scheme, Scopes, SecurityScopes,
    mcp::Endpoint,
    scheme::{ErrorStyle, ProtectedResource},
    secure::Router,
    security,
};
use axum_scopes_test_support::{Answer, App, Call};
use tower::service_fn;

struct Api;

impl OAuth2Scheme for Api {
    const NAME: &str = "Notes";
    const FLOWS: Flows = Flows::authorization_code("https://id.example/authorize", "https://id.example/token");
    const SCOPES: &[(&str, &str)] =
        &[("notes:read", "Read notes."), ("notes:write", "Write notes."), ("admin", "Everything.")];
    const IMPLIES: &[(&str, &[&str])] = &[("admin", &["notes:write"])];
    const ERROR_STYLE: ErrorStyle = ErrorStyle::Rfc6750;
    const PROTECTED_RESOURCE: Option<ProtectedResource> =
        Some(ProtectedResource::new("https://notes.example/mcp").with_authorization_servers(&["https://id.example"]));
}

/// The token of the tests is the list of its scopes, joined by `+`. `bad` is none.
#[security(scopes = ["notes:read"])]
async fn caller(required: SecurityScopes, Bearer(token): Bearer<Api>) -> Result<Scopes, AuthError> {
    if token.as_str() == "bad" {
        return Err(required.unauthorized("Could not validate credentials"));
    }
    let granted = Scopes::from(token.as_str().replace('+', " ").as_str());
    required.check(&granted)?;
    Ok(granted)
}

#[security(scopes = ["notes:write"])]
async fn writer(Depends(granted): Depends<caller>) -> Result<Scopes, AuthError> {
    Ok(granted)
}

#[security(scopes = ["admin"])]
async fn admin(Depends(granted): Depends<caller>) -> Result<Scopes, AuthError> {
    Ok(granted)
}

const RESOURCE: &str = r#"resource_metadata="https://notes.example/.well-known/oauth-protected-resource/mcp""#;

/// What has reached the server: the method, the body, and the scopes of the caller.
type Seen = Arc<Mutex<Vec<String>>>;

fn endpoint() -> Endpoint<caller, ()> {
    Endpoint::new()
        .tool::<caller>("read_notes")
        .tool::<writer>("write_note")
        .prompt::<caller>("summary")
        .prompt::<writer>("rewrite")
        .resource::<caller>("notes://today")
        .resources_below::<caller>("notes://shared/")
        .resources_below::<admin>("notes://shared/staff/")
        .method::<admin>("notes/export")
        .method::<admin>("logging/setLevel")
        .body_limit(64 * 1024)
}

fn router(endpoint: Endpoint<caller, ()>) -> (Router, Seen) {
    let seen = Seen::default();
    let server = {
        let seen = Arc::clone(&seen);
        service_fn(move |request: Request<Body>| {
            let seen = Arc::clone(&seen);
            async move {
                let (parts, body) = request.into_parts();
                let body = String::from_utf8(to_bytes(body, usize::MAX).await.unwrap().to_vec()).unwrap();
                let caller = parts.extensions.get::<Scopes>().unwrap();
                seen.lock().unwrap().push(format!("{} {body} {caller}", parts.method));
                Ok::<_, Infallible>("served")
            }
        })
    };
    (Router::new().route("/mcp", endpoint.serve(server)), seen)
}

fn app() -> (App, Seen) {
    let (router, seen) = router(endpoint());
    (App::new(router.into_router()), seen)
}

fn message(method: &str, params: &str) -> String {
    format!(r#"{{"jsonrpc":"2.0","id":1,"method":"{method}","params":{params}}}"#)
}

fn call(tool: &str) -> String {
    message("tools/call", &format!(r#"{{"name":"{tool}"}}"#))
}

fn post(app: &App, body: impl Into<Body>) -> Call {
    app.post("/mcp").header("content-type", "application/json").body(body)
}

async fn sent(app: &App, token: &str, body: impl Into<Body>) -> Answer {
    post(app, body).bearer(token).await
}
