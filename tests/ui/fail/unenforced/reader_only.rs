use axum_scopes_tests::prelude::*;

#[security]
async fn log_scopes(required: RequiredScopes, _: Bearer<Api>) -> Result<(), AuthError> {
    println!("{required:?}");
    Ok(())
}

// A function that only reads the scopes enforces nothing.
#[security(scopes = ["items"])]
async fn read_items(_: Depends<log_scopes>) {}

fn main() {}
