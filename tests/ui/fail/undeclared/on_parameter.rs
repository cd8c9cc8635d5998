use axum_scopes_tests::prelude::*;

// The scopes of a parameter are checked against the tree below it.
#[security]
async fn read_items(#[security(scopes = ["itmes"])] _: Depends<get_current_user>) {}

fn main() {}
