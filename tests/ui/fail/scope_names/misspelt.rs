use axum_scopes_tests::prelude::*;
use axum_scopes::scopes::ScopeNames;

#[derive(ScopeNames)]
enum ItemScope {
    /// Read items.
    #[scope("items:read")]
    ItemsRead,
}

struct Items;

impl OAuth2Scheme for Items {
    const FLOWS: Flows = Flows::password("token");
    const SCOPES: &[(&str, &str)] = ItemScope::SCOPES;
}

#[security]
async fn get_caller(required: SecurityScopes, _: Bearer<Items>) -> Result<(), AuthError> {
    required.check(&Scopes::new())
}

#[security(scopes = [ItemScope::ItemRead])]
async fn read_items(_: Depends<get_caller>) {}

fn main() {}
