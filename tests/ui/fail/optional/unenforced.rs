use axum_scopes_tests::prelude::*;

#[security]
async fn any_token(_: Bearer<Api>) -> Result<(), AuthError> {
    Ok(())
}

#[security(scopes = ["items"])]
async fn read_items(_: Option<Depends<any_token>>) -> String {
    String::new()
}

fn main() {}
