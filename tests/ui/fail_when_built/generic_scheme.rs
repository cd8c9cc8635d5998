use axum_scopes_tests::prelude::*;

struct Partners;

impl OAuth2Scheme for Partners {
    const NAME: &str = "Partners";
    const FLOWS: Flows = Flows::client_credentials("partners/token");
    const SCOPES: &[(&str, &str)] = &[("orders", "Read orders.")];
}

#[security]
async fn authorize<S: OAuth2Scheme>(required: SecurityScopes, Bearer(token): Bearer<S>) -> Result<(), AuthError> {
    required.check(&Scopes::from(token.as_str()))
}

// The declared scopes are known only when the scheme is known.
#[security(scopes = ["order"])]
async fn read_orders<S: OAuth2Scheme>(_: Depends<authorize<S>>) {}

fn main() {
    let _: Router = Router::new().route("/orders", get(read_orders::<Partners>));
}
