use axum_scopes_tests::prelude::*;

struct Partners;

impl OAuth2Scheme for Partners {
    const NAME: &str = "Partners";
    const FLOWS: Flows = Flows::client_credentials("partners/token");
    const SCOPES: &[(&str, &str)] = &[("orders", "Read orders.")];
}

#[security]
async fn get_caller(
    required: SecurityScopes,
    user: Option<Bearer<Api>>,
    partner: Option<Bearer<Partners>>,
) -> Result<(), AuthError> {
    let granted = if user.is_some() { ["me", "items"].as_slice() } else { &["orders"] };
    partner.map_or(Ok(()), |_| required.check(granted))
}

#[security(scopes = ["shipping"])]
async fn read_orders(_: Depends<get_caller>) {}

fn main() {}
