//! A type that looks like `Depends` checks nothing, as behind a feature that switches logins off.

use std::{convert::Infallible, marker::PhantomData};

use axum::{extract::FromRequestParts, http::request::Parts, response::IntoResponse};
use axum_scopes::{AuthError, security};
use axum_scopes_tests::get_current_user;

struct Depends<D, P>(PhantomData<(D, P)>);

impl<S: Sync, D, P> FromRequestParts<S> for Depends<D, P> {
    type Rejection = Infallible;

    async fn from_request_parts(_: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(Self(PhantomData))
    }
}

#[security(scopes = ["admin"])]
async fn handler(_: Depends<get_current_user>) -> impl IntoResponse {}

#[security(scopes = ["admin"])]
async fn fallible(_: Depends<get_current_user>) -> Result<impl IntoResponse, AuthError> {
    Ok(())
}

#[security(scopes = ["admin"])]
fn not_async(_: Depends<get_current_user>) -> impl Future<Output = ()> {
    async {}
}

#[security(scopes = ["admin"])]
async fn generic<T: Send + 'static>(_: Depends<get_current_user>) -> impl IntoResponse {
    std::any::type_name::<T>()
}

fn main() {}
