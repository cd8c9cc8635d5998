use axum_scopes_tests::prelude::*;

#[security]
async fn user_if_any(_: Option<Bearer<Api>>) -> Result<(), AuthError> {
    Ok(())
}

#[security(credential_required)]
async fn read_items(_: Option<Depends<user_if_any>>) -> Result<String, AuthError> {
    Ok(String::new())
}

fn main() {}
