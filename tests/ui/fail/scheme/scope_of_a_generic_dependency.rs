// Only a ready-made dependency, which looks like this one, takes the scheme.

use axum_scopes_tests::prelude::*;

#[security]
async fn claims<S: OAuth2Scheme>(required: SecurityScopes, _: Bearer<S>) -> Result<String, AuthError> {
    required.check(&Scopes::default())?;
    Ok(String::new())
}

struct Shop;

impl OAuth2Scheme for Shop {
    const FLOWS: Flows = Flows::password("token");
    const SCOPES: &[(&str, &str)] = &[("items", "Read items."), ("buy\u{e9}", "Buy.")];
}

#[security(scopes = ["items"])]
async fn find_user(Depends(user): Depends<claims<Shop>>) -> Result<String, AuthError> {
    Ok(user)
}

#[security(scopes = ["items"])]
async fn read_items(_: Depends<find_user>) {}

fn main() {}
