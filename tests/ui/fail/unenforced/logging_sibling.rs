use axum_scopes_tests::prelude::*;

#[security]
async fn log_scopes(required: SecurityScopes) -> Result<(), AuthError> {
    println!("{}", required.scope_str());
    required.check(required.scopes())
}

#[security]
async fn get_token(Bearer(token): Bearer<Api>) -> Result<String, AuthError> {
    Ok(token.as_str().to_owned())
}

// A logger that takes `SecurityScopes` enforces nothing for its sibling, which has the scheme.
#[security(scopes = ["items"])]
async fn read_items(_: Depends<log_scopes>, Depends(token): Depends<get_token>) -> String {
    token
}

fn main() {}
