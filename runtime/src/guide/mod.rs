//! Chapters, one for each task. Their code is compiled and run as a test.
//!
//! The `main` around an example is not shown. `Client` sends requests to the router; it is this repository's own. A later
//! example of a chapter can leave out what an earlier one shows, such as the scheme.
//!
//! A chapter can be read by itself. This is the order for those who read them all:
//!
//! - [`from_fastapi`]: the name here for each name that you know from FastAPI
//! - [`users`]: users in a database, their login, and what happens to disabled ones
//! - [`login_in_production`]: sessions, refresh tokens, revocation, keys, personal tokens, and the threat that each answers
//! - [`optional_users`]: routes that know their user, and are open to strangers as well
//! - [`roles`]: scopes by role, and roles that include others
//! - [`tenants`]: rows that belong to one customer, and callers who may touch no others
//! - [`scopes`]: one of several scopes, scopes that include others, scopes of one repository, project or tenant
//! - [`several_schemes`]: a token or an API key, and a verifier for each scheme
//! - [`cookies_and_websockets`]: tokens where a browser cannot send `Authorization`
//! - [`long_connections`]: event streams and WebSockets that end when their token does
//! - [`grpc`]: scopes for the methods of a gRPC service
//! - [`authorization_details`]: what a token allows in detail (RFC 9396)
//! - [`your_own_errors`]: refusals in the form of your service, or as the RFCs have it
//! - [`behind_a_provider`]: tokens that an identity provider signs
//! - [`providers`]: Entra, Auth0, Okta, Keycloak, Cognito, Google; tenants, and issuers that come and go
//! - [`opaque_tokens`]: tokens about which their issuer is asked
//! - [`sender_bound_tokens`]: tokens that are worth nothing without the client's key or certificate
//! - [`mcp_server`]: an MCP server, with scopes for each of its tools
//! - [`who_may_call`]: routers whose routes all say who may call them
//! - [`guards`]: dependencies and scopes of whole routers
//! - [`documents`]: OpenAPI, a docs page, and a table of who may call what
//! - [`testing`]: replaced dependencies, minted tokens, snapshots
//! - [`from_axum_login`], [`from_an_extractor`]: how to replace what you have
//! - [`operations`]: key rotation, login limits, CORS, logs
//! - [`guarantees`]: what holds, by which means, and what the library cannot do

#[doc = include_str!("from_fastapi.md")]
#[cfg(feature = "jwt")]
pub mod from_fastapi {}

#[doc = include_str!("users.md")]
#[cfg(all(feature = "jwt", feature = "password"))]
pub mod users {}

#[doc = include_str!("login_in_production.md")]
#[cfg(feature = "login")]
pub mod login_in_production {}

#[doc = include_str!("optional_users.md")]
#[cfg(feature = "jwt")]
pub mod optional_users {}

#[doc = include_str!("roles.md")]
#[cfg(feature = "jwt")]
pub mod roles {}

#[doc = include_str!("tenants.md")]
#[cfg(feature = "jwt")]
pub mod tenants {}

#[doc = include_str!("scopes.md")]
#[cfg(feature = "jwt")]
pub mod scopes {}

#[doc = include_str!("several_schemes.md")]
#[cfg(feature = "jwt")]
pub mod several_schemes {}

#[doc = include_str!("cookies_and_websockets.md")]
#[cfg(feature = "connection")]
pub mod cookies_and_websockets {}

#[doc = include_str!("long_connections.md")]
#[cfg(feature = "connection")]
pub mod long_connections {}

#[doc = include_str!("grpc.md")]
#[cfg(all(feature = "jwt", feature = "testing"))]
pub mod grpc {}

#[doc = include_str!("authorization_details.md")]
#[cfg(all(feature = "jwt", feature = "testing"))]
pub mod authorization_details {}

#[doc = include_str!("your_own_errors.md")]
pub mod your_own_errors {}

#[doc = include_str!("behind_a_provider.md")]
#[cfg(feature = "issuer")]
pub mod behind_a_provider {}

#[doc = include_str!("providers.md")]
#[cfg(feature = "issuer")]
pub mod providers {}

#[doc = include_str!("sender_bound_tokens.md")]
#[cfg(all(feature = "dpop", feature = "mtls"))]
pub mod sender_bound_tokens {}

#[doc = include_str!("opaque_tokens.md")]
#[cfg(all(feature = "introspection", feature = "testing"))]
pub mod opaque_tokens {}

#[doc = include_str!("mcp_server.md")]
#[cfg(all(feature = "aws_lc_rs", feature = "dpop", feature = "mcp"))]
pub mod mcp_server {}

#[doc = include_str!("who_may_call.md")]
#[cfg(all(feature = "jwt", feature = "testing"))]
pub mod who_may_call {}

#[doc = include_str!("guards.md")]
#[cfg(feature = "jwt")]
pub mod guards {}

#[doc = include_str!("documents.md")]
#[cfg(all(feature = "jwt", feature = "utoipa", feature = "aide", feature = "swagger-ui"))]
pub mod documents {}

#[doc = include_str!("testing.md")]
#[cfg(all(feature = "jwt", feature = "testing"))]
pub mod testing {}

#[doc = include_str!("from_axum_login.md")]
#[cfg(all(feature = "aws_lc_rs", feature = "password"))]
pub mod from_axum_login {}

#[doc = include_str!("from_an_extractor.md")]
#[cfg(feature = "jwt")]
pub mod from_an_extractor {}

#[doc = include_str!("operations.md")]
#[cfg(all(feature = "aws_lc_rs", feature = "password"))]
pub mod operations {}

#[doc = include_str!("guarantees.md")]
#[cfg(feature = "jwt")]
pub mod guarantees {}
