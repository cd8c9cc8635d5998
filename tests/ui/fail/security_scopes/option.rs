use axum_scopes_tests::prelude::*;

#[security]
async fn get_user(required: Option<SecurityScopes<'_>>, _: Bearer<Api>) -> Result<(), AuthError> {
    required.map_or(Ok(()), |required| required.check(&Scopes::new()))
}

fn main() {}
