//! OAuth2 scopes for axum, declared on handlers and dependency functions, merged and checked by the compiler.
//!
//! - [`security`] is the attribute; [`Depends`] the parameter through which a function depends on another.
//! - [`OAuth2Scheme`] declares which scopes exist; [`Bearer`] reads the token.
//! - [`SecurityScopes`] shows a dependency what is required where it stands, and compares it with what is granted;
//!   [`verified`] is a dependency that does all of that.
//! - [`HttpBasic`], [`HttpBearer`], [`HttpDigest`], [`ApiKeyHeader`], [`ApiKeyQuery`], [`ApiKeyCookie`], [`OpenIdConnect`] and
//!   [`OAuth2`] read other credentials; [`Describe`] lets extractors of your own take part.
//! - [`guard!`] requires dependencies and scopes of whole routers.
//! - [`AuthError`] is every refusal, in one of the [`ErrorStyle`]s; [`ProtectedResource`] is what clients find out about the
//!   service, at [`protected_resource_metadata`]; [`ResourceMetadata`] is one that is known at run time.
//! - [`OAuth2PasswordRequestForm`] and [`TokenResponse`] are the two ends of a login; [`Passwords`], [`TokenSigner`] and
//!   [`TokenVerifier`] do the work between them. [`IssuerVerifier`] verifies what an OpenID or OAuth 2.0 issuer signs.
//! - [`Tree`] prints what a function depends on, and which scopes that requires; [`AccessTable`] who may call what.
//! - [`openapi`] puts scopes, schemes and refusals into the documents of utoipa and aide, and, by `SetEndpoints`, where an
//!   issuer is that only the environment names; [`docs`] serves a document with a page to try it.
//!
//! ```
//! use axum::{Router, extract::State, routing::get};
//! use axum_scopes::{AuthError, Bearer, Depends, Flows, OAuth2Scheme, SecurityScopes, TokenVerifier, security};
//!
//! struct Api;
//!
//! impl OAuth2Scheme for Api {
//!     const FLOWS: Flows = Flows::password("token");
//!     const SCOPES: &[(&str, &str)] = &[("me", "Read yourself."), ("items", "Read items.")];
//! }
//!
//! /// Enforces: what is required depends on the route.
//! #[security]
//! async fn get_current_user(
//!     required: SecurityScopes,
//!     Bearer(token): Bearer<Api>,
//!     State(verifier): State<TokenVerifier>,
//! ) -> Result<String, AuthError> {
//!     let refused = |_| required.unauthorized("Could not validate credentials");
//!     let claims = verifier.verify(token.as_str()).map_err(refused)?;
//!     required.check(&claims.scope)?;
//!     Ok(claims.sub.into())
//! }
//!
//! /// Requires `me`.
//! #[security(scopes = ["me"])]
//! async fn get_active_user(Depends(user): Depends<get_current_user>) -> Result<String, AuthError> {
//!     Ok(user)
//! }
//!
//! /// Requires `items`, and so `me` as well.
//! #[security(scopes = ["items"])]
//! async fn read_items(Depends(user): Depends<get_active_user>) -> String {
//!     format!("the items of {user}")
//! }
//!
//! let router: Router<TokenVerifier> = Router::new().route("/items", get(read_items));
//! ```
//!
//! # Features
//!
//! `jwt` (default) brings tokens with the cryptography of `aws_lc_rs`; `rust_crypto` is the other backend. `password`
//! (default) brings password hashing, `bcrypt` also reads the hashes of older services. `utoipa` and `aide` bring documents,
//! `docs` a page for them. `jwks` brings the tokens of OpenID and OAuth 2.0 issuers, whose keys are found by discovery.
//! `testing` brings what the tests of services need, and nothing that services do. Without them, what they bring is not
//! there, and links above lead nowhere.
//!
//! # Limits
//!
//! 64 scopes and 4096 bytes of them along one path, and 16 parameters. Of a generic function, `cargo check` sees as much
//! as does not depend on its type parameters; `cargo build` sees the rest.

// The attribute names this crate by its name, here as everywhere.
#[allow(unused_extern_crates, reason = "used where a feature has ready-made dependencies")]
extern crate self as axum_scopes;

mod access;
mod credential;
mod dependency;
#[cfg(feature = "docs")]
pub mod docs;
mod error;
#[cfg(feature = "jwks")]
mod issuer;
#[cfg(any(feature = "aws_lc_rs", feature = "rust_crypto"))]
mod jose;
mod login;
#[cfg(any(feature = "utoipa", feature = "aide"))]
pub mod openapi;
#[cfg(not(any(feature = "utoipa", feature = "aide")))]
mod openapi;
#[cfg(feature = "password")]
mod password;
#[doc(hidden)]
pub mod private;
mod resource;
mod scheme;
mod scopes;
mod secret;
mod state;
#[cfg(feature = "testing")]
pub mod testing;
mod text;
#[cfg(any(feature = "aws_lc_rs", feature = "rust_crypto"))]
mod token;
mod tree;
#[cfg(any(feature = "aws_lc_rs", feature = "rust_crypto"))]
mod verification;

pub use access::AccessTable;
/// Declares scopes on a handler or a dependency, and gives its parameters their place in the dependency tree.
///
/// ```
/// use axum::{Router, extract::State, routing::get};
/// use axum_scopes::{
///     ApiKeyHeader, ApiKeyScheme, AuthError, Bearer, Depends, Flows, OAuth2Scheme, Scopes, SecurityScopes, TokenVerifier,
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
/// ```
pub use axum_scopes_macros::security;
#[cfg(any(feature = "aws_lc_rs", feature = "rust_crypto"))]
pub use credential::presented::{Presented, PresentedAs, TokenSource};
pub use credential::{
    api_key::{ApiKeyCookie, ApiKeyHeader, ApiKeyQuery},
    basic::{HttpBasic, HttpBasicCredentials},
    bearer::{Bearer, HttpBearer, HttpDigest, OAuth2, OpenIdConnect},
    password::Password,
    value::Credential,
};
pub use dependency::{
    depends::Depends,
    guard::{Guard, Routes},
    path::Root,
    security_scopes::{RequiredScopes, SecurityScopes},
};
pub use error::{AuthError, ErrorKind};
#[cfg(feature = "jwks")]
pub use issuer::{
    error::{IssuerError, RefreshError},
    issuer::Issuer,
    status::IssuerStatus,
    verifier::IssuerVerifier,
};
#[cfg(any(feature = "aws_lc_rs", feature = "rust_crypto"))]
pub use jose::{algorithm::Algorithm, error::KeyError, hmac_key::HmacKey, verification_key::VerificationKey};
pub use login::{OAuth2PasswordRequestForm, OAuth2PasswordRequestFormStrict, token_response::TokenResponse};
pub use openapi::document::DocumentError;
#[cfg(feature = "password")]
pub use password::{Login, PasswordError, PasswordPolicy, Passwords, Verification};
pub use resource::{ResourceMetadata, protected_resource_metadata};
#[cfg(any(feature = "jwks", feature = "utoipa", feature = "aide"))]
pub use scheme::endpoints::Endpoints;
pub use scheme::{
    api_key::ApiKeyScheme,
    error_style::ErrorStyle,
    http::{HttpBasicScheme, HttpBearerScheme, HttpDigestScheme},
    info::{SchemeInfo, SchemeKind},
    oauth2::{Flow, Flows, OAuth2Scheme},
    open_id_connect::OpenIdConnectScheme,
    protected_resource::ProtectedResource,
};
pub use scopes::{grants::Grants, set::Scopes};
pub use text::https_url::UrlError;
#[cfg(any(feature = "aws_lc_rs", feature = "rust_crypto"))]
pub use token::{
    claims::Claims,
    error::{SignError, TokenError},
    judge::{FromToken, SchemeVerifier, VerifyToken},
    scope_claim::ScopeClaim,
    sign::TokenSigner,
    subject::Subject,
    verified::VerifiedToken,
    verifier::TokenVerifier,
    verify_error::VerifyError,
};
pub use tree::{describe::Describe, node::Node, shown::Tree};
#[cfg(any(feature = "aws_lc_rs", feature = "rust_crypto"))]
pub use verification::{verified, verified_as};
