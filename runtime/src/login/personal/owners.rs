//! The accounts that own tokens: takes a token, yields what it may still grant.

use std::sync::Arc;

use super::super::{
    accounts::{Accounts, AnyAccounts},
    store::PersonalToken,
};
use crate::{
    credential::source::TokenSource,
    error::StoreError,
    scopes::{
        implied::{Implies, is_granted},
        set::Scopes,
    },
    tree::{describe::Describe, node::Kind},
};

#[derive(Clone)]
pub(super) struct Owners {
    accounts: Arc<dyn AnyAccounts>,
    implies: Implies,
}

impl Owners {
    pub(super) fn new<S: TokenSource>(accounts: impl Accounts) -> Self {
        let implies = match S::Extractor::NODE.kind {
            Kind::Scheme(scheme) => scheme.implies(),
            _ => &[],
        };
        Self { accounts: Arc::new(accounts), implies }
    }

    /// Those of the token's scopes that its owner may have now. `None` if nobody may use it.
    pub(super) async fn scope(&self, token: &PersonalToken) -> Result<Option<Scopes>, StoreError> {
        let account = self.accounts.find_subject(&token.subject).await?.filter(|account| !account.disabled);
        let within =
            |allowed: &Scopes| token.scope.iter().filter(|scope| is_granted(allowed, scope, self.implies)).collect();
        Ok(account.map(|account| within(&account.scopes)))
    }
}
