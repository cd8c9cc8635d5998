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

struct Machines;

impl OAuth2Scheme for Machines {
    const NAME: &str = "Machines";
    const FLOWS: Flows = Flows::client_credentials("machines");
    const SCOPES: &[(&str, &str)] = &[];
}

#[security]
async fn get_machine(_: Bearer<Machines>) -> Result<User, AuthError> {
    Ok(User("machine".to_owned()))
}

#[security]
async fn read_items(_: Depends<either<get_current_user, get_machine>>) {}

fn main() {}
