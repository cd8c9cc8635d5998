use axum_scopes_tests::prelude::*;

struct Registry;

impl OAuth2Scheme for Registry {
    const FLOWS: Flows = Flows::password("token");
    const SCOPES: &[(&str, &str)] = &[("repository:{owner}{name}", "Read.")];
}

#[security]
async fn get_client(required: SecurityScopes, _: Bearer<Registry>) -> Result<(), AuthError> {
    required.check(&Scopes::new())
}

fn main() {}
