use axum_scopes_tests::prelude::*;

struct Shop;

impl OAuth2Scheme for Shop {
    const NAME: &str = "";
    const FLOWS: Flows = Flows::password("token");
    const SCOPES: &[(&str, &str)] = &[];
}

#[security]
async fn find_user(_: Bearer<Shop>) -> Result<(), AuthError> {
    Ok(())
}

fn main() {}
