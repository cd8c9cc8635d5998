//! The ready-made dependencies accept valid tokens, and refuse all others.

mod logged;
mod refused;
mod stricter;

use axum_scopes::{Grants, HmacKey, TokenVerifier, verified, verified_as};
use axum_scopes_test_support::Jws;
use axum_scopes_tests::prelude::*;
use serde::Deserialize;

use crate::answers::{accepted, not_enough, not_validated};

const HEADER: &str = r#"{"alg":"HS256","typ":"JWT"}"#;
const CLAIMS: &str = r#"{"sub":"joe","exp":4102444800,"scope":"items me","scopes":["items"]}"#;
const SECRET: [u8; 32] = [7; 32];

/// A token with a valid signature and any content.
fn token(header: impl AsRef<[u8]>, claims: impl AsRef<[u8]>) -> String {
    Jws::new(header, claims).hs256(SECRET)
}

/// `CLAIMS` with members added.
fn claims_and(members: &str) -> String {
    CLAIMS.replace('}', &format!(",{members}}}"))
}

/// `CLAIMS` with the value of one member replaced. An empty value removes the member.
fn claims_with(member: &str, value: &str) -> String {
    let mut claims: serde_json::Map<_, serde_json::Value> = serde_json::from_str(CLAIMS).unwrap();
    claims.remove(member);
    let others = serde_json::to_string(&claims).unwrap();
    if value.is_empty() { others } else { others.replace('}', &format!(r#","{member}":{value}}}"#)) }
}

#[security(scopes = ["items"])]
async fn items(Depends(claims): Depends<verified<Api>>) -> String {
    claims.sub.into()
}

/// Scopes as older tutorials write them, as a list with another name. No other claim is read, so that a refusal does not
/// depend on the type of claims.
#[derive(Deserialize)]
struct ListClaims {
    scopes: Vec<String>,
}

impl Grants for ListClaims {
    fn grants(&self, scope: &str) -> bool {
        self.scopes.grants(scope)
    }
}

#[security(scopes = ["items"])]
async fn items_of_list(Depends(claims): Depends<verified_as<Api, ListClaims>>) -> String {
    claims.scopes.join(" ")
}

#[security]
async fn anything(Depends(claims): Depends<verified<Api>>) -> String {
    claims.scope.to_string()
}

fn verifier() -> TokenVerifier {
    TokenVerifier::hs256(&HmacKey::new(SECRET).unwrap())
}

fn app_with(verifier: TokenVerifier) -> App {
    App::new(
        Router::new()
            .route("/", get(items))
            .route("/list", get(items_of_list))
            .route("/anything", get(anything))
            .with_state(verifier),
    )
}

fn app() -> App {
    app_with(verifier())
}

async fn assert_not_validated(tokens: impl IntoIterator<Item = String>) {
    // A verifier remembers the headers of good tokens, and must be as strict with one that it knows.
    let (app, knowing) = (app(), app());
    assert_eq!(knowing.get("/").bearer(token(HEADER, CLAIMS)).await, accepted("joe"));
    for token in tokens {
        for (app, path) in [(&app, "/"), (&app, "/list"), (&knowing, "/")] {
            assert_eq!(app.get(path).bearer(&token).await, not_validated("items"), "{path} {token}");
        }
    }
}

#[tokio::test]
async fn a_good_token_is_accepted() {
    assert_eq!(app().get("/").bearer(token(HEADER, CLAIMS)).await, accepted("joe"));
    for members in [r#""nbf":1"#, r#""iat":1.5"#, r#""iss":"x""#, r#""jti":"x""#, r#""x":{"aud":1}"#] {
        assert_eq!(app().get("/").bearer(token(HEADER, claims_and(members))).await, accepted("joe"), "{members}");
    }
    for header in [r#"{"alg":"HS256"}"#, r#"{"typ":"at+jwt","alg":"HS256","kid":"1"}"#] {
        assert_eq!(app().get("/").bearer(token(header, CLAIMS)).await, accepted("joe"), "{header}");
    }
}

#[tokio::test]
async fn a_good_token_without_the_scope_is_not_enough() {
    let app = app();
    for scope in ["", r#""""#, r#""me""#, r#""item""#, r#""ITEMS""#, r#""itemsme""#, r#""me items2""#] {
        assert_eq!(
            app.get("/").bearer(token(HEADER, claims_with("scope", scope))).await,
            not_enough("items"),
            "{scope}"
        );
    }
    assert_eq!(app.get("/anything").bearer(token(HEADER, claims_with("scope", ""))).await.status(), 200);
}

#[tokio::test]
async fn the_challenge_names_no_scopes_where_none_are_required() {
    let answer = app().get("/anything").bearer("x").await;
    assert_eq!((answer.status(), answer.challenge()), (401, Some("Bearer")));
}

#[tokio::test]
async fn a_configured_issuer_and_audience_are_checked() {
    let app = app_with(verifier().issuer("https://id").audience("api"));
    for (members, expected) in [
        (r#""iss":"https://id","aud":"api""#, accepted("joe")),
        (r#""iss":"https://id","aud":["other","api"]"#, accepted("joe")),
        (r#""iss":"https://id""#, not_validated("items")),
        (r#""aud":"api""#, not_validated("items")),
        (r#""iss":"https://other","aud":"api""#, not_validated("items")),
        (r#""iss":"https://id/","aud":"api""#, not_validated("items")),
        (r#""iss":["https://id"],"aud":"api""#, not_validated("items")),
        (r#""iss":"https://id","aud":"API""#, not_validated("items")),
        (r#""iss":"https://id","aud":[]"#, not_validated("items")),
        (r#""iss":"https://id","aud":["api",1]"#, not_validated("items")),
        (r#""iss":"https://id","aud":null"#, not_validated("items")),
    ] {
        assert_eq!(app.get("/").bearer(token(HEADER, claims_and(members))).await, expected, "{members}");
    }
}

#[tokio::test]
async fn claims_are_read_into_a_type_of_the_service() {
    for (scopes, expected) in [
        (r#"["me","items"]"#, accepted("me items")),
        (r#"["me"]"#, not_enough("items")),
        ("[]", not_enough("items")),
        (r#"["items me"]"#, not_enough("items")),
    ] {
        assert_eq!(app().get("/list").bearer(token(HEADER, claims_with("scopes", scopes))).await, expected, "{scopes}");
    }
}
