use axum_scopes_tests::prelude::*;

// A scheme in an `Option` is still a scheme.
#[security]
async fn get_user(required: SecurityScopes, token: Option<Bearer<Api>>) -> Result<(), AuthError> {
    required.check(token.as_ref().map_or("", |Bearer(token)| token.as_str()))
}

#[security(scopes = ["itmes"])]
async fn read_items(_: Depends<get_user>) {}

fn main() {}
