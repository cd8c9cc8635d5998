use axum_scopes_tests::prelude::*;

#[security]
async fn handler(#[security(scopes = ["itmes"])] _: Depends<get_current_user>) {}

fn main() {}
