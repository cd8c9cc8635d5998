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

#[security(scopes = [any("items", "orders")])]
async fn one(_: Depends<find_seller>) -> Result<(), AuthError> {
    Ok(())
}

struct Market;

impl OAuth2Scheme for Market {
    const FLOWS: Flows = Flows::password("token");
    const SCOPES: &[(&str, &str)] = &[
        ("a", ""), ("b", ""), ("c", ""), ("d", ""), ("e", ""), ("f", ""), ("g", ""), ("h", ""), ("i", ""), ("j", ""),
        ("items", ""), ("orders", ""),
    ];
}

#[security]
async fn find_seller(required: SecurityScopes, _: Bearer<Market>) -> Result<(), AuthError> {
    required.check(&Scopes::new())
}

#[security(scopes = [any("a", "b"), any("c", "d"), any("e", "f"), any("g", "h"), any("i", "j")])]
async fn sell(_: Depends<one>) {}

fn main() {}
