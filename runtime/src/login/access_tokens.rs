//! Access tokens of the service's own (RFC 9068): takes a grant, yields a signed token.

use std::time::Duration;

use super::{revocations::Revocations, session_verifier::SessionVerifier, signing_keys::SigningKeys, store::SessionId};
use crate::{
    scopes::set::Scopes,
    token::{Confirmation, SignError},
};

/// Signs access tokens in the profile of RFC 9068: `typ` is `at+jwt`, and the claims are `iss`, `aud`, `sub`, `client_id`, `iat`,
/// `exp`, `jti`, `sid`, `scope`, and `cnf` for tokens that are bound to a key.
#[derive(Clone, Debug)]
pub struct AccessTokens(());

/// What an access token is to say.
#[derive(Clone, Debug)]
pub struct AccessGrant<'a> {
    /// Who has logged in, or the client for itself.
    pub subject: &'a str,
    /// The client that asks.
    pub client_id: &'a str,
    /// What is granted.
    pub scope: &'a Scopes,
    /// The session, for the claim `sid`.
    pub session: SessionId,
    /// What the token is bound to.
    pub cnf: Option<Confirmation>,
}

impl AccessTokens {
    /// Tokens of `issuer`, an HTTPS URL (or HTTP at a loopback address), for `audience`. They live for 5 minutes.
    pub fn new(keys: SigningKeys, issuer: impl Into<String>, audience: impl Into<String>) -> Self {
        let _: (_, String, String) = (keys, issuer.into(), audience.into());
        unimplemented!()
    }

    /// Sets how long tokens live, at most an hour.
    #[must_use]
    pub fn lifetime(self, lifetime: Duration) -> Self {
        let _ = lifetime;
        unimplemented!()
    }

    /// How long tokens live.
    #[must_use]
    pub fn lifetime_of_tokens(&self) -> Duration {
        unimplemented!()
    }

    /// The issuer.
    #[must_use]
    pub fn issuer(&self) -> &str {
        unimplemented!()
    }

    /// The keys.
    #[must_use]
    pub fn keys(&self) -> &SigningKeys {
        unimplemented!()
    }

    /// Signs a token.
    pub fn sign(&self, grant: &AccessGrant<'_>) -> Result<String, SignError> {
        let _ = grant;
        unimplemented!()
    }

    /// Verifies these tokens, and refuses those of sessions that have ended.
    #[must_use]
    pub fn verifier(&self, revocations: &Revocations) -> SessionVerifier {
        let _ = revocations;
        unimplemented!()
    }
}
