#![doc = include_str!("../../README.md")]

// The attribute names this crate by its name, here as everywhere.
#[allow(unused_extern_crates, reason = "used where a feature has ready-made dependencies")]
extern crate self as axum_scopes;

mod challenge;
mod dependency;
mod error;
mod form;
#[cfg(feature = "password")]
mod password;
#[doc(hidden)]
pub mod private;
mod scheme;
mod scopes;
#[cfg(any(feature = "aws_lc_rs", feature = "rust_crypto"))]
mod token;

pub use axum_scopes_macros::security;
pub use dependency::{depends::Depends, describe::Describe, node::Node, path::Root, tree::Tree};
pub use error::{AuthError, ErrorStyle};
pub use form::{OAuth2PasswordRequestForm, OAuth2PasswordRequestFormStrict, Password, Token};
#[cfg(feature = "password")]
pub use password::{PasswordError, PasswordPolicy, Passwords, Verification};
pub use scheme::{
    bearer::{Bearer, BearerToken},
    info::SchemeInfo,
    oauth2::{Flow, Flows, OAuth2Scheme},
};
pub use scopes::{
    grants::Grants,
    required::{RequiredScopes, SecurityScopes},
    set::Scopes,
};
#[cfg(any(feature = "aws_lc_rs", feature = "rust_crypto"))]
pub use token::{
    Claims, HmacKey, KeyError, SignError, TokenError, TokenSigner, TokenVerifier, verified_claims, verified_claims_as,
};
