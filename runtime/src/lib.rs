#![doc = include_str!("../../README.md")]

// The attribute names this crate by its name, here as everywhere.
extern crate self as axum_scopes;

mod challenge;
mod dependency;
mod error;
#[cfg(any())]
mod form;
#[cfg(any())]
mod password;
#[doc(hidden)]
pub mod private;
mod scheme;
mod scopes;
#[cfg(any())]
mod token;

pub use axum_scopes_macros::security;
pub use dependency::{depends::Depends, describe::Describe, node::Node, path::Root, tree::Tree};
pub use error::{AuthError, ErrorStyle};
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
