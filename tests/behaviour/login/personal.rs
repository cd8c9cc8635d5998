//! Personal tokens beside access tokens, over HTTP: who may call, and what the table says.

use std::time::{Duration, SystemTime};

use axum::extract::FromRef;
use axum_scopes::{
    ApiKeyHeader, ApiKeyScheme, Depends, OAuth2Scheme, Scopes, either,
    login::{
        AccessGrant, AccessTokens, PersonalTokens, Revocations, SessionVerifier, SigningKeys,
        store::{MemoryStore, SessionId},
    },
    secure::{Router, get},
    security,
    token::judges::{self, ByPrefix, Otherwise},
    verified,
};
use axum_scopes_test_support::App;

use super::service::{Api, ISSUER};

/// A scheme of its own, with the scopes of the service.
struct Personal;

impl ApiKeyScheme for Personal {
    const NAME: &str = "PersonalToken";
    const PARAMETER: &str = "x-api-key";
    const SCOPES: &[(&str, &str)] = Api::SCOPES;
    const IMPLIES: &[(&str, &[&str])] = Api::IMPLIES;
}

type Caller = either<verified<Api, SessionVerifier>, verified<ApiKeyHeader<Personal>, PersonalTokens>>;
/// Both kinds behind `Bearer`.
type Any = Otherwise<ByPrefix<PersonalTokens>, SessionVerifier>;

#[security(scopes = ["items"])]
async fn items(Depends(caller): Depends<Caller>) -> String {
    caller.into_inner().sub.to_string()
}

#[security(scopes = ["items"])]
async fn any(Depends(claims): Depends<verified<Api, Any>>) -> String {
    claims.sub.to_string()
}

#[derive(Clone, FromRef)]
struct State {
    sessions: SessionVerifier,
    personal: PersonalTokens,
    any: Any,
}

struct Service {
    app: App,
    personal: PersonalTokens,
    access_token: String,
}

fn router() -> Router<State> {
    Router::new().route("/items", get(items)).route("/any", get(any))
}

fn service() -> Service {
    let keys = SigningKeys::generate(SystemTime::now(), Duration::from_secs(3600)).unwrap();
    let tokens = AccessTokens::new(SigningKeys::from_jwks(&keys).unwrap(), ISSUER, ISSUER);
    let revocations = Revocations::new(tokens.lifetime_of_tokens(), Duration::from_secs(60));
    revocations.update(SystemTime::now(), &[]);
    let (scope, session) = (Scopes::from("items"), SessionId::from_bytes([7; 16]));
    let grant = AccessGrant { subject: "joe", client_id: "app", scope: &scope, session, cnf: None };
    let (sessions, personal) = (tokens.verifier(&revocations), PersonalTokens::new(MemoryStore::default(), "acme_"));
    let any = judges::by_prefix("acme_", personal.clone()).otherwise(sessions.clone());
    let state = State { sessions, personal: personal.clone(), any };
    let app = App::new(router().into_router().with_state(state));
    Service { app, personal, access_token: tokens.sign(&grant).unwrap() }
}

impl Service {
    async fn make(&self, scope: &str) -> (String, String) {
        let made = self.personal.create("amy", "laptop", &Scopes::from(scope), None).await.unwrap().unwrap();
        (made.secret().to_owned(), made.token().id.clone())
    }

    async fn by_key(&self, token: &str) -> (u16, String) {
        let answer = self.app.get("/items").header("x-api-key", token).await;
        (answer.status(), answer.text().to_owned())
    }
}

#[test]
fn the_table_shows_personal_tokens_as_a_scheme_of_their_own() {
    let table = router().table().to_string();
    let mut lines: Vec<_> = table.lines().collect();
    lines.sort_unstable();
    assert_eq!(
        lines,
        [
            "GET  /any    OAuth2PasswordBearer [items]",
            "GET  /items  OAuth2PasswordBearer [items] or PersonalToken [items]",
        ]
    );
}

#[tokio::test]
async fn a_personal_token_is_good_beside_access_tokens_until_it_is_deleted() {
    let service = service();
    let (secret, id) = service.make("items").await;
    assert_eq!(service.by_key(&secret).await, (200, "amy".to_owned()));
    let answer = service.app.get("/items").bearer(&service.access_token).await;
    assert_eq!((answer.status(), answer.text()), (200, "joe"));
    assert!(service.personal.delete("amy", &id).await.unwrap());
    assert_eq!(service.by_key(&secret).await.0, 401);
}

#[tokio::test]
async fn a_personal_token_needs_the_scope_or_one_that_includes_it() {
    let service = service();
    for (scope, status) in [("items", 200), ("admin", 200), ("me", 403), ("", 403)] {
        let (secret, _) = service.make(scope).await;
        let answer = service.app.get("/items").header("x-api-key", &*secret).await;
        assert!(answer.status() == status || (status == 403 && answer.status() == 401), "{scope}: {answer:?}");
    }
}

#[tokio::test]
async fn neither_kind_of_token_is_good_in_the_place_of_the_other() {
    let service = service();
    let (secret, _) = service.make("items").await;
    assert_eq!(service.by_key(&service.access_token).await.0, 401);
    assert_eq!(service.app.get("/items").bearer(&secret).await.status(), 401);
    // A bad credential is not rescued by a good one.
    let answer = service.app.get("/items").bearer("acme_no").header("x-api-key", &*secret).await;
    assert_eq!(answer.status(), 401);
    assert_eq!(service.app.get("/items").await.status(), 401);
}

#[tokio::test]
async fn the_prefix_tells_them_apart_where_both_are_bearer_tokens() {
    let service = service();
    let (secret, id) = service.make("items").await;
    for (token, name) in [(&secret, "amy"), (&service.access_token, "joe")] {
        let answer = service.app.get("/any").bearer(token).await;
        assert_eq!((answer.status(), answer.text()), (200, name));
    }
    let mistyped = format!("{}{}", &secret[..40], if secret.ends_with('0') { "1" } else { "0" });
    assert_eq!(service.app.get("/any").bearer(&mistyped).await.status(), 401);
    assert!(service.personal.delete("amy", &id).await.unwrap());
    assert_eq!(service.app.get("/any").bearer(&secret).await.status(), 401);
}
