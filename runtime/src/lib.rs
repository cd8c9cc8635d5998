//! OAuth2 scopes for [axum](https://docs.rs/axum): each function says which scopes it needs, and the compiler merges and checks them.
//!
//! ```
//! use axum_scopes::{
//!     Depends, Flows, OAuth2Scheme, TokenVerifier,
//!     secure::{Router, get},
//!     security, verified,
//! };
//! # struct Api;
//! # impl OAuth2Scheme for Api {
//! #     const FLOWS: Flows = Flows::password("token");
//! #     const SCOPES: &[(&str, &str)] = &[("items", "Read items.")];
//! # }
//! #[security(scopes = ["items"])]
//! async fn read_items(Depends(claims): Depends<verified<Api>>) -> String {
//!     format!("the items of {}", claims.sub)
//! }
//!
//! #[security(public = "load balancers have no token")]
//! async fn status() {}
//!
//! let router: Router<TokenVerifier> = Router::new().route("/items", get(read_items)).route("/status", get(status));
//! assert_eq!(
//!     router.table().to_string(),
//!     "\
//! GET  /items   OAuth2PasswordBearer [items]
//! GET  /status  public (load balancers have no token)
//! "
//! );
//! ```
//!
//! `read_items` is an ordinary axum handler. It runs for requests whose token grants `items`; all others get 401 with the
//! challenge of the scheme `Api`. A scope that `Api` does not declare does not compile. Neither does a route that says nothing about
//! its callers.
//!
//! # The parts
//!
//! | part | is |
//! |---|---|
//! | [`security`] | the attribute, for handlers, dependencies and middleware |
//! | [`Depends`] | the parameter through which a function takes the result of another |
//! | [`OAuth2Scheme`] | where clients get tokens, and which scopes exist; [`scheme`] has the other kinds |
//! | [`Bearer`] | reads the token of a scheme; [`credential`] has the other extractors |
//! | [`SecurityScopes`] | the scopes required where a dependency stands, to be compared with the granted ones |
//! | [`verified`] | a ready-made dependency that verifies the token and enforces the scopes |
//! | [`either`] | a dependency that accepts either of two credentials |
//! | [`secure`] | routers whose routes all say who may call them; a handler that says nothing does not compile |
//! | [`guard!`] | dependencies and scopes of whole routers |
//! | [`AuthError`] | every refusal |
//! | [`Tree`], [`AccessTable`] | what a function requires; who may call what |
//!
//! # The guide
//!
//! One chapter for each task:
//!
//! - Start: [from FastAPI](guide::from_fastapi), [from axum-login](guide::from_axum_login),
//!   [from an extractor of your own](guide::from_an_extractor)
//! - Callers: [users](guide::users), [optional users](guide::optional_users), [roles](guide::roles),
//!   [tenants](guide::tenants)
//! - Scopes: [alternatives, scopes that include others, scopes of one resource](guide::scopes),
//!   [`authorization_details`](guide::authorization_details)
//! - Credentials: [several schemes](guide::several_schemes), [cookies and WebSockets](guide::cookies_and_websockets),
//!   [an identity provider's tokens](guide::behind_a_provider), [Entra, Auth0, Okta, Cognito, Keycloak, Google](guide::providers),
//!   [opaque tokens](guide::opaque_tokens), [DPoP and certificates](guide::sender_bound_tokens)
//! - Other protocols: [long connections](guide::long_connections), [gRPC](guide::grpc), [MCP servers](guide::mcp_server)
//! - Answers: [errors of your own](guide::your_own_errors), [documents](guide::documents)
//! - The service: [a login for production](guide::login_in_production), [who may call what](guide::who_may_call), [guards](guide::guards), [testing](guide::testing),
//!   [operations](guide::operations), [guarantees](guide::guarantees)
//!
//! # Features
//!
//! | feature | default | adds |
//! |---|---|---|
//! | `aws_lc_rs` | yes | [`token`] and [`jose`] with the cryptography of aws-lc |
//! | `rust_crypto` | | the same with cryptography in Rust alone; with both, aws-lc is used |
//! | `jwt` | yes | both backends turn it on |
//! | `pem` | | public keys in PEM and DER |
//! | `dpop` | | [`sender::dpop`]: tokens that are bound to a key of the client (RFC 9449) |
//! | `mtls` | | [`sender::ForwardedCertificates`]: client certificates behind a proxy (RFC 8705) |
//! | `issuer` | | [`issuer`]: the tokens of OpenID and OAuth 2.0 issuers |
//! | `introspection` | | [`introspection`]: opaque tokens, about which an endpoint is asked |
//! | `connection` | | [`connection`]: connections that end when their token does |
//! | `password` | yes | [`password`]: hashing with argon2id |
//! | `bcrypt`, `pbkdf2`, `scrypt` | | passwords that an older service hashed with them, also in Django's form |
//! | `login` | | [`login::AuthorizationServer`]: sessions, refresh tokens, revocation, signing keys, personal tokens, a throttle |
//! | `utoipa`, `aide` | | [`openapi`]: documents |
//! | `swagger-ui` | | [`docs`]: a docs page |
//! | `mcp` | | [`mcp`]: scopes for each tool of an MCP server |
//! | `testing` | | [`testing`]: replaced dependencies, minted tokens, the list of open routes |

#![cfg_attr(docsrs, feature(doc_cfg))]
// Documentation names items of other features than its own. On docs.rs all features are on.
#![cfg_attr(
    not(all(
        feature = "dpop",
        feature = "introspection",
        feature = "connection",
        feature = "mtls",
        feature = "issuer",
        feature = "login",
        feature = "mcp",
        feature = "password",
        feature = "utoipa",
        feature = "aide",
        feature = "swagger-ui",
        feature = "testing",
    )),
    allow(rustdoc::broken_intra_doc_links, rustdoc::private_intra_doc_links)
)]

#[cfg(all(feature = "jwt", not(any(feature = "aws_lc_rs", feature = "rust_crypto"))))]
compile_error!(
    "feature `jwt` needs a backend for its cryptography; turn on `aws_lc_rs` or `rust_crypto`, which turn on `jwt`"
);

// The attribute names this crate by its name, here as everywhere.
#[allow(unused_extern_crates, reason = "used where a feature has ready-made dependencies")]
extern crate self as axum_scopes;

pub mod access;
#[cfg(test)]
mod at_random;
#[cfg(feature = "connection")]
pub mod connection;
pub mod credential;
pub mod dependency;
#[cfg(feature = "swagger-ui")]
pub mod docs;
pub mod error;
#[cfg(any(doc, doctest))]
pub mod guide;
#[cfg(feature = "issuer")]
mod http;
#[cfg(feature = "introspection")]
pub mod introspection;
#[cfg(feature = "issuer")]
pub mod issuer;
#[cfg(feature = "jwt")]
pub mod jose;
pub mod login;
#[cfg(feature = "mcp")]
pub mod mcp;
#[cfg(any(feature = "utoipa", feature = "aide"))]
pub mod openapi;
#[cfg(not(any(feature = "utoipa", feature = "aide")))]
mod openapi;
#[cfg(feature = "password")]
pub mod password;
#[cfg(any(feature = "login", feature = "mtls"))]
mod peers;
#[doc(hidden)]
pub mod private;
pub mod resource;
pub mod scheme;
pub mod scopes;
mod secret;
pub mod secure;
#[cfg(feature = "jwt")]
pub mod sender;
mod state;
#[cfg(feature = "testing")]
pub mod testing;
mod text;
#[cfg(feature = "jwt")]
pub mod token;
pub mod tree;
#[cfg(feature = "jwt")]
mod verification;

#[cfg(feature = "jwt")]
pub use self::verification::{verified, verified_as};
#[doc(no_inline)]
pub use self::{
    access::AccessTable,
    credential::{ApiKeyHeader, Bearer, HttpBasic},
    dependency::{Depends, Either, RequiredScopes, SecurityScopes, either},
    error::AuthError,
    scheme::{ApiKeyScheme, Flows, HttpBasicScheme, OAuth2Scheme},
    scopes::{Grants, Scopes},
    tree::Tree,
};
#[cfg(feature = "jwt")]
#[doc(no_inline)]
pub use self::{
    jose::HmacKey,
    token::{Claims, TokenVerifier},
};

/// Declares scopes on a handler or a dependency, and gives its parameters their place in the dependency tree.
///
/// ```
/// use axum::extract::State;
/// use axum_scopes::{
///     ApiKeyHeader, ApiKeyScheme, AuthError, Bearer, Depends, Flows, OAuth2Scheme, Scopes, SecurityScopes, TokenVerifier,
///     secure::{Router, get},
///     security,
/// };
///
/// struct Api;
///
/// impl OAuth2Scheme for Api {
///     const FLOWS: Flows = Flows::password("token");
///     const SCOPES: &[(&str, &str)] = &[("stock", "Read what is in stock.")];
/// }
///
/// struct Partner;
///
/// impl ApiKeyScheme for Partner {
///     const NAME: &str = "PartnerKey";
///     const PARAMETER: &str = "x-api-key";
/// }
///
/// #[derive(Clone)]
/// struct App {
///     verifier: TokenVerifier,
///     partner_key: String,
///     partner_scopes: Scopes,
/// }
///
/// /// Takes a token or a key. A request with neither is refused before the function runs.
/// #[security(credential_required)]
/// async fn get_caller(
///     required: SecurityScopes,
///     token: Option<Bearer<Api>>,
///     key: Option<ApiKeyHeader<Partner>>,
///     State(app): State<App>,
/// ) -> Result<String, AuthError> {
///     let refused = || required.unauthorized("Could not validate credentials");
///     if let Some(Bearer(token)) = token {
///         let claims = app.verifier.verify(token.as_str()).map_err(|_| refused())?;
///         required.check(&claims.scope)?;
///         return Ok(claims.sub.to_string());
///     }
///     key.filter(|ApiKeyHeader(key)| key.matches(&app.partner_key)).ok_or_else(refused)?;
///     required.check(&app.partner_scopes)?;
///     Ok("partner".to_owned())
/// }
///
/// #[security(scopes = ["stock"])]
/// async fn read_stock(Depends(caller): Depends<get_caller>) -> String {
///     format!("what {caller} may order")
/// }
///
/// let router: Router<App> = Router::new().route("/stock", get(read_stock));
/// assert_eq!(router.table().to_string(), "GET  /stock  OAuth2PasswordBearer [stock] or PartnerKey [stock]\n");
/// ```
pub use axum_scopes_macros::security;
