//! Clients that authenticate at the token endpoint (RFC 6749 §2).

use std::{fmt, future::Future, pin::Pin};

use subtle::{Choice, ConstantTimeEq};

use super::store::Digest;
use crate::{
    error::StoreError,
    jose::{error::KeyError, hmac_key::HmacKey, provider::sha256},
    scopes::set::Scopes,
};

/// What a client may use to get tokens.
///
/// ```
/// use axum_scopes::login::GrantType;
///
/// assert_eq!(GrantType::ClientCredentials.as_str(), "client_credentials");
/// ```
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

impl GrantType {
    /// The `grant_type` of a request.
    ///
    /// ```
    /// # use axum_scopes::login::GrantType;
    /// assert_eq!(GrantType::RefreshToken.as_str(), "refresh_token");
    /// ```
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Password => "password",
            Self::RefreshToken => "refresh_token",
            Self::ClientCredentials => "client_credentials",
        }
    }

    pub(super) fn of(text: &str) -> Option<Self> {
        [Self::Password, Self::RefreshToken, Self::ClientCredentials].into_iter().find(|grant| grant.as_str() == text)
    }
}

/// A client of the service (RFC 6749 §2). `Debug` does not show the digest of its secret.
///
/// ```
/// use axum_scopes::login::{Client, GrantType};
///
/// // In a service: a secret of 32 random bytes in base64url, from its configuration.
/// let reports = Client::confidential("reports", "9aKp0xP3c5qL2vZ8mW1nT7yR4uE6iO0s")?.scopes("items");
/// let app = Client::public("app").grants(&[GrantType::Password, GrantType::RefreshToken]);
/// assert!(reports.is_confidential() && !app.is_confidential());
/// # Ok::<_, axum_scopes::jose::KeyError>(())
/// ```
#[derive(Clone)]
pub struct Client {
    id: String,
    secret: Option<Digest>,
    grants: Vec<GrantType>,
    scopes: Scopes,
}

impl Client {
    /// A public client, which has no secret: a page in a browser, an app (RFC 6749 §2.1). It may use the password of a user, and
    /// refresh tokens.
    ///
    /// ```
    /// # use axum_scopes::login::Client;
    /// assert_eq!(Client::public("app").id(), "app");
    /// ```
    #[must_use]
    pub fn public(id: impl Into<String>) -> Self {
        let grants = vec![GrantType::Password, GrantType::RefreshToken];
        Self { id: id.into(), secret: None, grants, scopes: Scopes::new() }
    }

    /// A confidential client with a secret of at least 32 random bytes as text. Only its SHA-256 is kept. The client may use
    /// its own credentials, and nothing else.
    ///
    /// Take characters that need no encoding in forms: base64url, base62 or hexadecimal. In the header `Authorization`, clients have
    /// to encode all others (RFC 6749 §2.3.1), and many forget it.
    ///
    /// ```
    /// # use axum_scopes::{jose::KeyError, login::Client};
    /// assert_eq!(Client::confidential("reports", "secret").unwrap_err(), KeyError::TooShort);
    /// ```
    ///
    /// # Errors
    ///
    /// [`KeyError::TooShort`] for fewer than 32 bytes, [`KeyError::Public`] for a secret in a public list of weak secrets.
    pub fn confidential(id: impl Into<String>, secret: &str) -> Result<Self, KeyError> {
        HmacKey::new(secret)?;
        Ok(Self::with_digest(id, Self::digest_of(secret)))
    }

    /// A confidential client of which a service keeps the SHA-256 of the secret, as [`digest_of`](Self::digest_of) makes it.
    ///
    /// ```
    /// # use axum_scopes::login::Client;
    /// let client = Client::with_digest("reports", Client::digest_of("9aKp0xP3c5qL2vZ8mW1nT7yR4uE6iO0s"));
    /// # assert!(client.is_confidential());
    /// ```
    #[must_use]
    pub fn with_digest(id: impl Into<String>, digest: Digest) -> Self {
        let grants = vec![GrantType::ClientCredentials];
        Self { id: id.into(), secret: Some(digest), grants, scopes: Scopes::new() }
    }

    /// The SHA-256 of a secret, for a table of clients. A secret is long and random, so no slow hash is needed.
    ///
    /// ```
    /// # use axum_scopes::login::Client;
    /// assert_eq!(Client::digest_of("a").len(), 32);
    /// ```
    #[must_use]
    pub fn digest_of(secret: &str) -> Digest {
        sha256(&[secret.as_bytes()])
    }

    /// Sets what it may use. A public client never may use credentials of its own (RFC 6749 §4.4).
    ///
    /// ```
    /// # use axum_scopes::login::{Client, GrantType};
    /// let client = Client::public("kiosk").grants(&[GrantType::Password]);
    /// assert!(!client.may_use(GrantType::RefreshToken));
    /// ```
    #[must_use]
    pub fn grants(mut self, grants: &[GrantType]) -> Self {
        self.grants = grants.to_vec();
        self
    }

    /// Sets the most that it can be granted for itself. It does not limit what a user can grant it.
    ///
    /// ```
    /// # use axum_scopes::login::Client;
    /// # fn reports(digest: [u8; 32]) -> Client {
    /// Client::with_digest("reports", digest).scopes("items orders")
    /// # }
    /// ```
    #[must_use]
    pub fn scopes(mut self, scopes: impl Into<Scopes>) -> Self {
        self.scopes = scopes.into();
        self
    }

    /// The identifier.
    ///
    /// ```
    /// # use axum_scopes::login::Client;
    /// assert_eq!(Client::public("app").id(), "app");
    /// ```
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }

    /// Whether it has a secret.
    ///
    /// ```
    /// # use axum_scopes::login::Client;
    /// assert!(!Client::public("app").is_confidential());
    /// ```
    #[must_use]
    pub const fn is_confidential(&self) -> bool {
        self.secret.is_some()
    }

    /// Whether it may use this grant.
    ///
    /// ```
    /// # use axum_scopes::login::{Client, GrantType};
    /// assert!(Client::public("app").may_use(GrantType::Password));
    /// assert!(!Client::public("app").grants(&[GrantType::ClientCredentials]).may_use(GrantType::ClientCredentials));
    /// ```
    #[must_use]
    pub fn may_use(&self, grant: GrantType) -> bool {
        let is_possible = grant != GrantType::ClientCredentials || self.is_confidential();
        is_possible && self.grants.contains(&grant)
    }

    pub(super) const fn own_scopes(&self) -> &Scopes {
        &self.scopes
    }
}

/// Whether this is the secret of the client. It takes the same time for unknown clients, for public ones, and for wrong secrets.
pub(super) fn has_secret(client: Option<&Client>, secret: &str) -> bool {
    let sent = Client::digest_of(secret);
    let known = client.and_then(|client| client.secret);
    let is_known = Choice::from(u8::from(known.is_some()));
    (sent.ct_eq(&known.unwrap_or_default()) & is_known).into()
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client")
            .field("id", &self.id)
            .field("is_confidential", &self.is_confidential())
            .field("grants", &self.grants)
            .field("scopes", &self.scopes)
            .finish()
    }
}

/// Finds clients. A list of clients does; a service with a table of clients implements it.
///
/// ```
/// use axum_scopes::{error::StoreError, login::{Client, Clients}};
///
/// struct Table;
///
/// impl Clients for Table {
///     async fn find(&self, client_id: &str) -> Result<Option<Client>, StoreError> {
///         # let digest = [0; 32];
///         // … SELECT … WHERE id = client_id …
///         Ok((client_id == "reports").then(|| Client::with_digest("reports", digest).scopes("items")))
///     }
/// }
/// ```
pub trait Clients: Send + Sync + 'static {
    /// The client with this identifier, which has at most 256 characters of visible ASCII and spaces (RFC 6749 appendix A.1).
    ///
    /// # Errors
    ///
    /// [`StoreError`] if it cannot tell.
    fn find(&self, client_id: &str) -> impl Future<Output = Result<Option<Client>, StoreError>> + Send;
}

impl Clients for Vec<Client> {
    async fn find(&self, client_id: &str) -> Result<Option<Client>, StoreError> {
        Ok(self.iter().find(|client| client.id == client_id).cloned())
    }
}

impl<const N: usize> Clients for [Client; N] {
    async fn find(&self, client_id: &str) -> Result<Option<Client>, StoreError> {
        Ok(self.iter().find(|client| client.id == client_id).cloned())
    }
}

type Answer<'a> = Pin<Box<dyn Future<Output = Result<Option<Client>, StoreError>> + Send + 'a>>;

/// [`Clients`] of any type.
pub(super) trait AnyClients: Send + Sync {
    fn find<'a>(&'a self, client_id: &'a str) -> Answer<'a>;
}

impl<C: Clients> AnyClients for C {
    fn find<'a>(&'a self, client_id: &'a str) -> Answer<'a> {
        Box::pin(Clients::find(self, client_id))
    }
}
