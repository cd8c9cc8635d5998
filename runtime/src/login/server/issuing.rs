//! From a grant to the response with its token.

use std::time::SystemTime;

use super::{
    super::{access_tokens::AccessGrant, token_response::TokenResponse},
    refusal::Refusal,
    settings::Settings,
};

/// Signs an access token of a session that ends at `end` at the latest.
pub(super) fn issue(settings: &Settings, grant: &AccessGrant<'_>, end: SystemTime) -> Result<TokenResponse, Refusal> {
    let (token, lifetime) = settings.tokens.sign_until(grant, end).map_err(|error| Refusal::failed(&error))?;
    #[cfg(feature = "dpop")]
    let response = if grant.cnf.is_some() { TokenResponse::dpop(token) } else { TokenResponse::bearer(token) };
    #[cfg(not(feature = "dpop"))]
    let response = TokenResponse::bearer(token);
    Ok(response.expires_in(lifetime).scope(grant.scope))
}
