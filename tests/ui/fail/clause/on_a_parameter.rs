use axum_scopes_tests::prelude::*;

struct Shop;

impl OAuth2Scheme for Shop {
    const FLOWS: Flows = Flows::password("token");
    const SCOPES: &[(&str, &str)] = &[("items", "Read items."), ("orders", "Read orders."), ("admin", "Everything.")];
    const IMPLIES: &[(&str, &[&str])] = &[("admin", &["items"])];
}

#[security]
async fn find_user(required: SecurityScopes, _: Bearer<Shop>) -> Result<(), AuthError> {
    required.check(&Scopes::new())
}

#[security]
async fn read_items(#[security(scopes = [any("orders", "itmes")])] _: Depends<find_user>) {}

fn main() {}
