use axum::response::IntoResponse;
use axum_scopes::{Depends, security};
use axum_scopes_tests::get_current_user;

#[security(scopes = ["admin"])]
async fn handler(#[r#cfg(any())] _: Depends<get_current_user>) -> impl IntoResponse {}

fn main() {}
