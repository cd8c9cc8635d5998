//! The authorization server: its parts come in, requests come in, responses go out.

use std::{fmt, marker::PhantomData, sync::Arc};

use super::{
    super::{
        access_tokens::AccessTokens,
        accounts::Accounts,
        client_address::ClientAddress,
        clients::{Client, Clients},
        event::Event,
        personal::PersonalTokens,
        sessions::Sessions,
        throttle::Throttle,
    },
    settings::Settings,
};
#[cfg(feature = "dpop")]
use crate::sender::dpop::Dpop;
use crate::{
    password::Passwords,
    scheme::{info::SchemeInfo, oauth2::OAuth2Scheme},
};

/// The client identifier of the service's own user interface, unless set.
const OWN_CLIENT: &str = "ui";

/// The login of a service with users of its own: a token endpoint for its user interface and for its clients, revocation, and what
/// handlers of a profile page need. `S` is the scheme of its tokens. Copies are cheap, and share everything.
///
/// ```
/// use std::time::{Duration, SystemTime};
/// use axum::Router;
/// use axum_scopes::{
///     Flows, HmacKey, OAuth2Scheme,
///     login::{AccessTokens, AuthorizationServer, Client, Revocations, Sessions, SigningKeys, Throttle, store::MemoryStore},
///     password::Passwords, secure::{self, public},
/// };
/// # use axum_scopes::{error::StoreError, login::{Account, Accounts}};
/// # struct Users;
/// # impl Accounts for Users {
/// #     async fn find(&self, _: &str) -> Result<Option<Account>, StoreError> { Ok(None) }
/// #     async fn find_subject(&self, _: &str) -> Result<Option<Account>, StoreError> { Ok(None) }
/// #     async fn replace_hash(&self, _: &str, _: &str, _: &str) -> Result<bool, StoreError> { Ok(false) }
/// # }
///
/// struct Api;
/// impl OAuth2Scheme for Api {
///     const FLOWS: Flows = Flows::password("token");
///     const SCOPES: &[(&str, &str)] = &[("me", "Read information about the current user."), ("items", "Read items.")];
/// }
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// // In a service: from its configuration, and a store in a database.
/// let (key, store) = (HmacKey::new([7; 32])?, MemoryStore::default());
/// let keys = SigningKeys::from_jwks(&SigningKeys::generate(SystemTime::now(), Duration::from_secs(86_400))?)?;
///
/// let tokens = AccessTokens::new(keys, "https://api.example.com", "https://api.example.com");
/// let revocations = Revocations::new(tokens.lifetime_of_tokens(), Duration::from_secs(30));
/// let sessions = Sessions::new(store.clone(), &key, revocations).start();
/// let server = AuthorizationServer::<Api>::new(Users, Passwords::default(), sessions, tokens)
///     .throttle(Throttle::new(store, &key))
///     .clients([Client::confidential("reports", "9aKp0xP3c5qL2vZ8mW1nT7yR4uE6iO0s")?.scopes("items")])
///     .on_event(|event| println!("{}", event.outcome.as_str()));
/// let router: secure::Router = secure::Router::new().merge(public("a login needs no token", server.routes()));
/// # Ok(())
/// # }
/// ```
///
/// # Grants
///
/// | grant | who | gets |
/// |---|---|---|
/// | `password` (RFC 6749 §4.3) | users, by the service's own user interface; clients that may use it | an access token, a refresh token |
/// | `refresh_token` (RFC 6749 §6) | the client that has the refresh token | the same |
/// | `client_credentials` (RFC 6749 §4.4) | confidential clients that may use it | an access token |
///
/// The password grant is for a user interface of the service itself (RFC 9700 §2.4): a user must not type a password into the page of
/// somebody else. Foreign clients need a provider with an authorization endpoint.
///
/// The granted scopes are those that are asked for, declared by `S`, and allowed: to the account, or to the client for itself. They
/// are always in the answer. Who asks for no scope gets none (RFC 6749 §3.3), as in FastAPI's tutorial.
///
/// A token of a client for itself has the subject `client_id:` and the identifier, such as `client_id:reports`. So no client is taken
/// for a user.
///
/// # Refusals
///
/// They have the form of RFC 6749 §5.2, and no cache stores them. In style [`FastApi`](crate::scheme::ErrorStyle::FastApi), a request
/// for the password grant is answered as [`OAuth2PasswordRequestForm`](crate::login::OAuth2PasswordRequestForm) and the tutorial
/// answer: 422 with every missing field, and 400 with a `detail` for a wrong password; `grant_type` may be missing then. Errors that
/// are about the client, the grant, a proof or a repeated parameter have the form of RFC 6749 also there.
///
/// | refusal | status, code |
/// |---|---|
/// | a parameter is missing or repeated; two ways of client authentication | 400 `invalid_request` |
/// | the client is unknown, or failed to authenticate | 401 `invalid_client`, with the challenge `Basic` |
/// | the name or the password is wrong; the account is disabled; the refresh token is unknown, used, expired, revoked, or somebody else's | 400 `invalid_grant` |
/// | the client may not use the grant | 400 `unauthorized_client` |
/// | there is no such grant | 400 `unsupported_grant_type` |
/// | a refresh asks for more than was granted | 400 `invalid_scope` |
/// | the DPoP proof is missing, wrong or used; it needs a nonce | 400 `invalid_dpop_proof`, `use_dpop_nonce` |
/// | the form is too large | 413 `invalid_request` |
/// | too many attempts | 429 `temporarily_unavailable`, with `Retry-After` |
/// | a store does not answer; too many passwords wait to be hashed | 503 `temporarily_unavailable`, with `Retry-After` |
///
/// Whether there is an account shows neither in the answer nor in the time, as far as the time of [`Accounts::find`] does not show it.
///
/// # Clients that go away
///
/// What is stored is stored to its end, also if the connection ends meanwhile. A login that nobody hears of ends again. A refresh
/// token whose answer is lost can be used once more within the grace of [`Sessions`].
pub struct AuthorizationServer<S> {
    pub(super) settings: Arc<Settings>,
    scheme: PhantomData<fn() -> S>,
}

impl<S: OAuth2Scheme> AuthorizationServer<S> {
    /// A server for the accounts of a service. It tells nobody's passwords, and keeps none.
    ///
    /// The type has an example.
    #[must_use]
    pub fn new(accounts: impl Accounts, passwords: Passwords, sessions: Sessions, tokens: AccessTokens) -> Self {
        let settings = Settings {
            scheme: const { &SchemeInfo::oauth2::<S>() },
            accounts: Arc::new(accounts),
            passwords,
            verifier: tokens.verifier(sessions.revocations()),
            sessions,
            tokens,
            throttle: None,
            addresses: ClientAddress::peer(),
            clients: None,
            own_client: Client::public(OWN_CLIENT),
            listener: None,
            personal: None,
            #[cfg(feature = "dpop")]
            dpop: None,
        };
        Self { settings: Arc::new(settings), scheme: PhantomData }
    }

    /// Limits attempts to log in. Without a throttle, passwords can be guessed as fast as they can be hashed.
    ///
    /// ```
    /// # use axum_scopes::{OAuth2Scheme, login::{AuthorizationServer, Throttle}};
    /// # fn with<Api: OAuth2Scheme>(server: AuthorizationServer<Api>, throttle: Throttle) -> AuthorizationServer<Api> {
    /// server.throttle(throttle)
    /// # }
    /// ```
    #[must_use]
    pub fn throttle(self, throttle: Throttle) -> Self {
        self.with(|settings| settings.throttle = Some(throttle))
    }

    /// Says how to tell where a request comes from, for the throttle and for events: the peer of the connection unless set.
    ///
    /// ```
    /// # use axum_scopes::{OAuth2Scheme, login::{AuthorizationServer, ClientAddress}};
    /// # fn with<Api: OAuth2Scheme>(server: AuthorizationServer<Api>) -> Result<AuthorizationServer<Api>, Box<dyn std::error::Error>> {
    /// Ok(server.client_address(ClientAddress::x_forwarded_for(["10.0.0.0/8"])?))
    /// # }
    /// ```
    #[must_use]
    pub fn client_address(self, addresses: ClientAddress) -> Self {
        self.with(|settings| settings.addresses = addresses)
    }

    /// The clients that authenticate. Requests that name no client are those of the service's own user interface, which has no secret.
    ///
    /// ```
    /// # use axum_scopes::{OAuth2Scheme, login::{AuthorizationServer, Client}};
    /// # fn with<Api: OAuth2Scheme>(server: AuthorizationServer<Api>) -> AuthorizationServer<Api> {
    /// server.clients([Client::public("app")])
    /// # }
    /// ```
    #[must_use]
    pub fn clients(self, clients: impl Clients) -> Self {
        self.with(|settings| settings.clients = Some(Arc::new(clients)))
    }

    /// The client identifier of the service's own user interface: `ui` unless set. A client of this identifier in
    /// [`clients`](Self::clients) takes its place, for example one that may not use refresh tokens.
    ///
    /// ```
    /// # use axum_scopes::{OAuth2Scheme, login::{AuthorizationServer}};
    /// # fn with<Api: OAuth2Scheme>(server: AuthorizationServer<Api>) -> AuthorizationServer<Api> {
    /// server.own_client("web")
    /// # }
    /// ```
    #[must_use]
    pub fn own_client(self, id: impl Into<String>) -> Self {
        self.with(|settings| settings.own_client = Client::public(id))
    }

    /// Binds tokens to the keys of clients that send DPoP proofs (RFC 9449 §5), if the scheme's `SENDER` takes them. Refresh tokens of
    /// public clients are bound, too.
    ///
    /// ```
    /// # use axum_scopes::{OAuth2Scheme, login::AuthorizationServer, resource::UrlError, sender::dpop::Dpop};
    /// # fn with<Api: OAuth2Scheme>(server: AuthorizationServer<Api>) -> Result<AuthorizationServer<Api>, UrlError> {
    /// Ok(server.dpop(Dpop::new("https://api.example.com")?))
    /// # }
    /// ```
    #[cfg(feature = "dpop")]
    #[must_use]
    pub fn dpop(self, dpop: Dpop) -> Self {
        self.with(|settings| settings.dpop = Some(dpop))
    }

    /// The personal tokens of the service, which can then be revoked at the revocation endpoint.
    ///
    /// ```
    /// # use axum_scopes::{OAuth2Scheme, login::{AuthorizationServer, PersonalTokens}};
    /// # fn with<Api: OAuth2Scheme>(server: AuthorizationServer<Api>, personal: PersonalTokens) -> AuthorizationServer<Api> {
    /// server.personal_tokens(personal)
    /// # }
    /// ```
    #[must_use]
    pub fn personal_tokens(self, personal: PersonalTokens) -> Self {
        self.with(|settings| settings.personal = Some(personal))
    }

    /// Is called with everything that happens, on the task of the request: it has to return soon, and must not panic. Each event is
    /// logged as well.
    ///
    /// ```
    /// # use axum_scopes::{OAuth2Scheme, login::{AuthorizationServer, Outcome}};
    /// # fn with<Api: OAuth2Scheme>(server: AuthorizationServer<Api>) -> AuthorizationServer<Api> {
    /// server.on_event(|event| assert_ne!(event.outcome, Outcome::Failed))
    /// # }
    /// ```
    #[must_use]
    pub fn on_event(self, listener: impl Fn(&Event) + Send + Sync + 'static) -> Self {
        self.with(|settings| settings.listener = Some(Arc::new(listener)))
    }

    fn with(mut self, change: impl FnOnce(&mut Settings)) -> Self {
        change(Arc::make_mut(&mut self.settings));
        self
    }
}

impl<S> Clone for AuthorizationServer<S> {
    fn clone(&self) -> Self {
        Self { settings: Arc::clone(&self.settings), scheme: PhantomData }
    }
}

impl<S> fmt::Debug for AuthorizationServer<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AuthorizationServer")
            .field("scheme", &self.settings.scheme.name())
            .field("clients", &self.settings.clients.is_some())
            .field("throttle", &self.settings.throttle.is_some())
            .finish_non_exhaustive()
    }
}
