use axum_scopes::{ApiKeyHeader, ApiKeyScheme};
use axum_scopes_tests::prelude::*;

struct Key;

impl ApiKeyScheme for Key {
    const NAME: &str = "Key";
    const PARAMETER: &str = "x-key";
}

#[security]
async fn get_caller(required: SecurityScopes, _: ApiKeyHeader<Key>) -> Result<(), AuthError> {
    required.check(&Scopes::new())
}

#[security(scopes = ["{tenant}:read"])]
async fn read_items(_: Depends<get_caller>) {}

fn main() {}
