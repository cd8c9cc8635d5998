use axum_scopes_tests::prelude::*;

#[security(public = "guests may look")]
async fn read_items(_: Depends<get_current_user>) {}

#[security(public = "guests may look")]
async fn read_token(_: Bearer<Api>) {}

#[security(public = "guests may look", credential_required)]
async fn read_any(_: Option<Bearer<Api>>) -> Result<(), AuthError> {
    Ok(())
}

fn main() {}
