use axum_scopes::{ApiKeyHeader, ApiKeyScheme};
use axum_scopes_tests::prelude::*;

struct Shop;

impl OAuth2Scheme for Shop {
    const FLOWS: Flows = Flows::password("token");
    const SCOPES: &[(&str, &str)] = &[("items", "Read items."), ("admin", "Everything.")];
    const IMPLIES: &[(&str, &[&str])] = &[("admin", &["items"])];
}

struct Market;

impl ApiKeyScheme for Market {
    const NAME: &str = "Market";
    const PARAMETER: &str = "x-key";
    const SCOPES: &[(&str, &str)] = &[("items", "Read items."), ("admin", "Everything.")];
}

#[security(credential_required)]
async fn find_user(
    required: SecurityScopes,
    _: Option<Bearer<Shop>>,
    _: Option<ApiKeyHeader<Market>>,
) -> Result<(), AuthError> {
    required.check(&Scopes::new())
}

#[security(scopes = ["items"])]
async fn read_items(_: Depends<find_user>) {}

fn main() {}
