//! Scopes and schemes in OpenAPI documents of utoipa ([`SplitSecured`], [`SecuritySchemes`]) and aide
//! ([`security_schemes`]). They are read from the dependency trees that are also enforced, so nothing is written twice.
//!
//! Each operation lists the merged scopes of each scheme and the responses by which its handler refuses. The components list
//! the schemes with flows and descriptions. A guard is in the document if it protects an `OpenApiRouter`, the result of
//! `routes!` or an `ApiRouter`, but not if it protects the `Router` that they become.
//!
//! The routers of [`secure::utoipa`](crate::secure::utoipa) and [`secure::aide`](crate::secure::aide) do all of this, and each of their
//! routes says who may call it. The items of this module are for the routers of utoipa-axum and aide themselves.
//!
//! # Who is let in
//!
//! `security` lists alternatives (OpenAPI 3.1 §4.8.30). The alternative `{}` lets everybody in:
//!
//! | a function takes | `security` |
//! |---|---|
//! | `Bearer<Api>`, `ApiKeyHeader<Partner>` | both: `[{"OAuth2PasswordBearer": [], "PartnerKey": []}]` |
//! | `Option<Bearer<Api>>` | `[{}, {"OAuth2PasswordBearer": []}]` |
//! | `Depends<either<user, partner>>` | `[{"OAuth2PasswordBearer": []}, {"PartnerKey": []}]` |
//! | `Option<Bearer<Api>>`, `Option<ApiKeyHeader<Partner>>` | `[{}, {"OAuth2PasswordBearer": []}, {"PartnerKey": []}]` |
//! | the same with `SecurityScopes`, where `items` is required | `[{"OAuth2PasswordBearer": ["items"]}, {"PartnerKey": ["items"]}]` |
//!
//! `Result` means the same as `Option`. If required scopes are compared there is no `{}`, because nothing is granted
//! without a credential. Two functions require what each of them requires. It is unknown which of several credentials a
//! function chooses, so each of them must grant the scopes of all functions that may choose it. An alternative that
//! requires more than another one is left out.
//!
//! # Enforced and claimed security
//!
//! The extension `x-enforced-security` of an operation lists what dependency trees enforce, in the form of `security`. A
//! `security(…)` of your own, on the document or an operation, is a claim. It stays beside what is enforced, and
//! [`AccessTable`](crate::AccessTable) shows it as `claimed`. If a handler with `#[security]` requires nothing, its operation
//! does not inherit the `security` of the document. The extension `x-public` has the reason of an operation that is public, and
//! `x-elsewhere` has who else decides.
//!
//! [`SetEndpoints`] sets the URLs of an issuer that is known only at run time.
//!
//! # With utoipa
//!
//! Feature `utoipa`, for [utoipa](https://docs.rs/utoipa) 6 and utoipa-axum 0.3. Write `#[security]` above `#[utoipa::path]`,
//! and split the router with [`SplitSecured`]. The other order does not compile (E0428: `__path_…` is defined twice).
//!
#![cfg_attr(feature = "utoipa", doc = "```")]
#![cfg_attr(not(feature = "utoipa"), doc = "```ignore")]
//! use axum::Router;
//! use axum_scopes::{
//!     Depends, Flows, OAuth2Scheme, TokenVerifier,
//!     openapi::{SplitSecured, routes},
//!     security, verified,
//! };
//! use utoipa::OpenApi;
//! use utoipa_axum::router::OpenApiRouter;
//!
//! struct Api;
//! impl OAuth2Scheme for Api {
//!     const FLOWS: Flows = Flows::password("token");
//!     const SCOPES: &[(&str, &str)] = &[("items", "Read items.")];
//! }
//!
//! /// Read items
//! #[security(scopes = ["items"])]
//! #[utoipa::path(get, path = "/items", responses((status = OK, description = "The items", body = String)))]
//! async fn read_items(Depends(claims): Depends<verified<Api>>) -> String {
//!     format!("the items of {}", claims.sub)
//! }
//!
//! #[derive(OpenApi)]
//! #[openapi(info(title = "Shop", version = "1.0.0"))]
//! struct Document;
//!
//! let (router, api): (Router<TokenVerifier>, _) =
//!     OpenApiRouter::with_openapi(Document::openapi()).routes(routes!(read_items)).split_secured();
//!
//! let api = serde_json::to_value(&api).unwrap();
//! assert_eq!(api["paths"]["/items"]["get"]["security"][0]["OAuth2PasswordBearer"][0], "items");
//! assert_eq!(api["components"]["securitySchemes"]["OAuth2PasswordBearer"]["flows"]["password"]["tokenUrl"], "token");
//! ```
//!
//! [`routes!`] is utoipa-axum's macro of that name. It also checks that the mounted function is the one whose requirements are
//! listed. Without utoipa-axum, [`SecuritySchemes`] finishes a document: `#[openapi(paths(read_items), modifiers(&SecuritySchemes))]`.
//! `OpenApiRouter::new()` gives a document the title of utoipa-axum itself, so start from `with_openapi`.
//!
//! # With aide
//!
//! Feature `aide`, for [aide](https://docs.rs/aide) 0.16.0-alpha.4. Extractors describe themselves, so handlers need
//! `#[security]` and nothing else; finish the document with [`security_schemes`].
//!
#![cfg_attr(feature = "aide", doc = "```")]
#![cfg_attr(not(feature = "aide"), doc = "```ignore")]
//! use aide::{axum::{ApiRouter, routing::get}, openapi::{Info, OpenApi}};
//! use axum::Router;
//! use axum_scopes::{
//!     Depends, Flows, OAuth2Scheme, TokenVerifier, openapi::security_schemes, security, verified,
//! };
//!
//! struct Api;
//! impl OAuth2Scheme for Api {
//!     const FLOWS: Flows = Flows::password("token");
//!     const SCOPES: &[(&str, &str)] = &[("items", "Read items.")];
//! }
//!
//! #[security(scopes = ["items"])]
//! async fn read_items(Depends(claims): Depends<verified<Api>>) -> String {
//!     format!("the items of {}", claims.sub)
//! }
//!
//! let info = Info { title: "Shop".to_owned(), version: "1.0.0".to_owned(), ..Info::default() };
//! let mut api = OpenApi { info, ..OpenApi::default() };
//! let router: Router<TokenVerifier> =
//!     ApiRouter::new().api_route("/items", get(read_items)).finish_api_with(&mut api, security_schemes);
//!
//! let api = serde_json::to_value(&api).unwrap();
//! assert_eq!(api["paths"]["/items"]["get"]["security"][0]["OAuth2PasswordBearer"][0], "items");
//! assert_eq!(api["components"]["securitySchemes"]["OAuth2PasswordBearer"]["flows"]["password"]["tokenUrl"], "token");
//! ```
//!
//! The refusals are listed unless `aide::generate::infer_responses` is off. Those of a credential in an `Option` are
//! listed if the operation has any response. A credential extractor of your own calls [`describe_credential`]. aide
//! describes parameters, not functions, which leaves three gaps:
//!
//! - A credential that a handler takes as a `Result` looks required. Take it in a dependency.
//! - A credential that a handler takes as an `Option` looks optional, also with `credential_required`. Take it in a dependency.
//! - A handler that requires nothing and has no dependency looks like one without `#[security]`. It inherits the `security` of
//!   the document, and is shown as `claimed`.
//!
//! A guard protects an `ApiRouter`. It cannot protect an `ApiMethodRouter`, whose operations cannot be changed; put that
//! into a router of its own:
//!
#![cfg_attr(feature = "aide", doc = "```")]
#![cfg_attr(not(feature = "aide"), doc = "```ignore")]
//! # use aide::axum::{ApiRouter, routing::get};
//! # use axum_scopes::{AuthError, guard, security};
//! # #[security]
//! # async fn opening_hours() -> Result<(), AuthError> { Ok(()) }
//! let hours = guard!(depends(opening_hours));
//! let router: ApiRouter = ApiRouter::new()
//!     .api_route("/map", get(async || "always"))
//!     .merge(hours.protect(ApiRouter::new().api_route("/shop", get(async || "come in"))));
//! ```

#![cfg_attr(
    not(all(feature = "utoipa", feature = "aide")),
    allow(rustdoc::broken_intra_doc_links, reason = "the linked items of a feature are missing without it")
)]

#[cfg(feature = "aide")]
pub(crate) mod aide;
pub(crate) mod alternatives;
mod definition;
pub(crate) mod document;
#[cfg(any(feature = "utoipa", feature = "aide"))]
mod endpoints;
pub(crate) mod finishing;
pub(crate) mod marker;
#[cfg(test)]
mod model_tests;
pub(crate) mod needs;
#[cfg(test)]
mod optional_tests;
#[cfg(any(feature = "utoipa", feature = "aide"))]
mod refusal;
pub(crate) mod requirement;
#[cfg(any(feature = "utoipa", feature = "aide"))]
mod schema;
pub(crate) mod sender;
#[cfg(test)]
mod tests;
#[cfg(feature = "utoipa")]
pub(crate) mod utoipa;

#[cfg(feature = "aide")]
pub use self::aide::{input::describe_credential, security_schemes};
#[cfg(feature = "utoipa")]
pub use self::utoipa::{SecuritySchemes, SplitSecured};
#[cfg(feature = "utoipa")]
#[doc(inline)]
pub use crate::__axum_scopes_routes as routes;

#[cfg(any(feature = "utoipa", feature = "aide"))]
pub use self::endpoints::SetEndpoints;
