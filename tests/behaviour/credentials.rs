//! A valid `Authorization` header is accepted in every form, and every other one is answered with 401.

use axum::http::HeaderValue;
use axum_scopes::{HmacKey, TokenVerifier, testing::Mint, verified};
use axum_scopes_tests::prelude::*;

use crate::answers::{accepted, not_authenticated, not_validated};

#[security(scopes = ["items"])]
async fn items(Depends(claims): Depends<verified<Api>>) -> String {
    claims.sub.into()
}

/// A service with one route, and a token that it accepts.
fn app() -> (App, String) {
    let key = HmacKey::new([7; 32]).unwrap();
    let token = Mint::new(&key).valid("joe", "items");
    (App::new(Router::new().route("/", get(items)).with_state(TokenVerifier::hs256(&key))), token)
}

async fn ask(app: &App, authorization: &[&[u8]]) -> Answer {
    app.get("/").headers("authorization", authorization.iter().copied()).await
}

/// Header values in which `@` stands for a valid token.
fn with_token(values: &[&str], token: &str) -> Vec<Vec<u8>> {
    values.iter().map(|value| value.replace('@', token).into_bytes()).collect()
}

#[tokio::test]
async fn a_token_is_accepted_after_the_scheme_in_any_case() {
    let (app, token) = app();
    for value in ["Bearer @", "bearer @", "BEARER @", "bEaReR @", "Bearer  @", "Bearer     @", "Bearer \t@"] {
        let value = value.replace('@', &token);
        assert_eq!(ask(&app, &[value.as_bytes()]).await, accepted("joe"), "{value:?}");
    }
}

#[tokio::test]
async fn a_request_without_a_credential_of_the_scheme_is_not_authenticated() {
    let (app, token) = app();
    assert_eq!(ask(&app, &[]).await, not_authenticated());
    let values = [
        "",
        " ",
        "@",
        "Basic @",
        "Basic Og==",
        "Digest @",
        "Token @",
        "JWT @",
        "Bearer@",
        "Bearer:@",
        "Bearer: @",
        "Bearer,@",
        "Bearer=@",
        "Bearer\t@",
        "Bearers @",
        "Beare @",
        " Bearer @",
        "\tBearer @",
        "\"Bearer\" @",
        "OAuth @",
        "Basic Bearer @",
        "Authorization: Bearer @",
        "Bearer\u{a0}@",
        "Be\u{e4}rer @",
        "Bearer @\u{e9}",
        "Bearer \u{feff}@",
        "Bearer \u{1f512}",
        "\u{0412}earer @",
    ];
    for value in with_token(&values, &token) {
        assert_eq!(ask(&app, &[&value]).await, not_authenticated(), "{:?}", String::from_utf8_lossy(&value));
    }
    for bytes in [&b"Bearer \xff"[..], b"\xff", b"Bearer \x80abc", b"Bearer \xc3\x28", b"Bearer\xa0abc"] {
        assert_eq!(ask(&app, &[bytes]).await, not_authenticated(), "{bytes:?}");
    }
}

/// This is stricter than FastAPI, which takes the first header. A proxy in front may have read the other one.
#[tokio::test]
async fn two_headers_are_no_credential() {
    let (app, token) = app();
    let good = format!("Bearer {token}");
    for other in [good.as_str(), "", "Bearer", "Bearer x", "Basic Og=="] {
        assert_eq!(ask(&app, &[good.as_bytes(), other.as_bytes()]).await, not_authenticated(), "{other}");
        assert_eq!(ask(&app, &[other.as_bytes(), good.as_bytes()]).await, not_authenticated(), "{other}");
    }
    let thrice = [good.as_bytes(); 3];
    assert_eq!(ask(&app, &thrice).await, not_authenticated());
}

#[tokio::test]
async fn malformed_tokens_are_not_validated() {
    let (app, token) = app();
    let values = [
        "Bearer",
        "Bearer ",
        "Bearer  ",
        "Bearer \t",
        "Bearer x",
        "Bearer .",
        "Bearer ..",
        "Bearer ...",
        "Bearer @ ",
        "Bearer @\t",
        "Bearer @ @",
        "Bearer @,",
        "Bearer @, Bearer @",
        "Bearer \"@\"",
        "Bearer Bearer @",
        "Bearer =@",
        "Bearer @.",
        "Bearer .@",
        "Bearer @=",
        "Bearer %20@",
        "Bearer null",
        "Bearer undefined",
        "Bearer {}",
    ];
    for value in with_token(&values, &token) {
        assert_eq!(ask(&app, &[&value]).await, not_validated("items"), "{:?}", String::from_utf8_lossy(&value));
    }
}

#[derive(serde::Serialize)]
struct Padded {
    sub: &'static str,
    exp: u64,
    scope: &'static str,
    padding: String,
}

/// This is stricter than FastAPI, which has no limit. No access token is that long, and to read it costs the service work.
#[tokio::test]
async fn a_token_longer_than_16_kib_is_not_validated() {
    let (app, _) = app();
    let mint = Mint::new(&HmacKey::new([7; 32]).unwrap());
    let token = |padding: usize| {
        let padding = "x".repeat(padding);
        mint.claims(&Padded { sub: "joe", exp: 4_102_444_800, scope: "items", padding })
    };
    let longest = (12_000..12_300).map(token).take_while(|token| token.len() <= 16 * 1024).last().unwrap();
    assert!(longest.len() > 16 * 1024 - 4);
    assert_eq!(ask(&app, &[format!("Bearer {longest}").as_bytes()]).await.status(), 200);
    for padding in [12_300, 100_000, 1_000_000] {
        assert_eq!(
            ask(&app, &[format!("Bearer {}", token(padding)).as_bytes()]).await,
            not_validated("items"),
            "{padding}"
        );
    }
    for byte in [b'a', b'.', b' ', b'='] {
        let value = [b"Bearer x".to_vec(), vec![byte; 100_000]].concat();
        assert_eq!(ask(&app, &[&value]).await, not_validated("items"), "{}", char::from(byte));
    }
}

#[tokio::test]
async fn an_additional_byte_in_any_place_is_answered_with_401() {
    let (app, token) = app();
    let good = format!("Bearer {token}").into_bytes();
    for at in (0..12).chain([good.len() / 2, good.len() - 1, good.len()]) {
        for byte in (0..=255).filter(|byte| HeaderValue::from_bytes(&[*byte]).is_ok()) {
            let mut value = good.clone();
            value.insert(at, byte);
            let answer = ask(&app, &[&value]).await;
            // Additional whitespace between the scheme and the token is allowed.
            let expected = if at == 7 && (byte == b' ' || byte == b'\t') || at == 6 && byte == b' ' {
                accepted("joe")
            } else if at < 7 || !(byte == b'\t' || (b' '..=b'~').contains(&byte)) {
                not_authenticated()
            } else {
                not_validated("items")
            };
            assert_eq!(answer, expected, "{:?}", String::from_utf8_lossy(&value));
        }
    }
}
