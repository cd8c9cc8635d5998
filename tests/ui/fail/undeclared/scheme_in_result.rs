use axum_scopes_tests::prelude::*;

// A scheme whose refusal the function handles itself is still a scheme.
#[security]
async fn get_user(required: SecurityScopes, token: Result<Bearer<Api>, AuthError>) -> Result<(), AuthError> {
    required.check(&Scopes::from(token?.0.as_str()))
}

#[security(scopes = ["itmes"])]
async fn read_items(_: Depends<get_user>) {}

fn main() {}
