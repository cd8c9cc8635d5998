//! `verified` takes tokens from any source, and gives them to the verifier of the service or of the scheme.

use std::{sync::Arc, time::Duration};

use axum::extract::FromRef;
use axum_scopes::{
    ApiKeyHeader, ApiKeyScheme, Claims, HmacKey, TokenVerifier, Tree,
    credential::{ApiKeyCookie, ApiKeyQuery, HttpBearer, Presented, PresentedAs, TokenSource},
    scheme::{HttpBearerScheme, SchemeInfo},
    testing::Mint,
    token::{SchemeVerifier, TokenError, VerifiedToken, VerifyError, VerifyToken},
    tree::{Describe, Node},
    verified, verified_as,
};
use axum_scopes_test_support::logged;
use axum_scopes_tests::prelude::*;

use crate::answers::{not_authenticated, not_validated};

/// The scopes of every scheme in this file.
const SCOPES: &[(&str, &str)] = &[("items", "Read items."), ("admin", "Everything.")];

macro_rules! api_keys {
    ($($Scheme:ident $name:literal),*) => {
        $(struct $Scheme;

        impl ApiKeyScheme for $Scheme {
            const NAME: &str = stringify!($Scheme);
            const PARAMETER: &str = $name;
            const SCOPES: &[(&str, &str)] = SCOPES;
        })*
    };
}

api_keys!(Session "session", Header "x-token", Query "access_token");

struct Plain;

impl HttpBearerScheme for Plain {
    const SCOPES: &[(&str, &str)] = SCOPES;
}

/// A token source that the service writes itself.
struct Subprotocol(String);

impl Describe for Subprotocol {
    const NODE: &'static Node = &Node::scheme(&SchemeInfo::new("Subprotocol").with_scopes(SCOPES));
}

impl<S: Sync> FromRequestParts<S> for Subprotocol {
    type Rejection = AuthError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, AuthError> {
        let value = parts.headers.get("sec-websocket-protocol").and_then(|value| value.to_str().ok());
        let token = value.and_then(|value| value.strip_prefix("bearer."));
        token.map(|token| Self(token.to_owned())).ok_or_else(|| AuthError::unauthorized("Not authenticated"))
    }
}

impl TokenSource for Subprotocol {
    type Extractor = Self;

    fn presented(Self(token): &Self) -> Presented<'_> {
        Presented::new(token, PresentedAs::Header)
    }
}

/// A route for each source of tokens.
macro_rules! routes {
    ($($name:ident $Source:ty),*) => {
        $(#[security(scopes = ["items"])]
        async fn $name(Depends(claims): Depends<verified<$Source>>) -> String {
            claims.sub.to_string()
        })*
    };
}

routes!(
    bearer HttpBearer<Plain>, cookie ApiKeyCookie<Session>, header ApiKeyHeader<Header>, query ApiKeyQuery<Query>,
    subprotocol Subprotocol
);

#[tokio::test]
async fn a_token_is_verified_from_every_source() {
    let key = HmacKey::new([7; 32]).unwrap();
    let app = App::new(
        Router::new()
            .route("/bearer", get(bearer))
            .route("/cookie", get(cookie))
            .route("/header", get(header))
            .route("/query", get(query))
            .route("/subprotocol", get(subprotocol))
            .with_state(TokenVerifier::hs256(&key)),
    );
    let mint = Mint::new(&key);
    let present = |path: &str, token: &str| match path {
        "/bearer" => app.get(path).bearer(token),
        "/cookie" => app.get(path).cookie("session", token),
        "/header" => app.get(path).header("x-token", token),
        "/query" => app.get(format!("{path}?access_token={token}")),
        _ => app.get(path).header("sec-websocket-protocol", format!("bearer.{token}")),
    };
    for path in ["/bearer", "/cookie", "/header", "/query", "/subprotocol"] {
        let answer = present(path, &mint.valid("amy", "items")).await;
        assert_eq!((answer.status(), answer.text()), (200, "amy"), "{path}");
        for (token, detail) in [
            (mint.valid("amy", "admin"), "Not enough permissions"),
            (mint.valid("amy", ""), "Not enough permissions"),
            (mint.expired("amy", "items"), "Could not validate credentials"),
            (mint.foreign("amy", "items"), "Could not validate credentials"),
        ] {
            let answer = present(path, &token).await;
            assert_eq!((answer.status(), &answer.json()["detail"]), (401, &detail.into()), "{path}");
        }
        assert_eq!(app.get(path).await.status(), 401, "{path}");
        // The token is read only from its own place.
        let elsewhere = app.get(path).header("x-other", mint.valid("amy", "items")).await;
        assert_eq!(elsewhere.status(), 401, "{path}");
    }
}

#[test]
fn the_scheme_of_a_source_is_in_the_tree() {
    let tree = "cookie [items]\n└─ verified [items]\n   ├─ SecurityScopes\n   └─ Session\n";
    assert_eq!(Tree::of::<cookie>().to_string(), tree);
}

/// A verifier that accepts one token, and reports how the token was presented.
#[derive(Clone)]
struct Personal;

impl VerifyToken for Personal {
    const MAY_BE_UNAVAILABLE: bool = true;

    async fn judge(&self, presented: &Presented<'_>) -> Result<VerifiedToken, VerifyError> {
        tokio::task::yield_now().await;
        match presented.token() {
            "pat_amy" => Ok(VerifiedToken::of(Claims::new("amy", "items", Duration::from_secs(60)))
                .with_payload(&format!(r#"{{"how": "{:?}"}}"#, presented.how()))),
            "pat_down" => Err(VerifyError::unavailable(7, std::io::Error::other("the store of secret tokens is down"))),
            _ => Err(TokenError::Inactive.into()),
        }
    }
}

#[derive(serde::Deserialize)]
struct How {
    how: String,
}

impl Grants for How {
    fn grants(&self, scope: &str) -> bool {
        scope == "items"
    }
}

#[security(scopes = ["items"])]
async fn personal(Depends(claims): Depends<verified<Api, Personal>>) -> String {
    claims.sub.to_string()
}

#[security(scopes = ["items"])]
async fn how(Depends(How { how }): Depends<verified_as<Api, How, Personal>>) -> String {
    how
}

#[security(scopes = ["items"])]
async fn how_in_cookie(Depends(How { how }): Depends<verified_as<ApiKeyCookie<Session>, How, Personal>>) -> String {
    how
}

#[security(scopes = ["items"])]
async fn raw(Depends(token): Depends<verified_as<Api, VerifiedToken, Personal>>) -> String {
    token.claims_as::<How>().map_or_else(|error| error.to_string(), |claims| claims.how)
}

#[tokio::test]
async fn a_verifier_written_by_the_service_decides() {
    let state = Personal;
    let app = App::new(
        Router::new()
            .route("/", get(personal))
            .route("/how", get(how))
            .route("/cookie", get(how_in_cookie))
            .route("/raw", get(raw))
            .with_state(state),
    );
    assert_eq!(app.get("/").bearer("pat_amy").await.text(), "amy");
    assert_eq!(app.get("/how").bearer("pat_amy").await.text(), "Bearer");
    assert_eq!(app.get("/cookie").cookie("session", "pat_amy").await.text(), "Cookie");
    assert_eq!(app.get("/raw").bearer("pat_amy").await.text(), "Bearer");
    assert_eq!(app.get("/").bearer("pat_bob").await, not_validated("items"));
    assert_eq!(app.get("/").await, not_authenticated());
}

#[tokio::test]
async fn a_token_without_a_verdict_is_answered_with_503_and_logged() {
    let app = App::new(Router::new().route("/", get(personal)).with_state(Personal));
    let (answer, lines) = logged(app.get("/").bearer("pat_down")).await;
    assert_eq!((answer.status(), answer.header("retry-after"), answer.challenge()), (503, Some("7"), None));
    assert!(lines.concat().contains("the store of secret tokens is down"), "{lines:?}");
    assert!(!answer.text().contains("store"), "{}", answer.text());
}

/// Two schemes of one service, each with its own keys.
struct People;
struct Machines;

impl OAuth2Scheme for People {
    const NAME: &str = "People";
    const FLOWS: Flows = Flows::password("token");
    const SCOPES: &[(&str, &str)] = SCOPES;
}

impl OAuth2Scheme for Machines {
    const NAME: &str = "Machines";
    const FLOWS: Flows = Flows::client_credentials("token");
    const SCOPES: &[(&str, &str)] = SCOPES;
}

#[derive(Clone, FromRef)]
struct Both {
    people: SchemeVerifier<People>,
    machines: SchemeVerifier<Machines>,
}

#[security(scopes = ["items"])]
async fn for_people(Depends(claims): Depends<verified<People, SchemeVerifier<People>>>) -> String {
    claims.sub.to_string()
}

#[security(scopes = ["items"])]
async fn for_machines(Depends(claims): Depends<verified<Machines, SchemeVerifier<Machines>>>) -> String {
    claims.sub.to_string()
}

#[tokio::test]
async fn each_scheme_has_its_own_verifier() {
    let keys = [1, 2].map(|byte| HmacKey::new([byte; 32]).unwrap());
    let [people, machines] = keys.each_ref().map(TokenVerifier::hs256);
    let both = Both { people: SchemeVerifier::new(people), machines: SchemeVerifier::new(machines) };
    let [amy, robot] = keys.each_ref().map(|key| Mint::new(key).valid("it", "items"));
    let routes = || Router::new().route("/people", get(for_people)).route("/machines", get(for_machines));
    let shared: Router<Arc<Both>> =
        Router::new().route("/people", get(for_people)).route("/machines", get(for_machines));
    for app in [App::new(routes().with_state(both.clone())), App::new(shared.with_state(Arc::new(both)))] {
        for (path, token, status) in
            [("/people", &amy, 200), ("/people", &robot, 401), ("/machines", &amy, 401), ("/machines", &robot, 200)]
        {
            assert_eq!(app.get(path).bearer(token).await.status(), status, "{path}");
        }
    }
}

#[test]
fn debug_output_of_a_presented_token_hides_it() {
    let shown = format!("{:?}", Presented::new("secret", PresentedAs::Query));
    assert!(!shown.contains("secret"), "{shown}");
}

/// Accepts each token, also one that has expired.
#[derive(Clone)]
struct Careless(Duration);

impl VerifyToken for Careless {
    const MAY_BE_UNAVAILABLE: bool = false;

    async fn judge(&self, _: &Presented<'_>) -> Result<VerifiedToken, VerifyError> {
        Ok(VerifiedToken::of(Claims::new("amy", "items", self.0)))
    }
}

#[security(scopes = ["items"])]
async fn careless(Depends(claims): Depends<verified<Api, Careless>>) -> String {
    claims.sub.to_string()
}

#[tokio::test]
async fn an_expired_token_is_refused_whatever_its_verifier_says() {
    for (lifetime, status) in [(Duration::ZERO, 401), (Duration::from_secs(60), 200), (Duration::MAX, 200)] {
        let app = App::new(Router::new().route("/", get(careless)).with_state(Careless(lifetime)));
        assert_eq!(app.get("/").bearer("any").await.status(), status, "{lifetime:?}");
    }
}
