//! A token that is bound to its sender is no bearer token, unless the scheme does not care.

use std::time::Duration;

use axum_scopes::{
    ApiKeyHeader, ApiKeyScheme, Claims,
    credential::{ApiKeyCookie, ApiKeyQuery, HttpBearer, Presented, PresentedAs},
    scheme::HttpBearerScheme,
    token::{TokenError, VerifiedToken, VerifyError, VerifyToken},
    verified_as,
};
use axum_scopes_test_support::logged;

use super::*;

schemes!(
    Plain FastApi Sender::bearer();
    Meshed FastApi Sender::unchecked();
);

struct Http;
impl HttpBearerScheme for Http {
    const SCOPES: &[(&str, &str)] = Plain::SCOPES;
}

macro_rules! api_keys {
    ($($Scheme:ident $name:literal)*) => {
        $(struct $Scheme;
        impl ApiKeyScheme for $Scheme {
            const NAME: &str = stringify!($Scheme);
            const PARAMETER: &str = $name;
            const SCOPES: &[(&str, &str)] = Plain::SCOPES;
        })*
    };
}

api_keys!(Cookie "session" Header "x-token" Query "token" Claimed "x-claims");

/// A verifier of the service's own, to whom a token is its claims.
#[derive(Clone)]
struct Own;

impl VerifyToken for Own {
    const MAY_BE_UNAVAILABLE: bool = false;

    async fn judge(&self, presented: &Presented<'_>) -> Result<VerifiedToken, VerifyError> {
        let claims = Claims::new("joe", "items", Duration::from_secs(60));
        Ok(VerifiedToken::of(claims).with_payload(presented.token()))
    }
}

#[derive(Clone)]
struct Service;

impl axum::extract::FromRef<Service> for TokenVerifier {
    fn from_ref(_: &Service) -> Self {
        verifier()
    }
}

impl axum::extract::FromRef<Service> for Own {
    fn from_ref(_: &Service) -> Self {
        Self
    }
}

/// A handler for each dependency.
macro_rules! handlers {
    ($($name:ident $dependency:ty;)*) => {
        $(#[security(scopes = ["items"])]
        async fn $name(_: Depends<$dependency>) -> &'static str {
            "joe"
        })*

        fn app() -> App {
            App::new(Router::new()$(.route(concat!("/", stringify!($name)), get($name)))*.with_state(Service))
        }
    };
}

handlers!(
    oauth2 verified<Plain>;
    oauth2_whole verified_as<Plain, VerifiedToken>;
    oauth2_bearer verified<Bearer<Plain>>;
    http_bearer verified<HttpBearer<Http>>;
    cookie verified<ApiKeyCookie<Cookie>>;
    header verified<ApiKeyHeader<Header>>;
    query verified<ApiKeyQuery<Query>>;
    own verified<ApiKeyHeader<Claimed>, Own>;
    own_whole verified_as<ApiKeyHeader<Claimed>, VerifiedToken, Own>;
    meshed verified<Meshed>;
);

/// The answers of all routes whose schemes take bearer tokens only.
async fn answers(cnf: Option<&str>) -> Vec<(&'static str, u16, String)> {
    let (app, token, claims) = (app(), token(cnf), payload(cnf));
    let mut answers = Vec::new();
    for (path, call) in [
        ("oauth2", app.get("/oauth2").bearer(&token)),
        ("oauth2_whole", app.get("/oauth2_whole").bearer(&token)),
        ("oauth2_bearer", app.get("/oauth2_bearer").bearer(&token)),
        ("http_bearer", app.get("/http_bearer").bearer(&token)),
        ("cookie", app.get("/cookie").cookie("session", &token)),
        ("header", app.get("/header").header("x-token", &*token)),
        ("query", app.get(format!("/query?token={token}"))),
        ("own", app.get("/own").header("x-claims", &*claims)),
        ("own_whole", app.get("/own_whole").header("x-claims", &*claims)),
    ] {
        let answer = call.await;
        answers.push((path, answer.status(), answer.text().to_owned()));
    }
    answers
}

#[tokio::test]
async fn a_bound_token_is_refused_as_a_bearer_token_by_every_ready_made_dependency() {
    for (path, status, body) in answers(None).await {
        assert_eq!((status, &*body), (200, "joe"), "{path}");
    }
    for cnf in [of_certificate(), of_key(), of_both()].into_iter().chain(unknown()) {
        for (path, status, body) in answers(Some(&cnf)).await {
            assert_eq!((status, &*body), (401, r#"{"detail":"Could not validate credentials"}"#), "{path} {cnf}");
        }
    }
}

#[test]
fn a_bound_token_is_refused_by_every_function_that_verifies_a_text() {
    let verifier = verifier();
    let results = |token: &str| {
        [
            verifier.verify(token).map(|_| ()),
            verifier.verify_as::<serde_json::Value>(token).map(|_| ()),
            verifier.verify_token(token).map(|_| ()),
        ]
    };
    assert_eq!(results(&token(None)), [Ok(()), Ok(()), Ok(())]);
    for cnf in [of_certificate(), of_key(), of_both()].into_iter().chain(unknown()) {
        for result in results(&token(Some(&cnf))) {
            assert!(result.is_err(), "{cnf}");
        }
    }
    let bound = Err(TokenError::Bound);
    assert_eq!(results(&token(Some(&of_certificate()))), [bound.clone(), bound.clone(), bound]);
}

/// Nor does it help to present a token to a verifier by hand.
#[tokio::test]
async fn a_bound_token_is_refused_from_every_place() {
    let bound = token(Some(&of_certificate()));
    for how in [PresentedAs::Bearer, PresentedAs::Header, PresentedAs::Query, PresentedAs::Cookie, PresentedAs::DPoP] {
        let presented = Presented::new(&bound, how);
        assert!(verifier().judge(&presented).await.is_err(), "{how:?}");
        assert!(CertificateVerifier::new(verifier()).judge(&presented).await.is_err(), "{how:?}");
        assert!(Own.judge_as::<Claims>(&Presented::new(&payload(Some(&of_key())), how)).await.is_err(), "{how:?}");
    }
    let (unbound, claims) = (token(None), payload(None));
    assert!(verifier().judge(&Presented::new(&unbound, PresentedAs::DPoP)).await.is_err());
    assert!(Own.judge_as::<Claims>(&Presented::new(&claims, PresentedAs::DPoP)).await.is_err());
    assert!(Own.judge_as::<Claims>(&Presented::new(&claims, PresentedAs::Bearer)).await.is_ok());
}

#[tokio::test]
async fn a_scheme_with_unchecked_senders_takes_whatever_the_token_is_bound_to() {
    let app = app();
    for cnf in [of_certificate(), of_key(), of_both()] {
        assert_eq!(app.get("/meshed").bearer(token(Some(&cnf))).await, accepted("joe"), "{cnf}");
    }
    for cnf in unknown() {
        assert_eq!(app.get("/meshed").bearer(token(Some(&cnf))).await, not_validated("items"), "{cnf}");
    }
    assert_eq!(app.get("/meshed").bearer(token(None)).await, accepted("joe"));
    let proved = app.get("/meshed").header("authorization", format!("DPoP {}", token(Some(&of_key()))));
    assert_eq!(proved.await.status(), 401);
    let other = Jws::new(r#"{"alg":"HS256"}"#, payload(Some(&of_key()))).hs256([8; 32]);
    assert_eq!(app.get("/meshed").bearer(other).await, not_validated("items"));
}

#[tokio::test]
async fn the_log_says_that_a_token_is_bound_and_nothing_else() {
    let (answer, lines) = logged(app().get("/oauth2").bearer(token(Some(&of_key())))).await;
    assert_eq!(answer, not_validated("items"));
    assert_eq!(lines, [r#"DEBUG token refused error=token is bound to a sender whom nobody confirms"#]);
}
