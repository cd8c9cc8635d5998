use axum_scopes_tests::prelude::*;

#[security(credential_required)]
async fn page(token: Option<Bearer<Api>>) -> String {
    token.is_some().to_string()
}

#[security(credential_required)]
async fn nothing(_: Option<Bearer<Api>>) {}

#[security(credential_required)]
async fn opaque(_: Option<Bearer<Api>>) -> impl IntoResponse {}

fn main() {}
