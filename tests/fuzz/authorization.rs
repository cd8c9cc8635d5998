//! A target that sends `Authorization` headers to a route with the ready-made dependency, in both styles of refusals.

use std::sync::LazyLock;

use axum::{Router, http::HeaderValue, routing::get};
use axum_scopes::{Depends, Flows, OAuth2Scheme, scheme::ErrorStyle, security, verified};
use axum_scopes_test_support::{Answer, App};

use crate::{
    oracle::token::{Accepted, Verdict},
    service::answer,
    tokens::{CONFIGURATIONS, signed},
};

struct Plain;

impl OAuth2Scheme for Plain {
    const FLOWS: Flows = Flows::password("token");
    const SCOPES: &[(&str, &str)] = &[("items", "Read items.")];
}

struct Styled;

impl OAuth2Scheme for Styled {
    const FLOWS: Flows = Flows::password("token");
    const SCOPES: &[(&str, &str)] = &[("items", "Read items.")];
    const ERROR_STYLE: ErrorStyle = ErrorStyle::Rfc6750;
}

#[security(scopes = ["items"])]
async fn plain(Depends(claims): Depends<verified<Plain>>) -> String {
    claims.sub.into()
}

#[security(scopes = ["items"])]
async fn styled(Depends(claims): Depends<verified<Styled>>) -> String {
    claims.sub.into()
}

static APP: LazyLock<App> = LazyLock::new(|| {
    let verifier = CONFIGURATIONS[0].verifier.clone();
    App::new(Router::new().route("/plain", get(plain)).route("/styled", get(styled)).with_state(verifier))
});

/// The tokens that the bytes from 1 on stand for. No header may contain these bytes.
static TOKENS: LazyLock<[String; 4]> = LazyLock::new(|| {
    let keys = &CONFIGURATIONS[1].rules.keys;
    let token = |key: usize, claims: &str| signed(&keys[key], claims.as_bytes());
    [
        token(0, r#"{"sub":"joe","exp":4102444800,"scope":"items"}"#),
        token(0, r#"{"sub":"joe","exp":4102444800,"scope":"item"}"#),
        token(0, r#"{"sub":"joe","exp":1,"scope":"items"}"#),
        token(1, r#"{"sub":"joe","exp":4102444800,"scope":"items"}"#),
    ]
});

/// Sends one header for each line. Some bytes stand for tokens.
pub fn authorization(data: &[u8]) {
    let mut values: Vec<HeaderValue> = Vec::new();
    for line in data.split(|byte| *byte == b'\n') {
        let Ok(value) = HeaderValue::from_bytes(&expanded(line)) else { return };
        values.push(value);
    }
    let expected = expected(&values);
    let send = |path: &str| answer(APP.get(path).headers("authorization", &values));
    let (plain, styled) = (send("/plain"), send("/styled"));
    match expected {
        Expected::Unclear => (),
        Expected::User(user) => {
            for answer in [plain, styled] {
                assert_eq!(answer, (200, None, user.as_str()));
            }
        }
        Expected::NotEnough => {
            assert_refused([plain, styled], [401, 403], "Not enough permissions", "insufficient_scope")
        }
        Expected::NotValid => {
            assert_refused([plain, styled], [401, 401], "Could not validate credentials", "invalid_token");
        }
        Expected::NotAuthenticated => assert_refused([plain, styled], [401, 401], "Not authenticated", ""),
        Expected::Repeated => assert_refused([plain, styled], [401, 400], "Not authenticated", "invalid_request"),
    }
}

fn expanded(line: &[u8]) -> Vec<u8> {
    let token = |byte: &u8| TOKENS.get(usize::from(*byte).wrapping_sub(1));
    line.iter()
        .flat_map(|byte| token(byte).map_or(std::slice::from_ref(byte), |token| token.as_bytes()))
        .copied()
        .collect()
}

enum Expected {
    User(String),
    NotEnough,
    NotValid,
    NotAuthenticated,
    Repeated,
    Unclear,
}

/// The result by RFC 6750 §2.1, with the case and the spaces that RFC 9110 §11.1 allows.
fn expected(values: &[HeaderValue]) -> Expected {
    let [value] = values else { return Expected::Repeated };
    let value = value.as_bytes();
    if !value.iter().all(|byte| matches!(byte, b'\t' | 0x20..=0x7e)) {
        return Expected::NotAuthenticated;
    }
    let name = value.iter().take_while(|byte| **byte != b' ').count();
    if !value[..name].eq_ignore_ascii_case(b"bearer") {
        return Expected::NotAuthenticated;
    }
    let blank = value[name..].iter().take_while(|byte| matches!(byte, b' ' | b'\t')).count();
    let token = str::from_utf8(&value[name + blank..]).expect("ASCII");
    match CONFIGURATIONS[0].rules.judge(token) {
        Verdict::Accepted(Accepted { sub, scope, .. }) if scope.split(' ').any(|scope| scope == "items") => {
            Expected::User(sub)
        }
        Verdict::Accepted(_) => Expected::NotEnough,
        Verdict::Refused => Expected::NotValid,
        Verdict::Unclear => Expected::Unclear,
    }
}

/// Asserts that a refusal has exactly this content, so that it repeats nothing of the request.
fn assert_refused([plain, styled]: [Answer; 2], statuses: [u16; 2], detail: &str, error: &str) {
    assert_eq!([plain.status(), styled.status()], statuses);
    assert_eq!(plain.text(), format!(r#"{{"detail":"{detail}"}}"#));
    assert!(plain.challenge().is_some_and(|challenge| ["Bearer", "Bearer scope=\"items\""].contains(&challenge)));
    let challenge = styled.challenge().expect("a challenge");
    assert!(challenge.starts_with("Bearer") && challenge.contains(error) && challenge.len() < 200, "{challenge}");
    assert!(styled.text().contains(error) && styled.text().len() < 200, "{styled:?}");
}
