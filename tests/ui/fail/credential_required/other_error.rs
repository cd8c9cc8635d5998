use axum_scopes_tests::prelude::*;

#[security(credential_required)]
async fn user(_: Option<Bearer<Api>>) -> Result<String, StatusCode> {
    Ok(String::new())
}

fn main() {}
