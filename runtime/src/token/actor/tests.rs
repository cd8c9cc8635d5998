//! Delegations as tokens have them, and as attackers write them.

use std::time::Duration;

use super::MOST_ACTORS;
use crate::token::{
    claims::Claims,
    error::TokenError::{self, WrongClaim},
    verified::VerifiedToken,
};

const NOBODY: &str = "an object that identifies nobody, or too many";

fn token(payload: &str) -> VerifiedToken {
    VerifiedToken::of(Claims::new("amy", "items", Duration::from_secs(60))).with_payload(payload)
}

/// `iss`, `sub` and prior actors of the actor in a token with this `act`.
fn actor(act: &str) -> Result<(Option<String>, String, Vec<String>), TokenError> {
    let token = token(&format!(r#"{{"sub":"amy","act":{act},"scope":"items"}}"#));
    let actor = token.actor()?.ok_or(TokenError::MissingClaim("act"))?;
    let prior = actor.prior_for_information().map(|prior| prior.to_string()).collect();
    Ok((actor.iss().map(str::to_owned), actor.sub().to_owned(), prior))
}

/// A chain of this many actors, the outermost of which is `a1`.
fn chain(count: usize) -> String {
    (1..=count).rev().fold(String::new(), |inner, i| {
        let comma = if inner.is_empty() { "" } else { r#","act":"# };
        format!(r#"{{"sub":"a{i}"{comma}{inner}}}"#)
    })
}

/// RFC 8693 §4.1, figures 5 and 6.
#[test]
fn the_outermost_actor_is_the_current_one() {
    assert_eq!(token(r#"{"sub":"amy"}"#).actor(), Ok(None));
    assert_eq!(actor(r#"{"sub":"admin@example.com"}"#), Ok((None, "admin@example.com".into(), vec![])));
    let figure = r#"{"sub":"https://service16.example.com","act":{"sub":"https://service77.example.com"}}"#;
    let prior = vec!["https://service77.example.com".to_owned()];
    assert_eq!(actor(figure), Ok((None, "https://service16.example.com".into(), prior)));
    let three = r#"{"act":{"sub":"b","iss":"i","act":{"sub":"c"}},"sub":"a","iss":"j","exp":1,"client_id":"x"}"#;
    assert_eq!(actor(three), Ok((Some("j".into()), "a".into(), vec!["b of i".into(), "c".into()])));
}

#[test]
fn actors_borrow_from_the_payload() {
    let token = token(r#"{"act":{"sub":"assistant"}}"#);
    let Ok(Some(actor)) = token.actor() else { unreachable!("there is an actor") };
    assert!(token.payload().as_bytes().as_ptr_range().contains(&actor.sub().as_ptr()));
}

#[test]
fn an_act_that_identifies_nobody_is_refused() {
    for (act, found) in [
        (r#""admin""#, "a string"),
        ("null", "null"),
        ("true", "a boolean"),
        ("1", "a number"),
        (r#"["admin"]"#, "a list of names"),
        (r#"[{"sub":"admin"}]"#, "a list with more than names in it"),
        ("{}", NOBODY),
        (r#"{"iss":"i"}"#, NOBODY),
        (r#"{"client_id":"c"}"#, NOBODY),
        (r#"{"sub":""}"#, NOBODY),
        (r#"{"sub":null}"#, NOBODY),
        (r#"{"sub":1}"#, NOBODY),
        (r#"{"sub":["admin"]}"#, NOBODY),
        (r#"{"sub":"admin","iss":null}"#, NOBODY),
        (r#"{"sub":"admin","iss":1}"#, NOBODY),
        // The history has to be one, too.
        (r#"{"sub":"admin","act":null}"#, NOBODY),
        (r#"{"sub":"admin","act":"b"}"#, NOBODY),
        (r#"{"sub":"admin","act":{}}"#, NOBODY),
        (r#"{"sub":"admin","act":{"sub":""}}"#, NOBODY),
        (r#"{"sub":"admin","act":["b"]}"#, NOBODY),
    ] {
        assert_eq!(actor(act), Err(WrongClaim { claim: "act", found }), "{act}");
    }
}

#[test]
fn a_member_that_is_repeated_is_refused() {
    let refused = Err(WrongClaim { claim: "act", found: NOBODY });
    for act in [
        r#"{"sub":"admin","sub":"root"}"#,
        r#"{"sub":"admin","s\u0075b":"root"}"#,
        r#"{"sub":"admin","act":{"sub":"b"},"act":{"sub":"c"}}"#,
        r#"{"sub":"admin","act":{"sub":"b","sub":"c"}}"#,
        r#"{"sub":"admin","other":{"a":1,"a":2}}"#,
    ] {
        assert_eq!(actor(act), refused, "{act}");
    }
    let twice = token(r#"{"sub":"amy","act":{"sub":"admin"},"act":{"sub":"root"}}"#);
    assert_eq!(twice.actor(), Err(WrongClaim { claim: "act", found: NOBODY }));
}

#[test]
fn a_chain_has_a_greatest_length() {
    let longest = actor(&chain(MOST_ACTORS));
    assert_eq!(longest.map(|(_, sub, prior)| (sub, prior.len())), Ok(("a1".into(), MOST_ACTORS - 1)));
    // The last ones are deeper than the JSON parser goes.
    for count in [MOST_ACTORS + 1, 100, 200, 5_000] {
        assert!(actor(&chain(count)).is_err(), "{count}");
    }
}

#[test]
fn a_payload_that_is_no_object_is_refused() {
    for payload in ["", "[]", "null", r#""act""#, "{", r#"{"sub":"amy"}x"#] {
        assert_eq!(token(payload).actor(), Err(TokenError::Claims), "{payload}");
        assert_eq!(token(payload).may_act(), Err(TokenError::Claims), "{payload}");
    }
}

/// RFC 8693 §4.4.
#[test]
fn who_may_act_is_read_apart_from_who_does() {
    let both = token(r#"{"act":{"sub":"a"},"may_act":{"sub":"b","iss":"i"}}"#);
    let may_act =
        both.may_act().map(|party| party.map(|party| (party.sub().to_owned(), party.iss().map(str::to_owned))));
    assert_eq!(may_act, Ok(Some(("b".into(), Some("i".into())))));
    assert_eq!(both.actor().map(|actor| actor.map(|actor| actor.sub().to_owned())), Ok(Some("a".into())));
    assert_eq!(token(r#"{"act":{"sub":"a"}}"#).may_act(), Ok(None));
    assert_eq!(token(r#"{"may_act":{"sub":"b"}}"#).actor(), Ok(None));
    for (claim, found) in [("{}", NOBODY), (r#""b""#, "a string"), (r#"{"sub":"b","sub":"c"}"#, NOBODY)] {
        let refused = token(&format!(r#"{{"may_act":{claim}}}"#));
        assert_eq!(refused.may_act(), Err(WrongClaim { claim: "may_act", found }), "{claim}");
    }
}

#[test]
fn a_prior_actor_cannot_write_a_line_of_the_log() {
    let act = r#"{"sub":"a","act":{"sub":"b\n2026 token accepted","iss":"\u001b[2J"}}"#;
    let prior = actor(act).map(|(.., prior)| prior);
    assert_eq!(prior, Ok(vec![r"b\n2026 token accepted of \u{1b}[2J".to_owned()]));
    let token = token(&format!(r#"{{"act":{act}}}"#));
    let shown = token.actor().map(|actor| actor.map(|actor| format!("{:?}", actor.prior_for_information().next())));
    assert_eq!(shown, Ok(Some(r"Some(PriorActor(b\n2026 token accepted of \u{1b}[2J))".to_owned())));
}
