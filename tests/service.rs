//! A small service, which the tests share.
#![allow(clippy::missing_errors_doc, clippy::missing_panics_doc, clippy::unwrap_used, missing_docs, reason = "tests")]

pub mod prelude {
    pub use axum::{
        Json, Router,
        extract::{FromRequestParts, Path, Query, Request, State},
        http::{HeaderMap, StatusCode, request::Parts},
        middleware::{Next, from_fn},
        response::{IntoResponse, Response},
        routing::get,
    };
    pub use axum_scopes::{
        AuthError, Bearer, Depends, Flows, Grants, OAuth2Scheme, RequiredScopes, Scopes, SecurityScopes, Tree,
        dependency::Root,
        scheme::SchemeInfo,
        security,
        tree::{Describe, Node},
    };

    pub use axum_scopes_test_support::{Answer, App};

    pub use crate::{Api, User, get_current_active_user, get_current_user};
}

use prelude::*;

/// A scheme with three scopes. A token of [`get_current_user`] is the list of granted scopes, joined by `+`.
#[derive(Debug)]
pub struct Api;

impl OAuth2Scheme for Api {
    const FLOWS: Flows = Flows::password("token");
    const SCOPES: &[(&str, &str)] = &[("me", "Read me."), ("items", "Read items."), ("admin", "Everything.")];
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct User(pub String);

#[security]
pub async fn get_current_user(required: SecurityScopes, Bearer(token): Bearer<Api>) -> Result<User, AuthError> {
    required.check(&token.as_str().split('+').collect::<Vec<_>>())?;
    Ok(User("joe".into()))
}

#[security(scopes = ["me"])]
pub async fn get_current_active_user(Depends(user): Depends<get_current_user>) -> Result<User, AuthError> {
    Ok(user)
}

/// The median, which benchmarks use because other work of the machine hardly changes it.
pub fn median(values: impl IntoIterator<Item = f64>) -> f64 {
    let mut values: Vec<_> = values.into_iter().collect();
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}
