//! The state that all requests share.

use std::time::Duration;

use axum::extract::FromRef;
use axum_scopes::{
    ApiKeyHeader,
    login::{
        AccessTokens, AuthorizationServer, Client, GrantType, PersonalTokens, Revocations, ServerMetadata,
        SessionVerifier, Sessions, Throttle,
    },
    password::Passwords,
};
use axum_scopes_sql::SqlStore;

use crate::{
    auth::{Api, PREFIX, PersonalToken},
    config::Config,
    database, demo, events, keys, secrets,
    users::Users,
};

/// How often what has expired is removed.
const CLEAN_UP: Duration = Duration::from_secs(10 * 60);

/// The login, and what the routes ask.
#[derive(Clone)]
pub struct App {
    pub users: Users,
    pub store: SqlStore,
    pub sessions: Sessions,
    pub tokens: AccessTokens,
    pub verifier: SessionVerifier,
    pub personal: PersonalTokens,
    pub server: AuthorizationServer<Api>,
    pub metadata: ServerMetadata,
    pub config: Config,
}

impl App {
    /// Opens all for a service that is about to listen, with the users of the tutorial if they are due.
    pub async fn start(config: Config) -> Result<Self, String> {
        let app = Self::open(config).await?;
        demo::prepare(&app.users, &app.config).await?;
        Ok(app)
    }

    /// Opens the database and the keys, and makes what is missing of them.
    pub async fn open(config: Config) -> Result<Self, String> {
        let timing = config.timing;
        let secret = secrets::service_key(config.secret_key.as_deref())?;
        let signing_keys = keys::start(&config.signing_keys)?;
        let (store, users) = database::open(&config).await?;
        store.clean_up_every(CLEAN_UP);

        let revocations = Revocations::new(timing.access_token, timing.max_staleness);
        let sessions = Sessions::new(store.clone(), &secret, revocations.clone()).grace(timing.grace).start();
        let tokens = AccessTokens::new(signing_keys, &config.public_url, &config.public_url);
        let tokens = tokens.lifetime(timing.access_token);
        let personal = PersonalTokens::new(store.clone(), PREFIX);
        // What the owner may no longer do, the tokens may not either.
        let personal = personal.owned_by::<ApiKeyHeader<PersonalToken>>(users.clone());
        let server = AuthorizationServer::new(users.clone(), Passwords::default(), sessions.clone(), tokens.clone());
        let throttle = Throttle::new(store.clone(), &secret).account(timing.attempts);
        let server = server.throttle(throttle).client_address(config.addresses.clone());
        let server = server.personal_tokens(personal.clone());
        let server = server.clients(clients(&config)?).on_event(events::count);
        let metadata =
            ServerMetadata::new::<Api>(&config.public_url).map_err(|error| format!("PUBLIC_URL: {error}"))?;
        let metadata = metadata.grant_types(["password", "refresh_token", "client_credentials"]);
        let verifier = tokens.verifier(&revocations);
        Ok(Self { users, store, sessions, tokens, verifier, personal, server, metadata, config })
    }
}

/// Another service, if there is a secret for it. The page in the browser and the docs page are the service's own, and no clients.
fn clients(config: &Config) -> Result<Vec<Client>, String> {
    let Some(secret) = &config.client_secret else { return Ok(Vec::new()) };
    let reports = Client::confidential("reports", secret).map_err(|_| {
        "CLIENT_SECRET is too short, or was published; `openssl rand -hex 32` prints another".to_owned()
    })?;
    Ok(vec![reports.grants(&[GrantType::ClientCredentials]).scopes("reports")])
}

/// For the ready-made dependencies, which ask the state for a verifier.
impl FromRef<App> for SessionVerifier {
    fn from_ref(app: &App) -> Self {
        app.verifier.clone()
    }
}

impl FromRef<App> for PersonalTokens {
    fn from_ref(app: &App) -> Self {
        app.personal.clone()
    }
}
