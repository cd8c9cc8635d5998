//! The server without its provider: nothing listens where the issuer is.
#![allow(clippy::unwrap_used, reason = "tests")]

mod parsers;

use std::time::Duration;

use axum::{
    Router,
    body::{Body, to_bytes},
    http::{HeaderMap, Method, Request, header::WWW_AUTHENTICATE},
};
use axum_scopes::{
    Scopes,
    testing::{Overrides, open_routes},
};
use serde_json::{Value, json};
use tower::ServiceExt;

use crate::{
    auth::{self, User, Verifier, reader},
    config::Config,
    routes,
    tools::Server,
};

const ISSUER: &str = "http://127.0.0.1:1";
const BOTH: &str = "notes:read notes:write";

fn config(variables: &[(&str, &str)]) -> Result<Config, String> {
    let value = |name: &str| Some(variables.iter().find(|(known, _)| *known == name)?.1.to_owned());
    Config::from_env(value)
}

fn server() -> Router {
    let config =
        config(&[("ISSUER", ISSUER), ("PUBLIC_URL", "https://notes.example.com/"), ("DPOP_NONCE", "1")]).unwrap();
    let router = routes::routes(&config).with_state(auth::verifier(&config).unwrap()).into_router();
    config.resource.publish::<auth::Token, _>(router)
}

/// The server for which the issuer has signed a token of this user's, with these scopes.
fn of(server: &Router, subject: &str, issuer: &str, scopes: &'static str) -> Router {
    let user = User { issuer: issuer.to_owned(), subject: subject.to_owned() };
    Overrides::<Verifier>::new().principal::<reader>(user, Scopes::from(scopes)).apply(server.clone())
}

async fn send(router: &Router, method: Method, headers: &[(&str, &str)], body: Value) -> (u16, HeaderMap, String) {
    let request = Request::builder().method(method).uri("/mcp").header("host", "notes.example.com");
    let request =
        request.header("content-type", "application/json").header("accept", "application/json, text/event-stream");
    let request = headers.iter().fold(request, |request, (name, value)| request.header(*name, *value));
    let response = router.clone().oneshot(request.body(Body::from(body.to_string())).unwrap()).await.unwrap();
    let (parts, body) = response.into_parts();
    // Some streams stay open.
    let body = tokio::time::timeout(Duration::from_secs(2), to_bytes(body, usize::MAX)).await;
    let body = body.map(|body| String::from_utf8(body.unwrap().to_vec()).unwrap()).unwrap_or_default();
    (parts.status.as_u16(), parts.headers, body)
}

fn initialize() -> Value {
    let client =
        json!({"protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": {"name": "test", "version": "1"}});
    json!({"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": client})
}

fn call(tool: &str, arguments: Value) -> Value {
    json!({"jsonrpc": "2.0", "id": 2, "method": "tools/call", "params": {"name": tool, "arguments": arguments}})
}

#[test]
fn each_tool_says_who_may_call_it() {
    let config = config(&[("ISSUER", ISSUER)]).unwrap();
    let table = "\
GET     /mcp                        Issuer [notes:read]
POST    /mcp                        Issuer [notes:read]
DELETE  /mcp                        Issuer [notes:read]
POST    /mcp tools/call read_notes  Issuer [notes:read]
POST    /mcp tools/call write_note  Issuer [notes:write notes:read]
";
    assert_eq!(routes::routes(&config).table().to_string(), table);
}

#[test]
fn the_endpoint_knows_the_tools_of_the_server() {
    let mut tools = Server::tools();
    tools.sort();
    assert_eq!(routes::endpoint().tools().collect::<Vec<_>>(), tools);
}

#[tokio::test]
async fn only_the_metadata_are_open() {
    let path = "/.well-known/oauth-protected-resource/mcp";
    assert_eq!(open_routes(server()).await, [format!("GET {path} 200"), format!("OPTIONS {path} 204")]);
}

#[tokio::test]
async fn the_metadata_lead_to_the_issuer() {
    let request = Request::get("/.well-known/oauth-protected-resource/mcp").body(Body::empty()).unwrap();
    let body = to_bytes(server().oneshot(request).await.unwrap().into_body(), usize::MAX).await.unwrap();
    let expected = json!({
        "resource": "https://notes.example.com/mcp",
        "authorization_servers": [ISSUER],
        "scopes_supported": ["notes:read"],
        "bearer_methods_supported": ["header"],
        "dpop_signing_alg_values_supported": ["ES256", "EdDSA"],
        "resource_name": "Notes",
    });
    assert_eq!(serde_json::from_slice::<Value>(&body).unwrap(), expected);
}

#[tokio::test]
async fn the_challenge_asks_for_reading_alone() {
    let (status, headers, _) = send(&server(), Method::POST, &[], initialize()).await;
    let challenges: Vec<_> = headers.get_all(WWW_AUTHENTICATE).iter().map(|value| value.to_str().unwrap()).collect();
    let challenges = challenges.join(", ");
    assert_eq!(status, 401);
    let metadata = "resource_metadata=\"https://notes.example.com/.well-known/oauth-protected-resource/mcp\"";
    for part in ["Bearer ", "DPoP ", "algs=\"ES256 EdDSA\"", "scope=\"notes:read\"", metadata] {
        assert!(challenges.contains(part), "{challenges}");
    }
    assert!(!challenges.contains("write") && !challenges.contains("admin"), "{challenges}");
}

#[tokio::test]
async fn a_session_is_of_its_user_alone() {
    let server = server();
    let (amy, bob) = (of(&server, "amy", ISSUER, BOTH), of(&server, "bob", ISSUER, BOTH));
    let another_amy = of(&server, "amy", "https://other.example", BOTH);
    let (status, headers, body) = send(&amy, Method::POST, &[], initialize()).await;
    assert_eq!(status, 200, "{body}");
    let session = [("mcp-session-id", headers["mcp-session-id"].to_str().unwrap())];
    let ready = json!({"jsonrpc": "2.0", "method": "notifications/initialized"});
    for (other, status) in [(&bob, 404), (&another_amy, 404), (&amy, 202)] {
        assert_eq!(send(other, Method::POST, &session, ready.clone()).await.0, status);
    }
    let write = call("write_note", json!({"text": "Buy milk"}));
    assert_eq!(send(&bob, Method::POST, &session, write.clone()).await.0, 404);
    let (status, _, body) = send(&amy, Method::POST, &session, write).await;
    assert!(status == 200 && body.contains("written"), "{status} {body}");
    for method in [Method::GET, Method::DELETE] {
        assert_eq!(send(&bob, method, &session, Value::Null).await.0, 404);
    }
    let (_, _, body) = send(&amy, Method::POST, &session, call("read_notes", json!({}))).await;
    assert!(body.contains("Buy milk"), "{body}");
    let twice = [session[0], session[0]];
    assert_eq!(send(&amy, Method::POST, &twice, ready.clone()).await.0, 400);
    assert!(send(&amy, Method::DELETE, &session, Value::Null).await.0 < 300);
    assert_eq!(send(&amy, Method::POST, &session, ready).await.0, 404);
}

#[tokio::test]
async fn writing_needs_both_scopes() {
    let write = call("write_note", json!({"text": "Buy milk"}));
    // Only a request with a token is read.
    let token = [("authorization", "Bearer replaced")];
    for scopes in ["notes:read", "notes:write", "admin"] {
        let router = of(&server(), "amy", ISSUER, scopes);
        let (status, headers, _) = send(&router, Method::POST, &token, write.clone()).await;
        let challenge = headers[WWW_AUTHENTICATE].to_str().unwrap();
        assert!(status == 403 && challenge.contains("scope=\"notes:write notes:read\""), "{status} {challenge}");
    }
}

#[tokio::test]
async fn pages_of_others_may_not_call() {
    let amy = of(&server(), "amy", ISSUER, BOTH);
    for (origin, status) in [
        ("https://evil.example", 403),
        ("null", 403),
        ("http://notes.example.com", 403),
        ("https://notes.example.com", 200),
    ] {
        assert_eq!(send(&amy, Method::POST, &[("origin", origin)], initialize()).await.0, status, "{origin}");
    }
}

#[test]
fn what_is_configured_wrong_is_said() {
    for (variables, expected) in [
        (&[][..], "ISSUER is missing: "),
        (&[("ISSUER", "http://id.example.com")], "ISSUER is `http://id.example.com`, which is not an "),
        (&[("ISSUER", ISSUER), ("PUBLIC_URL", "notes")], "PUBLIC_URL is `notes`, which is not an absolute `https` URL"),
    ] {
        let message = config(variables).err().unwrap();
        assert!(message.starts_with(expected), "{message}");
        assert!(message.contains("cargo run --example mcp_server"), "{message}");
    }
    let config = config(&[("ISSUER", ISSUER), ("PUBLIC_URL", ""), ("LISTEN", "127.0.0.1:9000")]).unwrap();
    assert_eq!(config.audience(), "http://127.0.0.1:9000/mcp");
    assert!(!config.dpop_nonce);
}
