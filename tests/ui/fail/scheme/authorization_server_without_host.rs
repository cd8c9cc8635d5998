use axum_scopes::{credential::OpenIdConnect, scheme::{OpenIdConnectScheme, ProtectedResource}};
use axum_scopes_tests::prelude::*;

struct Shop;

impl OpenIdConnectScheme for Shop {
    const OPEN_ID_CONNECT_URL: &str = "/.well-known/openid-configuration";
    const PROTECTED_RESOURCE: Option<ProtectedResource> =
        Some(ProtectedResource::new("https://api.example").with_authorization_servers(&["/login"]));
}

#[security]
async fn find_user(_: OpenIdConnect<Shop>) -> Result<(), AuthError> {
    Ok(())
}

fn main() {}
