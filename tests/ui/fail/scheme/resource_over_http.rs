use axum_scopes::scheme::ProtectedResource;
use axum_scopes_tests::prelude::*;

struct Shop;

impl OAuth2Scheme for Shop {
    const FLOWS: Flows = Flows::password("token");
    const SCOPES: &[(&str, &str)] = &[("items", "Read items.")];
    const PROTECTED_RESOURCE: Option<ProtectedResource> = Some(ProtectedResource::new("http://api.example"));
}

#[security]
async fn find_user(required: SecurityScopes, _: Bearer<Shop>) -> Result<(), AuthError> {
    required.check(&Scopes::new())
}

fn main() {}
