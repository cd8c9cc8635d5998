//! Clients that authenticate at the token endpoint (RFC 6749 §2).

use std::future::Future;

use crate::{error::StoreError, scopes::set::Scopes};

/// What a client may use to get tokens.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum GrantType {
    /// The password of a user (RFC 6749 §4.3), only for the service's own user interface.
    Password,
    /// A refresh token (RFC 6749 §6).
    RefreshToken,
    /// The client's own credentials (RFC 6749 §4.4).
    ClientCredentials,
}

/// A client of the service (RFC 6749 §2). `Debug` does not show the digest of its secret.
#[derive(Clone)]
pub struct Client(());

impl Client {
    /// A public client, which has no secret: a page in a browser, an app (RFC 6749 §2.1).
    #[must_use]
    pub fn public(id: impl Into<String>) -> Self {
        let _: String = id.into();
        unimplemented!()
    }

    /// A confidential client with a secret of at least 32 random characters. Only its digest is kept.
    #[must_use]
    pub fn confidential(id: impl Into<String>, secret: &str) -> Self {
        let _: (String, _) = (id.into(), secret);
        unimplemented!()
    }

    /// What it may use.
    #[must_use]
    pub fn grants(self, grants: &[GrantType]) -> Self {
        let _ = grants;
        unimplemented!()
    }

    /// The most that it can be granted for itself.
    #[must_use]
    pub fn scopes(self, scopes: impl Into<Scopes>) -> Self {
        let _ = scopes.into();
        unimplemented!()
    }
}

/// Finds clients. A list of clients (`Vec<Client>`) does; a service with a table of clients implements it.
pub trait Clients: Send + Sync + 'static {
    /// The client with this identifier.
    fn find(&self, client_id: &str) -> impl Future<Output = Result<Option<Client>, StoreError>> + Send;
}
