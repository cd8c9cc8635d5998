use std::sync::Arc;

use axum_scopes::private::Judge;
use axum_scopes_tests::prelude::*;

// Stand in for the library's verifier and for `verified`, which come with cryptography.
struct TokenVerifier;

#[security]
async fn verified(_: SecurityScopes, _: Bearer<Api>, _: Judge<TokenVerifier>) -> Result<User, AuthError> {
    Err(AuthError::internal())
}

#[derive(Clone)]
struct App;

// `debug_handler` makes the compiler look into the handler, and name what is missing.
#[security(scopes = ["items"])]
#[axum::debug_handler(state = Arc<App>)]
async fn read_items(_: Depends<verified>) {}

fn main() {}
