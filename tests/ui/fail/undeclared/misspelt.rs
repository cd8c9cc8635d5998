use axum_scopes_tests::prelude::*;

#[security(scopes = ["itmes"])]
async fn handler(_: Depends<get_current_user>) {}

fn main() {}
