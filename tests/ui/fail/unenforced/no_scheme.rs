use axum_scopes_tests::prelude::*;

#[security]
async fn user(required: SecurityScopes, _: HeaderMap) -> Result<(), AuthError> {
    required.check("")
}

#[security(scopes = ["items"])]
async fn handler(_: Depends<user>) {}

fn main() {}
