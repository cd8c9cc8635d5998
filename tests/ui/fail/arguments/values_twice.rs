use axum_scopes_tests::prelude::*;

#[security(values("tenant", "tenant"))]
async fn get_caller(required: SecurityScopes, _: Bearer<Api>) -> Result<(), AuthError> {
    required.check(&Scopes::new())
}

fn main() {}
