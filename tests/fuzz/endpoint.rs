//! A target that sends requests to a token endpoint and a revocation endpoint. Each answer is the one that a model expects, which
//! knows what was answered before.

use std::{
    sync::LazyLock,
    time::{Duration, SystemTime},
};

use axum::{Router, http::HeaderValue};
use axum_scopes::{
    Flows, HmacKey, OAuth2Scheme, Scopes,
    error::StoreError,
    login::{
        AccessTokens, Account, Accounts, AuthorizationServer, Client, GrantType, Revocations, Sessions, SigningKeys,
        store::MemoryStore,
    },
    password::{PasswordPolicy, Passwords},
    scheme::ErrorStyle,
};
use axum_scopes_test_support::{Answer, App};
use data_encoding::{BASE64, BASE64URL_NOPAD};
use tokio::runtime::{Builder, Runtime};

use crate::oracle::{
    endpoint::{CLIENTS, Expected, Granted, Model, PASSWORD, SECRET, USERS},
    json::{self, Value},
};

macro_rules! schemes {
    ($($Scheme:ident $style:expr),*) => {
        $(
            struct $Scheme;

            impl OAuth2Scheme for $Scheme {
                const FLOWS: Flows = Flows::password("token");
                const SCOPES: &[(&str, &str)] = &[("me", "Read."), ("items", "Read items."), ("admin", "Everything.")];
                const IMPLIES: &[(&str, &[&str])] = &[("admin", &["items"])];
                const ERROR_STYLE: ErrorStyle = $style;
            }
        )*
    };
}

schemes!(Styled ErrorStyle::Rfc6750, Tutorial ErrorStyle::FastApi);

/// What every server has.
struct Parts {
    runtime: Runtime,
    passwords: Passwords,
    users: Users,
    tokens: AccessTokens,
    key: HmacKey,
}

static PARTS: LazyLock<Parts> = LazyLock::new(|| {
    let runtime = Builder::new_current_thread().enable_time().build().expect("a runtime");
    let passwords = Passwords::new(PasswordPolicy::for_tests().concurrency(1));
    let users = Users(runtime.block_on(passwords.hash(PASSWORD)).expect("a hash"));
    let keys = SigningKeys::generate(SystemTime::now(), Duration::from_secs(86_400)).expect("keys");
    let keys = SigningKeys::from_jwks(&keys).expect("keys");
    let tokens = AccessTokens::new(keys, "https://id.example", "https://api.example");
    Parts { runtime, passwords, users, tokens, key: HmacKey::new([7; 32]).expect("a key") }
});

/// All have the same password, and its hash.
#[derive(Clone)]
struct Users(String);

impl Accounts for Users {
    async fn find(&self, username: &str) -> Result<Option<Account>, StoreError> {
        let user = USERS.iter().find(|(name, ..)| *name == username);
        Ok(user.map(|(name, scopes, disabled)| Account {
            disabled: *disabled,
            ..Account::new(*name, self.0.clone(), Scopes::from(*scopes))
        }))
    }

    async fn find_subject(&self, subject: &str) -> Result<Option<Account>, StoreError> {
        self.find(subject).await
    }

    async fn replace_hash(&self, _: &str, _: &str, _: &str) -> Result<bool, StoreError> {
        Ok(false)
    }
}

/// A server without anything stored.
async fn server<S: OAuth2Scheme>(parts: &Parts) -> App {
    let revocations = Revocations::new(parts.tokens.lifetime_of_tokens(), Duration::from_secs(60));
    let sessions = Sessions::new(MemoryStore::default(), &parts.key, revocations).start();
    while !sessions.revocations().is_current() {
        tokio::task::yield_now().await;
    }
    let clients: Vec<Client> = CLIENTS.iter().skip(1).map(client).collect();
    let (users, passwords) = (parts.users.clone(), parts.passwords.clone());
    let server = AuthorizationServer::<S>::new(users, passwords, sessions, parts.tokens.clone()).clients(clients);
    App::new(Router::new().merge(server.routes()))
}

fn client((id, has_secret, grants, scopes): &(&str, bool, &[&str], &str)) -> Client {
    let all = [GrantType::Password, GrantType::RefreshToken, GrantType::ClientCredentials];
    let grants: Vec<_> = all.into_iter().filter(|grant| grants.contains(&grant.as_str())).collect();
    let client = if *has_secret { Client::confidential(*id, SECRET).expect("a secret") } else { Client::public(*id) };
    client.grants(&grants).scopes(*scopes)
}

/// The first byte that makes a form large, and the size of that.
const LARGE: u8 = 0xf8;
const MOST_BODY: usize = 16 * 1024;

/// The first byte chooses the style of refusals. Each line is a request: a byte that chooses the endpoint and the size, the form, and behind each
/// byte 0xff a header `Authorization`. A header that begins with `~` is encoded as HTTP Basic wants it. Some bytes stand for tokens.
pub fn endpoint(data: &[u8]) {
    let [style, rest @ ..] = data else { return };
    let (parts, is_styled) = (&*PARTS, style % 2 == 0);
    parts.runtime.block_on(async {
        let app = if is_styled { server::<Styled>(parts).await } else { server::<Tutorial>(parts).await };
        let mut model = Model::default();
        for request in rest.split(|byte| *byte == b'\n').take(8) {
            one(&app, &mut model, is_styled, request).await;
        }
    });
}

async fn one(app: &App, model: &mut Model, is_styled: bool, request: &[u8]) {
    let [path, request @ ..] = request else { return };
    let request = expanded(model, request);
    let mut parts = request.split(|byte| *byte == 0xff);
    let mut body = parts.next().unwrap_or_default().to_vec();
    if *path >= LARGE {
        body.extend(b"&a=");
        body.resize(MOST_BODY + usize::from(path - LARGE), b'a');
    }
    let headers: Vec<Vec<u8>> = parts.take(2).map(header).collect();
    let values: Result<Vec<_>, _> = headers.iter().map(|value| HeaderValue::from_bytes(value)).collect();
    let Ok(values) = values else { return };
    let is_token = path % 4 != 0;
    let path = if is_token { "/token" } else { "/revoke" };
    let answer = app.post(path).headers("authorization", values).encoded_form(body.clone()).await;
    let shown = format!("{path} {} {answer:?}", String::from_utf8_lossy(&request));
    if body.len() > MOST_BODY {
        let error =
            json::object(answer.text().as_bytes()).and_then(|body| body.member("error")?.text().map(str::to_owned));
        return assert_eq!((answer.status(), error.as_deref()), (413, Some("invalid_request")), "{shown}");
    }
    let expected = if is_token { model.token(&headers, &body, is_styled) } else { model.revoke(&headers, &body) };
    // RFC 6749 §5.1 and §5.2. The answer to a revocation has no content.
    let is_stored = answer.header("cache-control").is_none_or(|value| !value.contains("no-store"));
    assert_eq!(is_stored, !is_token && answer.status() == 200, "{shown}");
    match expected {
        Expected::Token(granted) => {
            let (access, refresh) = check_token(&answer, &granted, &shown);
            model.answered(granted, access, refresh);
        }
        Expected::Revoked => assert_eq!(answer.status(), 200, "{shown}"),
        Expected::Refused(codes) => check_refusal(&answer, &codes, is_token && !is_styled, &shown),
    }
}

fn header(value: &[u8]) -> Vec<u8> {
    match value.strip_prefix(b"~") {
        Some(credentials) => format!("Basic {}", BASE64.encode(credentials)).into_bytes(),
        None => value.to_vec(),
    }
}

/// The bytes 1 to 5 stand for the newest refresh token, the one before, the oldest, the newest access token, and the oldest. The
/// bytes 6 and 7 stand for the secret and the password.
fn expanded(model: &Model, bytes: &[u8]) -> Vec<u8> {
    let token = |byte: &u8| match byte {
        1 => model.refresh_tokens().next_back(),
        2 => model.refresh_tokens().rev().nth(1),
        3 => model.refresh_tokens().next(),
        4 => model.access_tokens().next_back(),
        5 => model.access_tokens().next(),
        6 => Some(SECRET),
        7 => Some("correct+horse"),
        _ => None,
    };
    bytes.iter().flat_map(|byte| token(byte).map_or(std::slice::from_ref(byte), str::as_bytes)).copied().collect()
}

/// RFC 6749 §5.1. Returns the tokens.
fn check_token(answer: &Answer, granted: &Granted, shown: &str) -> (String, Option<String>) {
    assert_eq!(answer.status(), 200, "{granted:?}: {shown}");
    let body = json::object(answer.text().as_bytes()).expect("an object");
    let text = |name| body.member(name).and_then(Value::text);
    assert_eq!((text("token_type"), text("scope")), (Some("bearer"), Some(&*granted.scope)), "{granted:?}: {shown}");
    let access = text("access_token").expect("a token").to_owned();
    let payload = access.split('.').nth(1).and_then(|payload| BASE64URL_NOPAD.decode(payload.as_bytes()).ok());
    let claims = json::object(&payload.expect("a payload")).expect("an object");
    let claim = |name| claims.member(name).and_then(Value::text);
    let said = (claim("sub"), claim("client_id"), claim("scope"));
    assert_eq!(said, (Some(&*granted.subject), Some(&*granted.client), Some(&*granted.scope)), "{shown}");
    let refresh = text("refresh_token").map(str::to_owned);
    assert_eq!(refresh.is_some(), granted.may_refresh, "{granted:?}: {shown}");
    if let Some(again) = &granted.again {
        assert_eq!(refresh.as_ref(), Some(again), "{shown}");
    }
    (access, refresh)
}

/// RFC 6749 §5.2, or the tutorial's form for the password grant.
fn check_refusal(answer: &Answer, codes: &[&str], may_be_tutorial: bool, shown: &str) {
    let body = json::object(answer.text().as_bytes()).expect("an object");
    let Some(code) = body.member("error").and_then(Value::text) else {
        let expected = if answer.status() == 422 { "invalid_request" } else { "invalid_grant" };
        assert!(may_be_tutorial && body.member("detail").is_some() && codes.contains(&expected), "{codes:?}: {shown}");
        return assert!([400, 422].contains(&answer.status()), "{shown}");
    };
    assert!(codes.contains(&code), "{codes:?}: {shown}");
    let is_about_client = code == "invalid_client";
    assert_eq!(answer.status(), if is_about_client { 401 } else { 400 }, "{shown}");
    assert_eq!(answer.challenge().is_some_and(|challenge| challenge.starts_with("Basic")), is_about_client, "{shown}");
    assert!(answer.text().len() < 200 && !answer.text().contains(SECRET), "{shown}");
}
