use axum_scopes::{ApiKeyHeader, ApiKeyScheme, either};
use axum_scopes_tests::prelude::*;

struct Partner;

impl ApiKeyScheme for Partner {
    const NAME: &str = "PartnerKey";
    const PARAMETER: &str = "x-key";
    const SCOPES: &[(&str, &str)] = &[("items", "Read items.")];
}

#[security]
async fn get_partner(required: SecurityScopes, ApiKeyHeader(key): ApiKeyHeader<Partner>) -> Result<User, AuthError> {
    required.check(&[key.as_str()])?;
    Ok(User(key.as_str().to_owned()))
}

#[security]
async fn opening_hours() -> Result<(), AuthError> {
    Ok(())
}

#[security]
async fn read_items(_: Depends<either<get_partner, opening_hours>>) {}

fn main() {}
