//! The helpers of all tests: answers of a router, tokens and proofs that no signer would make, and the lines that are logged.
//!
//! ```
//! # use axum::{Router, http::StatusCode, routing::get};
//! use axum_scopes_test_support::{App, Jws};
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() {
//! # let refusal = (StatusCode::UNAUTHORIZED, [("www-authenticate", "Bearer")], "no");
//! # let router = Router::new().route("/items", get(async move || refusal));
//! let app = App::new(router);
//! let forged = Jws::new(r#"{"alg":"none"}"#, r#"{"sub":"joe","exp":4102444800}"#).with_signature("");
//!
//! assert_eq!(app.get("/items").bearer(&forged).await.status(), 401);
//! assert_eq!(app.get("/items").await, (401, Some("Bearer"), "no"));
//! # }
//! ```
#![allow(clippy::missing_panics_doc, clippy::unwrap_used, reason = "for tests, where a panic is an answer")]

mod answer;
mod app;
#[cfg(feature = "tokens")]
mod hostile_proofs;
#[cfg(feature = "tokens")]
mod jws;
mod log;
mod now;
#[cfg(feature = "tokens")]
mod proof;
pub mod truth;

pub use answer::Answer;
pub use app::{App, Call};
#[cfg(feature = "tokens")]
pub use hostile_proofs::{HostileProof, hostile_proofs};
#[cfg(feature = "tokens")]
pub use jws::{Jws, base64url};
pub use log::{Log, logged};
pub use now::now;
#[cfg(feature = "tokens")]
pub use proof::{Proof, ProofKey, digest};
