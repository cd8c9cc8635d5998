//! The parts of an authorization server, put together.

use std::sync::Arc;

use super::super::{
    access_tokens::AccessTokens,
    accounts::AnyAccounts,
    client_address::ClientAddress,
    clients::{AnyClients, Client},
    event::Event,
    form::granted,
    personal::PersonalTokens,
    session_verifier::SessionVerifier,
    sessions::Sessions,
    throttle::{DeviceCookie, Throttle},
};
#[cfg(feature = "dpop")]
use crate::sender::dpop::Dpop;
use crate::{
    password::Passwords,
    scheme::info::SchemeInfo,
    scopes::{implied::is_granted, set::Scopes},
};

/// The most bytes of scopes that stores keep. With templates, a user can ask for any number.
pub(super) const MAX_SCOPE: usize = 8 * 1024;

pub(super) type Listener = Arc<dyn Fn(&Event) + Send + Sync>;

#[derive(Clone)]
pub(super) struct Settings {
    pub(super) scheme: &'static SchemeInfo,
    pub(super) accounts: Arc<dyn AnyAccounts>,
    pub(super) passwords: Passwords,
    pub(super) sessions: Sessions,
    pub(super) tokens: AccessTokens,
    /// Of the tokens that are revoked.
    pub(super) verifier: SessionVerifier,
    pub(super) throttle: Option<Throttle>,
    pub(super) addresses: ClientAddress,
    pub(super) clients: Option<Arc<dyn AnyClients>>,
    /// The client of requests that name none.
    pub(super) own_client: Client,
    pub(super) listener: Option<Listener>,
    pub(super) personal: Option<PersonalTokens>,
    #[cfg(feature = "dpop")]
    pub(super) dpop: Option<Dpop>,
}

impl Settings {
    /// The cookie of a device that has logged in before. It needs HTTPS, unless the service itself is reached without.
    pub(super) fn device_cookie(&self) -> Option<DeviceCookie> {
        let cookie = self.throttle.as_ref()?.device_cookie();
        Some(if self.tokens.issuer().starts_with("http://") { cookie.insecure() } else { cookie })
    }

    /// Whether the server takes proofs of keys.
    pub(super) const fn binds_tokens(&self) -> bool {
        #[cfg(feature = "dpop")]
        return self.dpop.is_some();
        #[cfg(not(feature = "dpop"))]
        false
    }

    /// Those of the asked scopes that are allowed and declared.
    pub(super) fn granted(&self, asked: &Scopes, allowed: &Scopes) -> Scopes {
        granted(asked, allowed, self.scheme.scopes(), self.scheme.implies())
    }

    /// Whether each of the asked scopes is one of the given ones, or included in one.
    pub(super) fn is_within(&self, asked: &Scopes, given: &Scopes) -> bool {
        asked.iter().all(|scope| is_granted(given, scope, self.scheme.implies()))
    }
}
