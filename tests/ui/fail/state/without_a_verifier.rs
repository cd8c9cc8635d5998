use std::sync::Arc;

use axum_scopes::private::Judge;
use axum_scopes_tests::prelude::*;

// These stand for the library's verifier and for `verified`, which would need cryptography.
struct TokenVerifier;

#[security]
async fn verified(_: SecurityScopes, _: Bearer<Api>, _: Judge<TokenVerifier>) -> Result<User, AuthError> {
    Err(AuthError::internal())
}

#[derive(Clone)]
struct App;

// With `debug_handler`, the compiler checks the handler itself, and names the missing state.
#[security(scopes = ["items"])]
#[axum::debug_handler(state = Arc<App>)]
async fn read_items(_: Depends<verified>) {}

fn main() {}
