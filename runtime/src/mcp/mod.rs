//! Scopes for each tool, prompt and resource of an MCP server (Model Context Protocol, authorization specification).
//!
//! All tools of an MCP server are behind one path, and only the body of a request names the one that is called. An [`Endpoint`] stands
//! in front of the server, whatever crate it is made of. It reads each message, within bounds, and lets it through if the function that is
//! declared for its tool does. What is not declared is refused.
//!
//! ```
//! use axum::{body::Body, http::Request};
//! use axum_scopes::{
//!     AuthError, Claims, Depends, Flows, HmacKey, OAuth2Scheme, TokenVerifier, mcp::Endpoint, secure::Router, security,
//!     token::TokenSigner, verified,
//! };
//! use tower::{ServiceExt, service_fn};
//!
//! struct Api;
//! impl OAuth2Scheme for Api {
//!     const FLOWS: Flows = Flows::authorization_code("https://id.example/authorize", "https://id.example/token");
//!     const SCOPES: &[(&str, &str)] = &[("notes:read", "Read notes."), ("notes:write", "Write notes.")];
//! }
//!
//! /// Who may use the server at all.
//! #[security(scopes = ["notes:read"])]
//! async fn caller(Depends(claims): Depends<verified<Api>>) -> Result<Claims, AuthError> {
//!     Ok(claims)
//! }
//!
//! /// Who may write, on top of that.
//! #[security(scopes = ["notes:write"])]
//! async fn writer(Depends(claims): Depends<caller>) -> Result<Claims, AuthError> {
//!     Ok(claims)
//! }
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! // For instance `StreamableHttpService` of rmcp. Its tools find the `Claims` in the extensions of the request.
//! let server = service_fn(async |request: Request<Body>| {
//!     assert_eq!(request.extensions().get::<Claims>().unwrap().sub, "amy");
//!     Ok::<_, std::convert::Infallible>("{}")
//! });
//! let endpoint = Endpoint::<caller, TokenVerifier>::new().tool::<caller>("read_notes").tool::<writer>("write_note");
//! let router = Router::new().route("/mcp", endpoint.serve(server));
//! assert_eq!(
//!     router.table().to_string(),
//!     "\
//! GET     /mcp                        OAuth2AuthorizationCodeBearer [notes:read]
//! POST    /mcp                        OAuth2AuthorizationCodeBearer [notes:read]
//! DELETE  /mcp                        OAuth2AuthorizationCodeBearer [notes:read]
//! POST    /mcp tools/call read_notes  OAuth2AuthorizationCodeBearer [notes:read]
//! POST    /mcp tools/call write_note  OAuth2AuthorizationCodeBearer [notes:write notes:read]
//! "
//! );
//!
//! # use std::time::Duration;
//! let key = HmacKey::new([7; 32])?;
//! let token = TokenSigner::hs256(&key).sign(&Claims::new("amy", "notes:read", Duration::from_secs(60)))?;
//! let router = router.with_state(TokenVerifier::hs256(&key)).into_router();
//! let call = |tool: &str| {
//!     let body = format!(r#"{{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{{"name":"{tool}"}}}}"#);
//!     let request = Request::post("/mcp").header("authorization", format!("Bearer {token}"));
//!     request.header("content-type", "application/json").body(Body::from(body)).unwrap()
//! };
//! assert_eq!(router.clone().oneshot(call("read_notes")).await?.status(), 200);
//! let refusal = router.clone().oneshot(call("write_note")).await?;
//! assert_eq!(refusal.headers()["www-authenticate"], "Bearer scope=\"notes:write notes:read\"");
//! assert_eq!(router.oneshot(call("delete_notes")).await?.status(), 403);
//! # Ok(())
//! # }
//! ```
//!
//! # What is read
//!
//! | request | decided by |
//! |---|---|
//! | `tools/call` | the function of the tool |
//! | `prompts/get`, and the completion of a prompt's arguments | the function of the prompt |
//! | `resources/read`, `subscribe`, `unsubscribe`, the completion of a resource, `subscriptions/listen` with resources | the function of the resource |
//! | `GET` and `DELETE`, notifications, answers, and what is about no tool: `initialize`, `tools/list`, `ping`, … | the endpoint's function |
//! | other methods | the function that [`Endpoint::method`] declares |
//!
//! A request without any credential is refused before its body is read. Its challenge names the scopes of the endpoint's function, so
//! that a client begins with these, and steps up when it calls a tool that needs more.
//!
//! A body is read whole, up to a limit ([`Endpoint::body_limit`]), and is passed on byte for byte. Parsers differ, so everything that one of
//! them may read as another tool is refused: repeated names in objects, names that differ in their case only, lists for objects, other
//! encodings than UTF-8, batches, more than 64 levels, and headers `Mcp-Method` and `Mcp-Name` that say something else than the body.
//! A caller who is not authenticated gets the same 401 for all of it.
//!
//! Who may call a tool is not who owns a session or a task: an ID of either is no authentication. The server has to compare their owner
//! with the caller.

mod checks;
mod decide;
mod declared;
mod endpoint;
mod gate;
mod headers;
mod json;
mod message;
mod names;
mod refusal;
mod resources;
mod spelling;

pub use decide::{Admits, Decides};
pub use endpoint::Endpoint;
