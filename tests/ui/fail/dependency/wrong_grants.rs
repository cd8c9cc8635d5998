use axum_scopes_tests::prelude::*;

#[security]
async fn get_user(required: SecurityScopes, _: Bearer<Api>) -> Result<(), AuthError> {
    required.check(&User("joe".into()))
}

fn main() {}
