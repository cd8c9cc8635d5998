use axum_scopes::{ApiKeyHeader, ApiKeyScheme};
use axum_scopes_tests::prelude::*;

struct Tenants;

impl OAuth2Scheme for Tenants {
    const FLOWS: Flows = Flows::password("token");
    const SCOPES: &[(&str, &str)] = &[("{tenant}:read", "Read all of a tenant.")];
}

struct Key;

impl ApiKeyScheme for Key {
    const NAME: &str = "Key";
    const PARAMETER: &str = "x-key";
    const SCOPES: &[(&str, &str)] = &[("items:read", "Read all items.")];
}

#[security(credential_required)]
async fn get_caller(
    required: SecurityScopes,
    _: Option<Bearer<Tenants>>,
    _: Option<ApiKeyHeader<Key>>,
) -> Result<(), AuthError> {
    required.check(&Scopes::new())
}

#[security(scopes = ["items:read"])]
async fn read_items(_: Depends<get_caller>) {}

fn main() {}
