//! The log names the rule and the claim that a token was refused for. The client learns nothing of them.

use axum_scopes_test_support::logged;

use super::*;

#[tokio::test]
async fn the_log_names_the_rule_and_not_the_value() {
    for (verifier, token, expected) in [
        (verifier(), "a.b".to_owned(), "token is malformed"),
        (verifier(), token(HEADER, r#"["secret"]"#), "claims are not a JSON object"),
        (verifier(), token(HEADER, claims_with("sub", "")), "`sub` is missing"),
        (verifier(), token(HEADER, claims_with("sub", r#""""#)), "`sub` is empty"),
        (verifier(), token(HEADER, claims_with("exp", r#""secret""#)), "`exp` has the wrong type: a string"),
        (
            verifier(),
            token(HEADER, claims_with("scope", r#"["secret"]"#)),
            "`scope` has the wrong type: a list of names",
        ),
        (verifier().issuer("https://id"), token(HEADER, claims_and(r#""iss":"secret""#)), r#"expected=["https://id"]"#),
        (verifier().audience("api"), token(HEADER, claims_and(r#""aud":"secret""#)), r#"expected=["api"]"#),
    ] {
        let (answer, lines) = logged(app_with(verifier).get("/").bearer(&token)).await;
        assert_eq!(answer, not_validated("items"));
        assert!(matches!(&lines[..], [line] if line.contains(expected) && !line.contains("secret")), "{lines:?}");
    }
    let of_another_type = token(HEADER, claims_with("scopes", r#""secret""#));
    let (_, lines) = logged(app().get("/list").bearer(&of_another_type)).await;
    assert!(lines[0].contains("do not fit the service's claims type"), "{lines:?}");
}
