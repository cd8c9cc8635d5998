use axum_scopes_tests::prelude::*;

struct Partners;

impl OAuth2Scheme for Partners {
    const NAME: &str = "Partners";
    const FLOWS: Flows = Flows::client_credentials("partners/token");
    const SCOPES: &[(&str, &str)] = &[("orders", "Read orders.")];
}

#[security]
async fn get_partner(_: Bearer<Partners>) -> Result<(), AuthError> {
    Ok(())
}

// `Partners` declares the scope, but `get_current_user` checks it, against the token of `Api`.
#[security(scopes = ["orders"])]
async fn read_orders(_: Depends<get_partner>, _: Depends<get_current_user>) {}

fn main() {}
