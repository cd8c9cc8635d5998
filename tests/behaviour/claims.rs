//! The configured claim grants the scopes of a token, and a token whose claim has another type is refused.

use axum_scopes::{
    HmacKey, TokenVerifier,
    testing::Mint,
    token::{ScopeClaim, VerifiedToken},
    verified, verified_as,
};
use axum_scopes_tests::prelude::*;
use serde_json::{Value, json};

use crate::answers::{accepted, not_enough, not_validated};

#[security(scopes = ["me", "items"])]
async fn items(Depends(claims): Depends<verified<Api>>) -> String {
    claims.scope.to_string()
}

#[security]
async fn anything(Depends(claims): Depends<verified<Api>>) -> String {
    claims.scope.to_string()
}

/// Reads no claim, so that a refusal does not depend on the type of claims.
#[derive(serde::Deserialize)]
struct NoClaims {}

impl Grants for NoClaims {
    fn grants(&self, _: &str) -> bool {
        true
    }
}

#[security]
async fn own_type(_: Depends<verified_as<Api, NoClaims>>) {}

/// Borrows from the payload of the token.
#[derive(serde::Deserialize)]
struct Tenant<'a> {
    tenant: &'a str,
}

#[security(scopes = ["me", "items"])]
async fn tenant(Depends(token): Depends<verified_as<Api, VerifiedToken>>) -> Result<String, AuthError> {
    let claims: Tenant<'_> = token.claims_as().map_err(|_| AuthError::bad_request("No tenant"))?;
    Ok(format!("{} of {}, {}", token.claims().sub, claims.tenant, token.claims().scope))
}

/// `GET path` with a token that has these members, at a service with `claim` configured.
async fn ask(claim: Option<ScopeClaim>, path: &str, members: &Value) -> Answer {
    let key = HmacKey::new([7; 32]).unwrap();
    let mut verifier = TokenVerifier::hs256(&key);
    if let Some(claim) = claim {
        verifier = verifier.scope_claim(claim);
    }
    let app = App::new(
        Router::new()
            .route("/", get(items))
            .route("/any", get(anything))
            .route("/own", get(own_type))
            .route("/tenant", get(tenant))
            .with_state(verifier),
    );
    let mut claims = json!({ "sub": "joe", "exp": 4_102_444_800_u64 });
    claims.as_object_mut().unwrap().extend(members.as_object().unwrap().clone());
    app.get(path).bearer(Mint::new(&key).claims(&claims)).await
}

#[tokio::test]
async fn claims_borrow_from_a_verified_token() {
    let of = |tenant: Value| json!({ "scope": "me items", "scopes": ["me"], "tenant": tenant });
    assert_eq!(ask(None, "/tenant", &of(json!("acme"))).await, accepted("joe of acme, me items"));
    // Here, too, only the configured claim grants.
    assert_eq!(ask(SCOPES, "/tenant", &of(json!("acme"))).await, not_enough("me items"));
    assert_eq!(ask(None, "/tenant", &json!({ "scope": "me", "tenant": "acme" })).await, not_enough("me items"));
    assert_eq!(ask(None, "/tenant", &json!({ "scope": [], "tenant": "acme" })).await, not_validated("me items"));
    for tenant in [json!(1), json!(null), json!("a\nb")] {
        assert_eq!(ask(None, "/tenant", &of(tenant)).await.status(), 400);
    }
}

#[test]
fn debug_output_of_a_verified_token_hides_its_payload() {
    let key = HmacKey::new([7; 32]).unwrap();
    let claims = json!({ "sub": "joe", "exp": 4_102_444_800_u64, "email": "joe@example.com" });
    let token = TokenVerifier::hs256(&key).verify_token(&Mint::new(&key).claims(&claims)).unwrap();
    assert!(token.claims_as::<Value>().unwrap()["email"] == "joe@example.com");
    let shown = format!("{token:?}");
    assert!(shown.contains("joe") && !shown.contains("example.com"), "{shown}");
}

const SCOPE: [Option<ScopeClaim>; 2] = [None, Some(ScopeClaim::Scope)];
const SCOPES: Option<ScopeClaim> = Some(ScopeClaim::Scopes);

#[tokio::test]
async fn the_configured_claim_grants() {
    for claim in SCOPE {
        assert_eq!(ask(claim, "/", &json!({ "scope": "items me" })).await, accepted("items me"));
        assert_eq!(ask(claim, "/", &json!({ "scope": "items" })).await, not_enough("me items"));
        assert_eq!(ask(claim, "/", &json!({ "scope": "  me   items  me " })).await, accepted("me items"));
    }
    assert_eq!(ask(SCOPES, "/", &json!({ "scopes": ["items", "me"] })).await, accepted("items me"));
    assert_eq!(ask(SCOPES, "/", &json!({ "scopes": ["items"] })).await, not_enough("me items"));
    assert_eq!(ask(SCOPES, "/", &json!({ "scopes": ["me", "items", "me", ""] })).await, accepted("me items"));
    // Escapes are decoded before names are compared.
    let escaped = r#"{"scopes":["\u006de","\u0069tems"]}"#;
    assert_eq!(ask(SCOPES, "/", &serde_json::from_str(escaped).unwrap()).await, accepted("me items"));
}

#[tokio::test]
async fn a_token_without_the_configured_claim_grants_nothing() {
    for (claim, members) in [
        (None, json!({})),
        (None, json!({ "scopes": ["me", "items"] })),
        (None, json!({ "scopes": "me items", "scp": "me items", "Scope": "me items" })),
        (None, json!({ "scope": "" })),
        (SCOPES, json!({})),
        (SCOPES, json!({ "scope": "me items" })),
        (SCOPES, json!({ "scope": ["me", "items"] })),
        (SCOPES, json!({ "scopes": [] })),
    ] {
        assert_eq!(ask(claim, "/", &members).await, not_enough("me items"), "{members}");
        assert_eq!(ask(claim, "/any", &members).await, accepted(""), "{members}");
    }
}

/// Values of every JSON type except the type of `scope`.
fn no_strings() -> Vec<Value> {
    vec![
        json!([]),
        json!(["me", "items"]),
        json!(["me items"]),
        json!([1]),
        json!(0),
        json!(1.5),
        json!(-1),
        json!(u64::MAX),
        json!(true),
        json!(false),
        json!(null),
        json!({}),
        json!({ "me": "items" }),
        json!({ "scope": "me items" }),
        json!([["me", "items"]]),
    ]
}

/// Values of every JSON type except the type of `scopes`.
fn no_lists_of_strings() -> Vec<Value> {
    let mut values: Vec<_> = no_strings().into_iter().filter(|value| !value.is_array()).collect();
    values.extend([
        json!(""),
        json!("me"),
        json!("me items"),
        json!("[\"me\",\"items\"]"),
        json!(["me", "items", 1]),
        json!([1, "me", "items"]),
        json!(["me", "items", null]),
        json!(["me", "items", true]),
        json!(["me", "items", 1.5]),
        json!(["me", "items", {}]),
        json!(["me", "items", []]),
        json!(["me", "items", ["admin"]]),
        json!([["me", "items"]]),
        json!([{ "me": true }]),
    ]);
    values
}

#[tokio::test]
async fn a_configured_claim_of_another_type_is_refused() {
    for value in no_strings() {
        for claim in SCOPE {
            assert_eq!(ask(claim, "/", &json!({ "scope": value })).await, not_validated("me items"), "{value}");
            assert_eq!(ask(claim, "/any", &json!({ "scope": value })).await.status(), 401, "{value}");
            assert_eq!(ask(claim, "/own", &json!({ "scope": value })).await.status(), 401, "{value}");
        }
    }
    for value in no_lists_of_strings() {
        assert_eq!(ask(SCOPES, "/", &json!({ "scopes": value })).await, not_validated("me items"), "{value}");
        assert_eq!(ask(SCOPES, "/any", &json!({ "scopes": value })).await.status(), 401, "{value}");
        assert_eq!(ask(SCOPES, "/own", &json!({ "scopes": value })).await.status(), 401, "{value}");
    }
}

#[tokio::test]
async fn the_other_claim_is_ignored_in_any_type() {
    for value in no_strings().into_iter().chain(no_lists_of_strings()) {
        for claim in SCOPE {
            let members = json!({ "scope": "me items", "scopes": value });
            assert_eq!(ask(claim, "/", &members).await, accepted("me items"), "{value}");
        }
        let members = json!({ "scope": value, "scopes": ["me", "items"] });
        assert_eq!(ask(SCOPES, "/", &members).await, accepted("me items"), "{value}");
    }
}

#[tokio::test]
async fn scopes_of_the_two_claims_never_add_up() {
    let both = json!({ "scope": "me", "scopes": ["items"] });
    assert_eq!(ask(None, "/", &both).await, not_enough("me items"));
    assert_eq!(ask(SCOPES, "/", &both).await, not_enough("me items"));
    assert_eq!(ask(None, "/any", &both).await, accepted("me"));
    assert_eq!(ask(SCOPES, "/any", &both).await, accepted("items"));
}

/// It is one name that no scheme can declare. If it were split, it would grant two scopes that nobody granted.
#[tokio::test]
async fn a_name_with_a_space_is_never_split() {
    for list in [
        json!(["me items"]),
        json!(["me", "x items"]),
        json!(["me", "items "]),
        json!(["me", " items"]),
        json!([" "]),
        json!(["me", "items", "a b"]),
    ] {
        assert_eq!(ask(SCOPES, "/", &json!({ "scopes": list })).await, not_validated("me items"), "{list}");
    }
}

/// Only a space separates names (RFC 6749 §3.3).
#[tokio::test]
async fn other_whitespace_separates_nothing() {
    for blank in ["\t", "\n", "\r\n", "\u{a0}", "\u{2003}", ",", ";", "+", "%20", "\0"] {
        let text = format!("me{blank}items");
        assert_eq!(ask(None, "/", &json!({ "scope": text })).await, not_enough("me items"), "{blank:?}");
        assert_eq!(ask(SCOPES, "/", &json!({ "scopes": [text] })).await, not_enough("me items"), "{blank:?}");
    }
}
