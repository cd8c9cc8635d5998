use axum_scopes_tests::prelude::*;

#[security]
async fn get_user(required: RequiredScopes, Bearer(token): Bearer<Api>) -> Result<(), AuthError> {
    required.check(&Scopes::from(token.as_str()))
}

fn main() {}
