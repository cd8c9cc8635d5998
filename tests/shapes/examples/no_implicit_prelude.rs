#![no_implicit_prelude]

use ::axum::{Router, routing::get};
use ::axum_scopes::{AuthError, Bearer, Depends, RequiredScopes, SecurityScopes, security};
use ::axum_scopes_tests::Api;
use ::std::{result::Result, string::String};

#[security(cache)]
async fn find_user(required: SecurityScopes, Bearer(token): Bearer<Api>) -> Result<String, AuthError> {
    match required.check(&[token.as_str()]) {
        Result::Ok(()) => Result::Ok(String::new()),
        Result::Err(error) => Result::Err(error),
    }
}

#[security]
fn only_look<T: ::std::marker::Send + ::std::marker::Sync + 'static>(_: RequiredScopes) -> Result<(), AuthError> {
    Result::Ok(())
}

#[security(scopes = ["items"], depends(only_look<u8>))]
async fn read_items(
    #[security(scopes = ["me"])] Depends(user): Depends<find_user>,
    _: RequiredScopes,
) -> impl ::axum::response::IntoResponse {
    user
}

fn main() {
    let _: Router = Router::new().route("/items", get(read_items));
}
