//! The function of a tool does not depend on that of the endpoint.

use axum_scopes::{AuthError, Claims, Depends, Flows, OAuth2Scheme, TokenVerifier, mcp::Endpoint, security, verified};

struct Api;

impl OAuth2Scheme for Api {
    const FLOWS: Flows = Flows::client_credentials("token");
    const SCOPES: &[(&str, &str)] = &[("read", "Read."), ("write", "Write.")];
}

#[security(scopes = ["read"])]
async fn reader(Depends(claims): Depends<verified<Api>>) -> Result<Claims, AuthError> {
    Ok(claims)
}

#[security(scopes = ["write"])]
async fn writer(Depends(claims): Depends<verified<Api>>) -> Result<Claims, AuthError> {
    Ok(claims)
}

fn main() {
    let _ = Endpoint::<reader, TokenVerifier>::new().tool::<writer>("write_note");
}
