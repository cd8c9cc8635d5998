use super::{BoundTokens, RequestError, Verdict, read};
use crate::token::{error::TokenError, policy::Policy};
use std::time::Duration;

const NOW: f64 = 1000.5;
const GOOD: &str = r#"{"active":true,"sub":"amy","exp":2000,"scope":"items"}"#;

/// `GOOD` with members added, or other JSON.
fn with(members: &str) -> String {
    if members.starts_with(['{', '[', ' ']) { members.to_owned() } else { GOOD.replace('}', &format!(",{members}}}")) }
}

/// The payload of an active token, or why it is refused.
fn said(json: &str, lifetime: Option<Duration>) -> Result<Result<String, TokenError>, String> {
    read(json, lifetime, NOW).map_err(|error| error.to_string()).map(|verdict| match verdict {
        Verdict::Active(answer) => answer
            .read(&Policy::default(), NOW, BoundTokens::Unchecked, |_, payload| Ok(payload.to_owned()))
            .map(|(payload, _)| payload),
        Verdict::Refused(error) => Err(error),
    })
}

#[test]
fn active_is_a_boolean() {
    for (json, expected) in [
        (GOOD, Some(Ok(GOOD.to_owned()))),
        (r#"{"active":false}"#, Some(Err(TokenError::Inactive))),
        // RFC 7662 §2.2: nothing else is said of an inactive token, so nothing else counts.
        (r#"{"active":false,"sub":"amy","exp":"soon","token_type":1}"#, Some(Err(TokenError::Inactive))),
        (r#"{"active":"true","sub":"amy","exp":2000}"#, None),
        (r#"{"active":1,"sub":"amy","exp":2000}"#, None),
        (r#"{"active":null,"sub":"amy","exp":2000}"#, None),
        (r#"{"active":[true],"sub":"amy","exp":2000}"#, None),
        (r#"{"Active":true,"sub":"amy","exp":2000}"#, None),
        (r#"{"sub":"amy","exp":2000}"#, None),
        (r#"[true]"#, None),
        ("true", None),
        ("", None),
        ("{", None),
        (r#"{"active":true}x"#, None),
        (r#"{"active":true,"sub":"amy","exp":2000}{}"#, None),
    ] {
        assert_eq!(said(json, None).ok(), expected, "{json}");
    }
}

#[test]
fn no_name_stands_twice_at_any_depth() {
    for members in [
        r#""active":true"#,
        r#""active":false"#,
        r#""\u0061ctive":false"#,
        r#""scope":"admin""#,
        r#""x":1,"x":1"#,
        r#""x":{"y":1,"y":1}"#,
        r#""x":[[{"y":1,"\u0079":1}]]"#,
        r#""cnf":{"jkt":"a","jkt":"a"}"#,
    ] {
        assert!(matches!(read(&with(members), None, NOW), Err(RequestError::Answer)), "{members}");
    }
    let twice = r#"{"active":false,"x":1,"x":1}"#;
    assert!(matches!(read(twice, None, NOW), Err(RequestError::Answer)));
}

#[test]
fn a_refresh_token_is_no_access_token() {
    let accepted = [
        r#""token_type":"Bearer""#,
        r#""token_type":"bearer""#,
        r#""token_type":"DPoP","cnf":{"jkt":"0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I"}"#,
        r#""token_use":"access_token""#,
        r#""token_use":"access","token_type":"Bearer""#,
        r#""typ":"Bearer""#,
        r#""typ":1"#,
    ];
    let refused = [
        r#""token_type":"refresh_token""#,
        // It would need a proof, and is bound to no key.
        r#""token_type":"DPoP""#,
        r#""token_type":"N_A""#,
        r#""token_type":"""#,
        r#""token_type":null"#,
        r#""token_type":["Bearer"]"#,
        r#""token_use":"refresh_token","token_type":"Bearer""#,
        r#""token_use":"id""#,
        r#""token_use":true"#,
        r#""typ":"Refresh""#,
        r#""typ":"Offline","token_type":"Bearer""#,
        r#""typ":"ID""#,
        r#""typ":"L\u006fgout""#,
    ];
    for members in accepted {
        assert!(matches!(said(&with(members), None), Ok(Ok(_))), "{members}");
    }
    for members in refused {
        assert_eq!(said(&with(members), None), Ok(Err(TokenError::TokenType)), "{members}");
    }
}

#[test]
fn a_missing_exp_is_filled_in_only_if_configured() {
    let lifetime = Some(Duration::from_secs(60));
    let without = r#"{"active":true,"sub":"amy"}"#;
    assert_eq!(said(without, None), Ok(Err(TokenError::MissingClaim("exp"))));
    for (json, expected) in [
        (without, r#"{"exp":1060,"active":true,"sub":"amy"}"#),
        (" \n{ \"active\":true,\"sub\":\"amy\" } ", "{\"exp\":1060, \"active\":true,\"sub\":\"amy\" } "),
        (GOOD, GOOD),
    ] {
        assert_eq!(said(json, lifetime), Ok(Ok(expected.to_owned())), "{json}");
    }
    // What is there counts, whatever it is.
    assert_eq!(said(r#"{"active":true,"sub":"amy","exp":900}"#, lifetime), Ok(Err(TokenError::Expired)));
    for exp in ["null", "\"2000\"", "-1"] {
        let json = format!(r#"{{"active":true,"sub":"amy","exp":{exp}}}"#);
        assert!(matches!(said(&json, lifetime), Ok(Err(TokenError::WrongClaim { .. }))), "{json}");
    }
}

#[test]
fn an_answer_is_not_shown() {
    let shown = read(GOOD, None, NOW).map(|verdict| format!("{verdict:?}"));
    assert_eq!(shown.ok().as_deref(), Some("Active(Answer([redacted]))"));
}
