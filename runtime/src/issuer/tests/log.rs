//! The log of a failed refresh and of the tokens that wait for it: it has the issuer and the reason, and nothing of a token.

use axum_scopes_test_support::Log;

use super::{
    provider::{DOCUMENT, Page, Provider},
    requests::ask,
    *,
};

#[tokio::test(start_paused = true)]
async fn the_issuer_and_the_reason_are_logged_once_for_each_refresh() -> Tested {
    let (log, _guard) = Log::listen();
    let fake = Fake::new(Answer::Error(RefreshError::Status(502)));
    let verifier = fake.verifier();
    let token = Signer::new("a-secret-name")?.token(URL);
    for _ in 0..10 {
        assert!(is_unavailable(verify(&verifier, &token).await));
    }
    let logged = log.text();
    let warnings: Vec<_> = logged.lines().filter(|line| line.starts_with("WARN")).collect();
    assert_eq!(warnings.len(), 1, "{logged}");
    assert!(warnings[0].contains(URL) && warnings[0].contains("status 502"), "{logged}");
    assert!(!logged.contains("a-secret-name") && !token.split('.').any(|part| logged.contains(part)), "{logged}");
    Ok(())
}

/// The log has the rule and the accepted issuers or audiences, and nothing of the token.
#[tokio::test]
async fn a_refused_token_is_logged_with_the_expected_values() -> Tested {
    let known = Signer::new("1")?;
    let [provider, other] = [Provider::with_keys(&[&known]).await?, Provider::with_keys(&[&known]).await?];
    let [issuer, with_audience] = [Issuer::new(&provider.url), Issuer::new(&other.url).audience("urn:api")];
    let verifier = IssuerVerifier::start([issuer, with_audience])?;
    let both = format!("expected=[{:?}, {:?}]", provider.url, other.url);
    for (issuer, expected) in [
        ("https://secret.example", ["token is from another issuer", both.as_str()]),
        (&other.url, ["token is for another audience", r#"expected=["urn:api"]"#]),
    ] {
        let (log, _guard) = Log::listen();
        let answer = ask(&verifier, "/items", Some(&known.token(issuer))).await;
        assert_eq!((answer.status(), answer.text()), (401, r#"{"detail":"Could not validate credentials"}"#));
        let logged = log.text();
        assert!(expected.iter().all(|expected| logged.contains(expected)) && !logged.contains("secret"), "{logged}");
    }
    Ok(())
}

/// The log also reports when the keys of a failing issuer are too old.
#[tokio::test(start_paused = true)]
async fn keys_that_are_too_old_are_logged() -> Tested {
    let (log, _guard) = Log::listen();
    let fake = Fake::of(&[&Signer::new("1")?])?;
    let _verifier = fake.verifier();
    seconds(1).await;
    fake.answers(Answer::Error(RefreshError::Status(502)));
    seconds(2 * 24 * 3600).await;
    let logged = log.text();
    let given_up: Vec<_> = logged.lines().filter(|line| line.contains("too old to be used")).collect();
    assert!(matches!(given_up[..], [line] if line.contains(URL)), "{given_up:?}");
    Ok(())
}

/// Parse errors quote the document.
#[tokio::test]
async fn lines_of_the_log_are_short_for_any_answer_of_the_issuer() -> Tested {
    let known = Signer::new("1")?;
    let long = "x".repeat(100_000);
    for (path, page) in [
        (DOCUMENT, format!("\"{long}\"")),
        (DOCUMENT, format!(r#"{{"issuer":"{long}","jwks_uri":"{long}"}}"#)),
        ("/keys", format!("\"{long}\"")),
        ("/keys", format!(r#"{{"keys":"{long}"}}"#)),
        ("/keys", format!(r#"{{"keys":[{{"kid":"{long}","kty":1}}]}}"#)),
    ] {
        let (log, _guard) = Log::listen();
        let provider = Provider::with_keys(&[&known]).await?;
        provider.serve(path, Page::Json(page));
        assert!(provider.first_refresh().await?.is_err());
        let lines = log.text();
        assert!(lines.contains("WARN") && lines.lines().all(|line| line.len() < 500), "{} {path}", lines.len());
    }
    Ok(())
}
