use axum_scopes_tests::prelude::*;

// Scopes of one parameter are checked against what stands below it.
#[security]
async fn read_items(#[security(scopes = ["itmes"])] _: Depends<get_current_user>) {}

fn main() {}
