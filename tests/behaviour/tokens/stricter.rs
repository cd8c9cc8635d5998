//! Some tokens are refused although FastAPI's tutorial accepts them, each for its own reason.

use axum_scopes_test_support::base64url;

use super::*;

/// FastAPI's tutorial answers 500, as if the fault were one of the service.
#[tokio::test]
async fn a_scope_that_is_no_string_is_refused() {
    let scopes = [r#"["items"]"#, r#"{"items":true}"#, "null", "1", "true"];
    assert_not_validated(scopes.map(|scope| token(HEADER, claims_with("scope", scope)))).await;
    for scopes in ["", r#""items""#, "null", "1", r#"["items",1]"#, r#"[["items"]]"#, r#"{"0":"items"}"#] {
        let token = token(HEADER, claims_with("scopes", scopes));
        assert_eq!(app().get("/list").bearer(&token).await, not_validated("items"), "{scopes}");
    }
}

/// A token that never expires cannot be revoked (RFC 9700 §2.2 recommends short-lived tokens).
#[tokio::test]
async fn a_token_without_an_expiry_is_refused() {
    assert_not_validated([token(HEADER, claims_with("exp", ""))]).await;
}

/// RFC 7515 §4.1.11: a verifier must not ignore an extension that the issuer marks as critical.
#[tokio::test]
async fn a_critical_extension_is_refused() {
    let values = [r#"["b64"]"#, r#"["exp"]"#, "[]", "null", r#""exp""#];
    assert_not_validated(values.map(|crit| token(format!(r#"{{"alg":"HS256","crit":{crit}}}"#), CLAIMS))).await;
}

/// RFC 7515 §2 forbids padding. So one token has one spelling, and a list of revoked tokens cannot be bypassed.
#[tokio::test]
async fn a_padded_token_is_refused() {
    let whole = token(HEADER, CLAIMS);
    assert_not_validated([format!("{whole}="), format!("{whole}==")]).await;
    let (header, claims) = (base64url(r#"{"alg":"HS256"}"#), base64url(CLAIMS));
    for padded in [format!("{header}=.{claims}"), format!("{header}.{claims}="), format!("{header}.{claims}==")] {
        assert_not_validated([Jws::encoded(padded).hs256(SECRET)]).await;
    }
    let last = whole.bytes().last().unwrap();
    assert_not_validated([format!("{}{}", &whole[..whole.len() - 1], char::from(last + 1))]).await;
}

/// RFC 8725 §2.4: two readers of one token must not find different subjects or scopes in it.
#[tokio::test]
async fn a_claim_that_is_named_twice_is_refused() {
    let twice = [
        r#""sub":"joe""#,
        r#""sub":"admin""#,
        r#""exp":4102444800"#,
        r#""scope":"items me""#,
        r#""scope":"admin""#,
        r#""nbf":1,"nbf":1"#,
        r#""aud":"api","aud":"api""#,
        r#""s\u0075b":"admin""#,
    ];
    assert_not_validated(twice.map(|members| token(HEADER, claims_and(members)))).await;
}

/// RFC 7519 §4.1.3: a service must refuse a token whose audiences do not include it.
#[tokio::test]
async fn a_token_for_an_audience_is_refused_where_none_is_configured() {
    let audiences = [r#""api""#, r#"["api"]"#, "[]", r#""""#];
    assert_not_validated(audiences.map(|aud| token(HEADER, claims_and(&format!(r#""aud":{aud}"#))))).await;
}

/// RFC 6749 §3.3 has no other separator, but Python's `split` accepts each of these.
#[tokio::test]
async fn only_a_space_separates_scopes() {
    for separator in [r"\t", r"\n", r"\r", r"\u000b", r"\u001c", r"\u00a0", r"\u2003", r"\u3000", ",", "+"] {
        let claims = claims_with("scope", &format!(r#""me{separator}items""#));
        assert_eq!(app().get("/").bearer(token(HEADER, claims)).await, not_enough("items"), "{separator}");
    }
    assert_eq!(app().get("/").bearer(token(HEADER, claims_with("scope", r#""  me   items ""#))).await, accepted("joe"));
}
