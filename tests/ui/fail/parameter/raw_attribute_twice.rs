use axum_scopes::{Depends, security};
use axum_scopes_tests::get_current_user;

#[security]
async fn handler(#[security(scopes = ["me"])] #[r#security(scopes = ["admin"])] _: Depends<get_current_user>) {}

fn main() {}
