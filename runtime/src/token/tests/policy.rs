//! The rules that every policy has, by claims that each break one.

use crate::credential::presented::BoundTokens;
use crate::token::{
    error::TokenError::{self, EmptySubject, Expired, MissingClaim, NotYetValid, WrongClaim},
    policy::Policy,
};

const NOW: f64 = 1000.5;
const GOOD: &str = r#"{"sub":"johndoe","exp":4102444800}"#;

/// `GOOD` with members added, or only `members` where they begin with a brace or bracket.
fn claims_with(members: &str) -> String {
    if members.starts_with(['{', '[']) { members.to_owned() } else { GOOD.replace('}', &format!(",{members}}}")) }
}

#[test]
fn claims_of_another_shape_are_refused() {
    let deep = format!(r#""x":{}{}"#, "[".repeat(128), "]".repeat(128));
    let refused = [
        r#"["johndoe",4102444800]"#,
        r#"{"exp":4102444800}"#,
        r#"{"sub":"","exp":4102444800}"#,
        r#"{"sub":1,"exp":4102444800}"#,
        r#"{"sub":null,"exp":4102444800}"#,
        r#"{"sub":"johndoe"}"#,
        r#"{"sub":"johndoe","exp":null}"#,
        r#"{"sub":"johndoe","exp":true}"#,
        r#"{"sub":"johndoe","exp":"4102444800"}"#,
        r#"{"sub":"johndoe","exp":[4102444800]}"#,
        r#"{"sub":"johndoe","exp":1e999}"#,
        r#"{"sub":"johndoe","exp":NaN}"#,
        r#""nbf":"0""#,
        r#""nbf":null"#,
        r#""iat":"0""#,
        r#""iat":null"#,
        r#""iss":1"#,
        r#""iss":null"#,
        r#""aud":1"#,
        r#""aud":null"#,
        r#""aud":["api",1]"#,
        r#""aud":{"api":1}"#,
        r#""jti":1"#,
        r#""jti":null"#,
        r#""scope":["me"]"#,
        r#""scope":null"#,
        r#""sub":"johndoe""#,
        r#""exp":4102444800"#,
        r#""e\u0078p":4102444800"#,
        r#""nbf":1,"nbf":1"#,
        r#""iat":1,"iat":1"#,
        r#""iss":"a","iss":"a""#,
        r#""aud":"api","aud":"api""#,
        r#""jti":"a","jti":"a""#,
        r#""scope":"me","scope":"me items""#,
        r#""x":1,"x":2"#,
        r#""x":[{"y":1,"y":2}]"#,
        r#""scp":[{"y":1,"y":2}]"#,
        r#""client_id":{"y":{"z":1,"z":2}}"#,
        r#""scopes":{"y":"\ud800"}"#,
        &deep,
    ];
    let no_objects = ["".into(), format!("{GOOD}x"), format!("{GOOD}{{}}"), format!("\u{feff}{GOOD}")];
    for claims in refused.map(claims_with).into_iter().chain(no_objects) {
        // Which of them, `claim_fault` tests.
        let refused = Policy::default().check(&claims, NOW, BoundTokens::Refused);
        let is_refused =
            matches!(refused, Err(TokenError::Claims | MissingClaim(_) | WrongClaim { .. } | EmptySubject));
        assert!(is_refused, "{claims}: {refused:?}");
    }
}

#[test]
fn claims_without_a_meaning_are_ignored() {
    let brackets = format!(r#""x":"\"{}""#, "[".repeat(128));
    let wide = format!(r#""x":[{}[]]"#, "[],".repeat(200));
    let accepted = [r#""x":{"x":1,"y":1}"#, r#""iat":1.5,"nbf":0,"jti":"\n","scope":"","iss":"a""#, &brackets, &wide];
    for members in accepted {
        assert!(Policy::default().check(&claims_with(members), NOW, BoundTokens::Refused).is_ok(), "{members}");
    }
}

#[test]
fn times_are_kept_to_the_fraction() {
    let out_of_range = |claim| WrongClaim { claim, found: "a number out of range" };
    for (leeway, times, expected) in [
        (0.0, r#""exp":1001"#, Ok(())),
        (0.0, r#""exp":1000.75"#, Ok(())),
        (0.0, r#""exp":1000.5"#, Err(Expired)),
        (0.0, r#""exp":1000"#, Err(Expired)),
        (0.0, r#""exp":0"#, Err(Expired)),
        (0.0, r#""exp":-0.0"#, Err(Expired)),
        (0.0, r#""exp":-1"#, Err(out_of_range("exp"))),
        (0.0, r#""exp":-0.5"#, Err(out_of_range("exp"))),
        (0.0, r#""exp":1.8e19"#, Ok(())),
        (0.0, r#""exp":18446744073709551616"#, Err(out_of_range("exp"))),
        (0.0, r#""exp":1e300"#, Err(out_of_range("exp"))),
        (0.0, r#""exp":2000,"nbf":-1"#, Err(out_of_range("nbf"))),
        (0.0, r#""exp":2000,"iat":-1"#, Err(out_of_range("iat"))),
        (5.0, r#""exp":995.75"#, Ok(())),
        (5.0, r#""exp":995.5"#, Err(Expired)),
        (0.0, r#""exp":2000,"nbf":1000.5"#, Ok(())),
        (0.0, r#""exp":2000,"nbf":1000.75"#, Err(NotYetValid)),
        (5.0, r#""exp":2000,"nbf":1005.5"#, Ok(())),
        (5.0, r#""exp":2000,"nbf":1006"#, Err(NotYetValid)),
        (0.0, r#""exp":2000,"iat":3000"#, Ok(())),
    ] {
        let policy = Policy { leeway, ..Policy::default() };
        let claims = format!(r#"{{"sub":"johndoe",{times}}}"#);
        assert_eq!(policy.check(&claims, NOW, BoundTokens::Refused).map(|_| ()), expected, "{claims} {leeway}");
    }
}
