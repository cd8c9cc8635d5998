//! Routers whose routes say who may call them: with scopes, with a credential, or with the reason why everybody may.
//!
//! A handler that says nothing does not compile here, so nobody opens a route by mistake. Take [`Router`], [`get`], [`post`] and
//! the others from this module instead of from `axum`. The chapter [`who_may_call`](crate::guide::who_may_call) moves a service over,
//! step by step.
//!
//! | routes | are written |
//! |---|---|
//! | a function with `#[security]` that asks for a credential | `.route("/items", get(read_items).post(create_item))` |
//! | a function that everybody may call | `#[security(public = "load balancers have no token")]` on the function |
//! | routers in routers | [`Router::nest`], [`Router::merge`] |
//! | a whole router behind a guard | `staff.protect(router)`, with [`guard!`](crate::guard!) |
//! | a router of another crate behind a guard | [`staff.admit(router)`](crate::dependency::Guard::admit) |
//! | closures, handlers and services of other crates | [`public`], or [`elsewhere`] if something else decides |
//!
//! [`Router::table`] says who may call what, without a document; compare it with a text in a test. [`Router::into_router`] is an
//! ordinary router of axum. What is added to that is not known here. In a test,
//! [`testing::open_routes`](crate::testing::open_routes) asks every route of a finished router.
//!
//! ```
//! use axum_scopes::{
//!     Depends, Flows, HmacKey, OAuth2Scheme, TokenVerifier, guard,
//!     secure::{Router, elsewhere, get},
//!     security, verified,
//! };
//!
//! struct Api;
//! impl OAuth2Scheme for Api {
//!     const FLOWS: Flows = Flows::password("token");
//!     const SCOPES: &[(&str, &str)] = &[("items", "Read items."), ("admin", "Everything.")];
//! }
//!
//! #[security(scopes = ["items"])]
//! async fn read_items(_: Depends<verified<Api>>) {}
//!
//! #[security]
//! async fn whoami(Depends(claims): Depends<verified<Api>>) -> String {
//!     claims.sub.into()
//! }
//!
//! #[security(public = "load balancers have no token")]
//! async fn status() {}
//!
//! # fn main() -> Result<(), axum_scopes::jose::KeyError> {
//! let verifier = TokenVerifier::hs256(&HmacKey::new([7; 32])?);
//! let staff = guard!(scopes = ["admin"], depends(verified<Api>)).with_state(verifier.clone());
//! let router = Router::new()
//!     .route("/items", get(read_items))
//!     .route("/whoami", get(whoami))
//!     .route("/status", get(status))
//!     .route("/metrics", get(elsewhere("the mesh lets only Prometheus in", async || "up 1")))
//!     .nest("/admin", staff.protect(Router::new().route("/items", get(read_items))));
//! assert_eq!(
//!     router.table().to_string(),
//!     "\
//! GET  /admin/items  OAuth2PasswordBearer [admin items]
//! GET  /items        OAuth2PasswordBearer [items]
//! GET  /metrics      elsewhere (the mesh lets only Prometheus in)
//! GET  /status       public (load balancers have no token)
//! GET  /whoami       OAuth2PasswordBearer
//! "
//! );
//! let router: axum::Router = router.with_state(verifier).into_router();
//! # Ok(())
//! # }
//! ```

#[cfg(test)]
mod agreement;
#[cfg(feature = "aide")]
pub mod aide;
mod guarded;
mod layers;
mod methods;
pub(crate) mod path;
mod router;
mod routes;
pub(crate) mod row;
mod says;
mod template;
#[cfg(feature = "utoipa")]
pub mod utoipa;

pub use guarded::{Admitted, Asks};
pub use methods::{MethodRouter, any, connect, delete, get, head, on, options, patch, post, put, trace};
pub use router::Router;
pub use routes::{SaidRoutes, SaidService};
pub use says::{SaysWho, WithReason, elsewhere, public};
