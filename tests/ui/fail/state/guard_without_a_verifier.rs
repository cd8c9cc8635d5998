use axum_scopes::{guard, private::Judge};
use axum_scopes_tests::prelude::*;

// These stand for the library's verifier and for `verified`, which would need cryptography.
struct TokenVerifier;

#[security]
async fn verified(_: SecurityScopes, _: Bearer<Api>, _: Judge<TokenVerifier>) -> Result<User, AuthError> {
    Err(AuthError::internal())
}

#[derive(Clone)]
struct App;

fn main() {
    let admin = guard!(scopes = ["admin"], depends(verified)).with_state(App);
    let _: Router = admin.protect(Router::new());
}
