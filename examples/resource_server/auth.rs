//! Who gets in: the scheme with its scopes, and the dependency that all routes have in common.

use axum_scopes::{
    AuthError, Depends, Flows, OAuth2Scheme, issuer::IssuerVerifier, scheme::ErrorStyle, security, verified,
};

/// The scopes are constants; where the issuer is, only the environment says. These URLs lead nowhere until then.
pub struct Api;

impl OAuth2Scheme for Api {
    const NAME: &str = "Issuer";
    const FLOWS: Flows = Flows::authorization_code("https://issuer.invalid/authorize", "https://issuer.invalid/token");
    const SCOPES: &[(&str, &str)] = &[("notes:read", "Read your notes."), ("notes:write", "Write notes.")];
    const ERROR_STYLE: ErrorStyle = ErrorStyle::Rfc6750;
}

/// Whose notes these are: the subject of a token of the issuer. Whoever depends on it requires `notes:read`.
#[security(scopes = ["notes:read"])]
pub async fn get_owner(Depends(claims): Depends<verified<Api, IssuerVerifier>>) -> Result<String, AuthError> {
    Ok(claims.sub.to_string())
}
