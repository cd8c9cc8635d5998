use axum_scopes_tests::prelude::*;

type Required<'a> = SecurityScopes<'a>;

#[security]
async fn get_user(required: Required<'_>, Bearer(token): Bearer<Api>) -> Result<(), AuthError> {
    required.check(&Scopes::from(token.as_str()))
}

fn main() {}
