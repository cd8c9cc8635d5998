//! A service with two users and some clients, over stores in memory.

use std::{
    sync::{Arc, Mutex},
    time::{Duration, SystemTime},
};

use axum::{Router, extract::FromRef, routing::get};
use axum_scopes::{
    Depends, Flows, HmacKey, OAuth2Scheme, Scopes,
    login::{
        AccessTokens, Account, AuthorizationServer, Client, Event, GrantType, Outcome, Revocations, SessionClaims,
        SessionVerifier, Sessions, SigningKeys, Throttle,
    },
    password::{PasswordPolicy, Passwords},
    scheme::ErrorStyle,
    security, verified_as,
};
use axum_scopes_test_support::{Answer, App, Call};

use super::{
    stores::{Store, Users},
    until,
};

pub(super) const ISSUER: &str = "https://api.example.com";
pub(super) const SECRET: &str = "9aKp0xP3c5qL2vZ8mW1nT7yR4uE6iO0s";
pub(super) const OTHER_SECRET: &str = "Zt0bYw8n2KfG5sQx1Lr7Jd4Hc9Mp6Va3";

/// With the errors of RFC 6749.
#[derive(Clone, Debug)]
pub(super) struct Api;

impl OAuth2Scheme for Api {
    const FLOWS: Flows = Flows::password("token");
    const SCOPES: &[(&str, &str)] =
        &[("me", "Read me."), ("items", "Read items."), ("admin", "Everything."), ("orders:{id}", "One order.")];
    const IMPLIES: &[(&str, &[&str])] = &[("admin", &["items"])];
    const ERROR_STYLE: ErrorStyle = ErrorStyle::Rfc6750;
}

/// With the errors of FastAPI's tutorial.
#[derive(Clone, Debug)]
pub(super) struct Tutorial;

impl OAuth2Scheme for Tutorial {
    const FLOWS: Flows = Flows::password("token");
    const SCOPES: &[(&str, &str)] = Api::SCOPES;
}

/// What a test can look at and change.
#[derive(Clone)]
pub(super) struct Service<S = Api> {
    pub(super) app: App,
    pub(super) server: AuthorizationServer<S>,
    pub(super) users: Users,
    pub(super) store: Store,
    pub(super) sessions: Sessions,
    pub(super) keys: SigningKeys,
    pub(super) events: Arc<Mutex<Vec<Event>>>,
}

#[derive(Clone, FromRef)]
struct State {
    verifier: SessionVerifier,
}

/// Who has called.
#[security(scopes = ["me"])]
async fn me(Depends(claims): Depends<verified_as<Api, SessionClaims, SessionVerifier>>) -> String {
    format!("{} {} [{}]", claims.sub, claims.client_id, claims.scope)
}

/// Hashes that take no time.
pub(super) fn passwords() -> Passwords {
    Passwords::new(PasswordPolicy::for_tests())
}

/// Hashes that take as long as in production, which is most of what a login takes.
pub(super) fn as_in_production() -> PasswordPolicy {
    PasswordPolicy::new(7_168, 5, 1).unwrap()
}

pub(super) fn key() -> HmacKey {
    HmacKey::new([7; 32]).unwrap()
}

pub(super) fn clients() -> Vec<Client> {
    vec![
        Client::confidential("reports", SECRET).unwrap().scopes("items orders:7"),
        Client::confidential("a b:+", OTHER_SECRET).unwrap().scopes("items"),
        Client::confidential("portal", OTHER_SECRET).unwrap().grants(&[
            GrantType::Password,
            GrantType::RefreshToken,
            GrantType::ClientCredentials,
        ]),
        Client::public("app"),
        Client::public("kiosk").grants(&[GrantType::Password]),
    ]
}

impl Service {
    pub(super) async fn new() -> Self {
        Self::of(|server, _| server).await
    }

    /// A service whose server has more settings.
    pub(super) async fn with(more: impl FnOnce(AuthorizationServer<Api>, &Store) -> AuthorizationServer<Api>) -> Self {
        Self::of(more).await
    }
}

impl<S: OAuth2Scheme + Clone> Service<S> {
    /// A service whose server has more settings.
    pub(super) async fn of(more: impl FnOnce(AuthorizationServer<S>, &Store) -> AuthorizationServer<S>) -> Self {
        Self::hashing(passwords(), more).await
    }

    /// A service that hashes in this way.
    pub(super) async fn hashing(
        passwords: Passwords,
        more: impl FnOnce(AuthorizationServer<S>, &Store) -> AuthorizationServer<S>,
    ) -> Self {
        let (users, store) = (Users::default(), Store::default());
        let hash = async |password| passwords.hash(password).await.unwrap();
        users.insert("amy", Account::new("1", hash("secret").await, Scopes::from("me items orders:7")));
        users.insert("joe", Account::new("2", hash("correct horse").await, Scopes::from("me admin")));
        let lifetime = Duration::from_secs(300);
        let revocations = Revocations::new(lifetime, Duration::from_secs(30));
        let sessions = Sessions::new(store.clone(), &key(), revocations.clone()).start();
        let now = SystemTime::now();
        let keys = SigningKeys::generate(now - Duration::from_secs(60), Duration::from_secs(86_400)).unwrap();
        let keys = SigningKeys::from_jwks(&keys).unwrap();
        let tokens = AccessTokens::new(keys.clone(), ISSUER, ISSUER);
        let verifier = tokens.verifier(&revocations);
        let events = Arc::new(Mutex::new(Vec::new()));
        let told = Arc::clone(&events);
        let server = AuthorizationServer::<S>::new(users.clone(), passwords, sessions.clone(), tokens)
            .clients(clients())
            .on_event(move |event| told.lock().unwrap().push(event.clone()));
        let server = more(server, &store);
        let router = Router::new().route("/me", get(me)).merge(server.routes()).with_state(State { verifier });
        // The list of ended sessions has to be read once.
        until(async || revocations.is_current()).await;
        Self { app: App::new(router), server, users, store, sessions, keys, events }
    }

    pub(super) fn post(&self, form: &[(&str, &str)]) -> Call {
        self.app.post("/token").form(form)
    }

    pub(super) async fn log_in(&self, username: &str, password: &str, scope: &str) -> Answer {
        self.post(&[("grant_type", "password"), ("username", username), ("password", password), ("scope", scope)]).await
    }

    /// The tokens of a login that succeeds.
    pub(super) async fn tokens(&self, username: &str, scope: &str) -> Tokens {
        let password = if username == "amy" { "secret" } else { "correct horse" };
        Tokens::of(&self.log_in(username, password, scope).await)
    }

    pub(super) async fn refresh(&self, token: &str) -> Answer {
        self.post(&[("grant_type", "refresh_token"), ("refresh_token", token)]).await
    }

    pub(super) async fn refresh_with(&self, token: &str, more: &[(&str, &str)]) -> Answer {
        let form = [("grant_type", "refresh_token"), ("refresh_token", token)];
        self.post(&[&form, more].concat()).await
    }

    pub(super) async fn revoke(&self, token: &str) -> Answer {
        self.app.post("/revoke").form(&[("token", token)]).await
    }

    pub(super) async fn me(&self, access: &str) -> Answer {
        self.app.get("/me").bearer(access).await
    }

    /// The outcomes that were told since the last call.
    pub(super) fn outcomes(&self) -> Vec<Outcome> {
        self.events.lock().unwrap().drain(..).map(|event| event.outcome).collect()
    }
}

/// What a client keeps of an answer.
#[derive(Clone, Debug)]
pub(super) struct Tokens {
    pub(super) access: String,
    pub(super) refresh: String,
    pub(super) scope: String,
}

impl Tokens {
    #[track_caller]
    pub(super) fn of(answer: &Answer) -> Self {
        assert_eq!(answer.status(), 200, "{answer:?}");
        let json = answer.json();
        let text = |name: &str| json[name].as_str().unwrap_or_default().to_owned();
        Self { access: text("access_token"), refresh: text("refresh_token"), scope: text("scope") }
    }
}

/// The answer is an error of RFC 6749 §5.2.
#[track_caller]
pub(super) fn is_error(answer: &Answer, status: u16, code: &str) {
    assert_eq!((answer.status(), answer.json()["error"].as_str()), (status, Some(code)), "{answer:?}");
    assert!(answer.json()["error_description"].is_string(), "{answer:?}");
    assert_eq!(answer.json().as_object().unwrap().len(), 2, "{answer:?}");
    assert_eq!((answer.header("cache-control"), answer.header("pragma")), (Some("no-store"), Some("no-cache")));
    assert_eq!(answer.header("content-type"), Some("application/json"));
    assert_eq!(answer.challenge().is_some(), code == "invalid_client", "{answer:?}");
}

pub(super) fn throttle(store: &Store) -> Throttle {
    Throttle::new(store.clone(), &key())
}

/// The claims of a token, unverified.
pub(super) fn claims(token: &str) -> serde_json::Value {
    use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
    let payload = token.split('.').nth(1).unwrap();
    serde_json::from_slice(&BASE64_URL_SAFE_NO_PAD.decode(payload).unwrap()).unwrap()
}
