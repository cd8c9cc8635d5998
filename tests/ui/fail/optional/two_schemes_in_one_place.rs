use axum_scopes_tests::prelude::*;

struct Machines;

impl OAuth2Scheme for Machines {
    const NAME: &str = "Machines";
    const FLOWS: Flows = Flows::client_credentials("machines");
    const SCOPES: &[(&str, &str)] = &[];
}

#[security]
async fn get_machine(_: Bearer<Machines>) -> Result<(), AuthError> {
    Ok(())
}

#[security]
async fn read_items(_: Option<Depends<get_current_user>>, _: Option<Depends<get_machine>>) -> String {
    String::new()
}

fn main() {}
