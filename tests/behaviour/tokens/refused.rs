//! An invalid token is refused with the same 401, for whatever reason it is invalid.

use std::time::{SystemTime, UNIX_EPOCH};

use super::*;

#[tokio::test]
async fn an_expired_token_is_refused() {
    let expired = ["1", "0", "-1", "1000000000", "1000000000.5", "-1e300"];
    assert_not_validated(expired.map(|exp| token(HEADER, claims_with("exp", exp)))).await;
    // Without a leeway, nothing is accepted after its time.
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs();
    assert_not_validated([now, now - 1].map(|exp| token(HEADER, claims_with("exp", &exp.to_string())))).await;
}

#[tokio::test]
async fn a_token_that_is_not_valid_yet_is_refused() {
    assert_not_validated(["4102444799", "1e300"].map(|nbf| token(HEADER, claims_and(&format!(r#""nbf":{nbf}"#)))))
        .await;
}

#[tokio::test]
async fn a_truncated_token_is_refused() {
    let whole = token(HEADER, CLAIMS);
    assert_not_validated((0..whole.len()).map(|at| whole[..at].to_owned())).await;
    assert_not_validated((1..whole.len()).map(|at| whole[at..].to_owned())).await;
    let segments: Vec<&str> = whole.split('.').collect();
    let [header, claims, signature] = segments[..] else { panic!("{whole}") };
    assert_not_validated([
        format!("{header}.{claims}"),
        Jws::new(HEADER, CLAIMS).with_signature(""),
        format!("{header}..{signature}"),
        format!(".{claims}.{signature}"),
        format!("{claims}.{header}.{signature}"),
        format!("{whole}.{signature}"),
    ])
    .await;
}

#[tokio::test]
async fn a_changed_token_is_refused() {
    let whole = token(HEADER, CLAIMS);
    let changed = (0..whole.len()).map(|at| {
        let other = if whole.as_bytes()[at] == b'A' { "B" } else { "A" };
        format!("{}{other}{}", &whole[..at], &whole[at + 1..])
    });
    assert_not_validated(changed).await;
    let others = Jws::new(HEADER, CLAIMS.replace("items", "admin items"));
    assert_not_validated([others.with_signature_of(&whole)]).await;
}

#[tokio::test]
async fn a_token_of_another_key_is_refused() {
    let jws = Jws::new(HEADER, CLAIMS);
    assert_not_validated([
        jws.hs256([8; 32]),
        jws.hs256([7; 31]),
        jws.hs256([7; 33]),
        jws.hs256(""),
        // The key in the header is not used.
        Jws::new(r#"{"alg":"HS256","jwk":{"kty":"oct","k":""}}"#, CLAIMS).hs256(""),
        Jws::new(r#"{"alg":"HS256","kid":"/dev/null"}"#, CLAIMS).hs256([0; 32]),
    ])
    .await;
}

/// The verifier decides on the algorithm. A token that names another one is refused, even with a valid signature.
#[tokio::test]
async fn a_token_of_another_algorithm_is_refused() {
    let algorithms = [
        r#""none""#,
        r#""None""#,
        r#""NONE""#,
        r#""hs256""#,
        r#""Hs256""#,
        r#""HS256 ""#,
        r#""HS384""#,
        r#""HS512""#,
        r#""RS256""#,
        r#""ES256""#,
        r#""""#,
        "null",
        "1",
        r#"["HS256"]"#,
        r#"{"alg":"HS256"}"#,
    ];
    let headers = algorithms.map(|alg| format!(r#"{{"typ":"JWT","alg":{alg}}}"#));
    assert_not_validated(headers.iter().map(|header| token(header, CLAIMS))).await;
    assert_not_validated(headers.iter().map(|header| Jws::new(header, CLAIMS).with_signature(""))).await;
    assert_not_validated([token(r#"{"typ":"JWT"}"#, CLAIMS), token("{}", CLAIMS)]).await;
}

#[tokio::test]
async fn a_header_that_is_not_understood_is_refused() {
    let headers = [
        r#"{"alg":"HS256","alg":"HS256"}"#,
        r#"{"alg":"none","alg":"HS256"}"#,
        r#"{"alg":"HS256","typ":"JWE"}"#,
        r#"{"alg":"HS256","typ":1}"#,
        r#"["HS256"]"#,
        r#""HS256""#,
        "HS256",
        "null",
        "",
        "{",
        r#"{"alg":"HS256"}}"#,
    ];
    assert_not_validated(headers.map(|header| token(header, CLAIMS))).await;
    assert_not_validated([token([0xff], CLAIMS), token([b'['; 10_000], CLAIMS)]).await;
}

#[tokio::test]
async fn claims_of_another_type_are_refused() {
    let wrong = [
        ("sub", "1"),
        ("sub", "null"),
        ("sub", r#"["joe"]"#),
        ("sub", r#""""#),
        ("sub", "{}"),
        ("sub", ""),
        ("exp", r#""4102444800""#),
        ("exp", "null"),
        ("exp", "true"),
        ("exp", "[4102444800]"),
        ("exp", "1e999"),
        ("nbf", r#""1""#),
        ("nbf", "null"),
        ("nbf", "false"),
        ("nbf", "[]"),
        ("iat", r#""1""#),
        ("iat", "null"),
        ("aud", "1"),
        ("aud", "null"),
        ("aud", "{}"),
        ("iss", "1"),
        ("iss", "null"),
        ("iss", r#"["x"]"#),
        ("jti", "1"),
    ];
    assert_not_validated(wrong.map(|(claim, value)| token(HEADER, claims_with(claim, value)))).await;
    let no_objects = ["", "null", "1", "true", r#""joe""#, "[]", r#"["joe",4102444800]"#, "{", "{}", "{}{}"];
    assert_not_validated(no_objects.map(|claims| token(HEADER, claims))).await;
    assert_not_validated([token(HEADER, [0xff]), token(HEADER, [b'{'; 10_000]), token(HEADER, [b'['; 10_000])]).await;
}
