use super::{Optional, RequestError, Verdict, read};
use crate::credential::presented::BoundTokens;
use crate::token::{error::TokenError, policy::Policy};
use std::time::Duration;

const NOW: f64 = 1000.5;
const GOOD: &str = r#"{"active":true,"sub":"amy","exp":2000,"scope":"items"}"#;

/// `GOOD` with members added, or other JSON.
fn with(members: &str) -> String {
    if members.starts_with(['{', '[', ' ']) { members.to_owned() } else { GOOD.replace('}', &format!(",{members}}}")) }
}

/// The payload of an active token, or why it is refused.
fn said(json: &str, optional: Optional) -> Result<Result<String, TokenError>, String> {
    read(json, optional, NOW).map_err(|error| error.to_string()).map(|verdict| match verdict {
        Verdict::Active(answer) => answer
            .read(&Policy::default(), NOW, BoundTokens::Refused, |_, payload| Ok(payload.to_owned()))
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
        assert_eq!(said(json, Optional::default()).ok(), expected, "{json}");
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
        assert!(matches!(read(&with(members), Optional::default(), NOW), Err(RequestError::Answer)), "{members}");
    }
    let twice = r#"{"active":false,"x":1,"x":1}"#;
    assert!(matches!(read(twice, Optional::default(), NOW), Err(RequestError::Answer)));
}

#[test]
fn a_refresh_token_is_no_access_token() {
    let accepted = [
        r#""token_type":"Bearer""#,
        r#""token_type":"bearer""#,
        r#""token_type":"DPoP""#,
        r#""token_use":"access_token""#,
        r#""token_use":"access","token_type":"Bearer""#,
    ];
    let refused = [
        r#""token_type":"refresh_token""#,
        r#""token_type":"N_A""#,
        r#""token_type":"""#,
        r#""token_type":null"#,
        r#""token_type":["Bearer"]"#,
        r#""token_use":"refresh_token","token_type":"Bearer""#,
        r#""token_use":"id""#,
        r#""token_use":true"#,
    ];
    for members in accepted {
        assert!(matches!(said(&with(members), Optional::default()), Ok(Ok(_))), "{members}");
    }
    for members in refused {
        assert_eq!(said(&with(members), Optional::default()), Ok(Err(TokenError::TokenType)), "{members}");
    }
}

#[test]
fn members_that_the_rfc_does_not_require_are_filled_in_only_if_configured() {
    let (lifetime, client) = (Some(Duration::from_secs(60)), true);
    let optional = |lifetime, client_is_subject| Optional { lifetime, client_is_subject };
    let missing = |claim| Ok(Err(TokenError::MissingClaim(claim)));
    let filled = |json: &str| Ok(Ok(json.to_owned()));
    for (json, lifetime, client, expected) in [
        (r#"{"active":true,"sub":"amy"}"#, None, client, missing("exp")),
        (r#"{"active":true,"sub":"amy"}"#, lifetime, false, filled(r#"{"exp":1060,"active":true,"sub":"amy"}"#)),
        (r#"{"active":true,"exp":2000,"client_id":"c"}"#, lifetime, false, missing("sub")),
        (
            r#" { "active":true,"exp":2000,"client_id":"\u0063\"" } "#,
            None,
            client,
            filled(r#"{"sub":"\u0063\"", "active":true,"exp":2000,"client_id":"\u0063\"" } "#),
        ),
        (
            r#"{"active":true,"client_id":"c"}"#,
            lifetime,
            client,
            filled(r#"{"exp":1060,"sub":"c","active":true,"client_id":"c"}"#),
        ),
        // What is there counts, whatever it is.
        (r#"{"active":true,"sub":"amy","exp":900}"#, lifetime, client, Ok(Err(TokenError::Expired))),
        (r#"{"active":true,"sub":"","exp":2000,"client_id":"c"}"#, lifetime, client, Ok(Err(TokenError::EmptySubject))),
        (r#"{"active":true,"exp":2000}"#, lifetime, client, missing("sub")),
        (r#"{"active":true,"exp":2000,"client_id":""}"#, lifetime, client, Ok(Err(TokenError::EmptySubject))),
    ] {
        assert_eq!(said(json, optional(lifetime, client)), expected, "{json}");
    }
    let wrong = |json: &str| matches!(said(json, optional(lifetime, client)), Ok(Err(TokenError::WrongClaim { .. })));
    assert!(wrong(r#"{"active":true,"sub":"amy","exp":null}"#));
    assert!(wrong(r#"{"active":true,"sub":null,"exp":2000,"client_id":"c"}"#));
    assert!(wrong(r#"{"active":true,"exp":2000,"client_id":["c"]}"#));
}

#[test]
fn an_answer_is_not_shown() {
    let shown = read(GOOD, Optional::default(), NOW).map(|verdict| format!("{verdict:?}"));
    assert_eq!(shown.ok().as_deref(), Some("Active(Answer([redacted]))"));
}
