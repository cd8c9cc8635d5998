//! From a grant to the response with its token.

use super::{
    super::{access_tokens::AccessGrant, token_response::TokenResponse},
    refusal::Refusal,
    settings::Settings,
};

/// Signs an access token.
pub(super) fn issue(settings: &Settings, grant: &AccessGrant<'_>) -> Result<TokenResponse, Refusal> {
    let token = settings.tokens.sign(grant).map_err(|error| Refusal::failed(&error))?;
    #[cfg(feature = "dpop")]
    let response = if grant.cnf.is_some() { TokenResponse::dpop(token) } else { TokenResponse::bearer(token) };
    #[cfg(not(feature = "dpop"))]
    let response = TokenResponse::bearer(token);
    Ok(response.expires_in(settings.tokens.lifetime_of_tokens()).scope(grant.scope))
}
