use axum_scopes_tests::prelude::*;

struct Registry;

impl OAuth2Scheme for Registry {
    const FLOWS: Flows = Flows::password("token");
    const SCOPES: &[(&str, &str)] = &[("repository:{name}:pull", "Pull.")];
}

#[security]
async fn get_client(required: SecurityScopes, _: Bearer<Registry>) -> Result<(), AuthError> {
    required.check(&Scopes::new())
}

#[security(scopes = ["repository:{}:pull"])]
async fn list_tags(_: Depends<get_client>) {}

#[security(scopes = ["repository:{name:pull"])]
async fn list_more(_: Depends<get_client>) {}

#[security(scopes = ["repository:name}:pull"])]
async fn list_most(_: Depends<get_client>) {}

fn main() {}
