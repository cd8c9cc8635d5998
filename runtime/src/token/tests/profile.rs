//! The JSON Web Token Profile for OAuth 2.0 Access Tokens (RFC 9068), by tokens that each break one rule.

use serde_json::{Value, json};

use super::{mint, verifier};
use crate::token::{
    error::TokenError::{self, Audience, Header, Issuer, MissingClaim, WrongClaim},
    verifier::TokenVerifier,
};

const TYPE: &str = r#"{"alg":"HS256","typ":"at+jwt"}"#;

fn of_the_profile() -> TokenVerifier {
    verifier().rfc9068("https://id", "api")
}

/// RFC 9068 §2.2
fn claims() -> Value {
    json!({
        "iss": "https://id", "sub": "johndoe", "aud": "api", "exp": 4_102_444_800_u64,
        "client_id": "s6BhdRkqt3", "iat": 1_618_354_090, "jti": "dbe39bf3a3ba4238a513f51d6e1691c4",
    })
}

#[track_caller]
fn assert_verifies(header: &str, claims: &Value, expected: Result<(), TokenError>) {
    let token = mint(header, claims.to_string());
    assert_eq!(of_the_profile().verify(&token).map(drop), expected, "{header} {claims}");
    assert_eq!(of_the_profile().verify_as::<Value>(&token).map(drop), expected, "{header} {claims}");
}

#[test]
fn every_claim_is_required() {
    assert_verifies(TYPE, &claims(), Ok(()));
    for (name, because) in [
        ("iss", Issuer),
        ("sub", MissingClaim("sub")),
        ("aud", Audience),
        ("exp", MissingClaim("exp")),
        ("client_id", MissingClaim("client_id")),
        ("iat", MissingClaim("iat")),
        ("jti", MissingClaim("jti")),
    ] {
        let mut without = claims();
        without.as_object_mut().unwrap().remove(name);
        assert_verifies(TYPE, &without, Err(because));
    }
}

#[test]
fn every_claim_has_its_type() {
    let wrong = |claim, found| Err(WrongClaim { claim, found });
    for (name, value, expected) in [
        ("client_id", json!("an\"escaped\n one"), Ok(())),
        ("client_id", json!(1), wrong("client_id", "a number")),
        ("client_id", json!(null), wrong("client_id", "null")),
        ("client_id", json!(["s6BhdRkqt3"]), wrong("client_id", "a list of names")),
        ("iat", json!(1.5), Ok(())),
        ("iat", json!("1"), wrong("iat", "a string")),
        ("jti", json!(1), wrong("jti", "a number")),
        ("aud", json!(["other", "api"]), Ok(())),
        ("aud", json!("other"), Err(Audience)),
        ("iss", json!("https://id/"), Err(Issuer)),
    ] {
        let mut changed = claims();
        changed[name] = value;
        assert_verifies(TYPE, &changed, expected);
    }
}

#[test]
fn the_type_of_the_token_is_required() {
    for (typ, expected) in [
        (r#","typ":"at+jwt""#, Ok(())),
        (r#","typ":"AT+JWT""#, Ok(())),
        (r#","typ":"application/at+jwt""#, Ok(())),
        ("", Err(Header)),
        (r#","typ":"JWT""#, Err(Header)),
        (r#","typ":"application/jwt""#, Err(Header)),
        (r#","typ":"application/application/at+jwt""#, Err(Header)),
        (r#","typ":"id+jwt""#, Err(Header)),
    ] {
        assert_verifies(&format!(r#"{{"alg":"HS256"{typ}}}"#), &claims(), expected);
    }
}

/// Other profiles require none of this.
#[test]
fn other_tokens_need_no_profile() {
    let few = json!({"sub": "johndoe", "exp": 4_102_444_800_u64, "client_id": 1});
    assert!(verifier().verify(&mint(TYPE, few.to_string())).is_ok());
    assert!(verifier().verify(&mint(r#"{"alg":"HS256"}"#, few.to_string())).is_ok());
}

#[test]
fn configured_types_take_the_place_of_the_profiles() {
    let of = |typ: &str| mint(format!(r#"{{"alg":"HS256"{typ}}}"#), claims().to_string());
    let types = |verifier: TokenVerifier| verifier.token_types(["JWT", "application/x+jwt"]);
    for verifier in [types(of_the_profile()), types(verifier()).rfc9068("https://id", "api")] {
        for (typ, expected) in [
            (r#","typ":"jwt""#, Ok(())),
            (r#","typ":"application/JWT""#, Ok(())),
            (r#","typ":"X+jwt""#, Ok(())),
            (r#","typ":"at+jwt""#, Err(Header)),
            (r#","typ":"application/application/jwt""#, Err(Header)),
            (r#","typ":"""#, Err(Header)),
            ("", Err(Header)),
        ] {
            assert_eq!(verifier.verify(&of(typ)).map(drop), expected, "{typ}");
        }
        // The other rules stay.
        assert_eq!(verifier.verify(&mint(r#"{"alg":"HS256","typ":"JWT"}"#, "{}")).map(drop), Err(MissingClaim("sub")));
    }
    let elsewhere = verifier().issuer("https://id").audience("api").token_types(["x+jwt"]);
    assert_eq!(elsewhere.verify(&of(r#","typ":"x+jwt""#)).map(drop), Ok(()));
    for typ in ["", r#","typ":"JWT""#, r#","typ":"at+jwt""#] {
        assert_eq!(elsewhere.verify(&of(typ)).map(drop), Err(Header), "{typ}");
    }
    let text = verifier().issuer("https://id").audience("api").token_types(["text/jwt"]);
    assert_eq!(text.verify(&of(r#","typ":"Text/JWT""#)).map(drop), Ok(()));
    assert_eq!(text.verify(&of(r#","typ":"application/text/jwt""#)).map(drop), Err(Header));
    let none = verifier().issuer("https://id").audience("api").token_types([""; 0]);
    assert_eq!(none.verify(&of(r#","typ":"JWT""#)).map(drop), Err(Header));
}
