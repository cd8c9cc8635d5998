use axum_scopes_tests::prelude::*;

#[security]
async fn page(#[security(credential_required)] _: Depends<get_current_user>) {}

fn main() {}
