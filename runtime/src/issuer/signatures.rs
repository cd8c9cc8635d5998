//! What an issuer has signed besides access tokens: a signed text comes in, its payload goes out if the signature is good.

use std::sync::Arc;

use zeroize::Zeroizing;

use super::{
    error::IssuerError,
    fetch::Http,
    issuer::Issuer,
    keeper::Keeper,
    refreshed::{after_refresh, lacks_key},
};
use crate::{
    http::connections::Connections,
    jose::{compact::Compact, jws::Jws},
    token::{error::TokenError, policy::Policy, verifier::TokenVerifier, verify::now, verify_error::VerifyError},
};

/// The keys of an issuer, for texts with one `typ`. Access tokens have another, so neither passes for the other.
pub(crate) struct IssuerSignatures(Keeper);

impl IssuerSignatures {
    /// Starts to fetch the keys of `issuer` on the current Tokio runtime, for texts of at most `max_size` bytes. The issuer's rules
    /// for tokens do not count.
    pub(crate) fn start(
        mut issuer: Issuer,
        connections: &Connections,
        typ: &str,
        max_size: usize,
    ) -> Result<Self, IssuerError> {
        if issuer.is_template() {
            return Err(IssuerError::Template);
        }
        issuer.policy = Policy { types: Some(vec![typ.to_owned()]), max_size, ..Policy::default() };
        issuer.token_cache = 0;
        let place = issuer.check()?;
        tokio::runtime::Handle::try_current().map_err(|_| IssuerError::Runtime)?;
        let http = Http::new(connections, !place.is_plain())?;
        let issuer = Arc::new(issuer);
        Ok(Self(Keeper::start(Arc::clone(&issuer), http.fetch(issuer, place))))
    }

    /// The issuer's URL.
    pub(crate) fn issuer(&self) -> &str {
        &self.0.issuer.url
    }

    /// The payload, whose claims are not checked. It may wait for a refresh of the keys.
    pub(crate) async fn payload(&self, text: &str) -> Result<Zeroizing<String>, VerifyError> {
        let parts = Compact::split(text, self.0.issuer.policy.max_size).map_err(TokenError::from)?;
        let signed = Jws::new(&parts);
        let read = |verifier: &TokenVerifier| verifier.signed_payload(&signed, now());
        match self.0.verifier(now()).as_ref().map(read) {
            Some(payload) if !payload.as_ref().is_err_and(lacks_key) => Ok(payload?),
            _ => after_refresh(&self.0, &signed, read).await,
        }
    }
}
