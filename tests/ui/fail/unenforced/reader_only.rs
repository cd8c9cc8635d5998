use axum_scopes_tests::prelude::*;

#[security]
async fn log(required: RequiredScopes, _: Bearer<Api>) -> Result<(), AuthError> {
    println!("{required:?}");
    Ok(())
}

#[security(scopes = ["items"])]
async fn handler(_: Depends<log>) {}

fn main() {}
