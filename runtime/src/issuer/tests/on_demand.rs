//! Refreshes that tokens cause: at most one in 30 seconds, and none if no key could help.

use super::*;

#[tokio::test(start_paused = true)]
async fn unknown_keys_cause_one_refresh_in_30_seconds() -> Tested {
    let (known, other) = (Signer::new("known")?, Signer::new("other")?);
    let fake = Fake::of(&[&known])?;
    let verifier = fake.verifier();
    verify(&verifier, &known.token(URL)).await?;
    assert_eq!(fake.asked(), 1);
    for expected in [2, 2, 3] {
        let tasks: Vec<_> = (0..100)
            .map(|i| {
                let header = format!(r#"{{"alg":"EdDSA","kid":"{i}"}}"#);
                let token = other.sign(&header, &format!(r#"{{"iss":"{URL}"}}"#));
                let verifier = verifier.clone();
                tokio::spawn(async move { verify(&verifier, &token).await })
            })
            .collect();
        for task in tasks {
            assert_eq!(task.await?, UNKNOWN);
        }
        assert_eq!(fake.asked(), expected);
        seconds(16).await;
    }
    Ok(())
}

#[tokio::test(start_paused = true)]
async fn a_new_key_is_found_at_once_and_the_old_one_is_gone() -> Tested {
    let (old, new) = (Signer::new("old")?, Signer::new("new")?);
    let fake = Fake::of(&[&old])?;
    let verifier = fake.verifier();
    verify(&verifier, &old.token(URL)).await?;
    fake.answers(keys(&[&new])?);
    verify(&verifier, &old.token(URL)).await?;
    let all = (0..10).map(|_| {
        let (verifier, token) = (verifier.clone(), new.token(URL));
        tokio::spawn(async move { verify(&verifier, &token).await })
    });
    for task in all.collect::<Vec<_>>() {
        task.await??;
    }
    assert_eq!(fake.asked(), 2);
    assert_eq!(verify(&verifier, &old.token(URL)).await, UNKNOWN);
    assert_eq!(fake.asked(), 2);
    Ok(())
}

#[tokio::test(start_paused = true)]
async fn a_failed_refresh_is_not_repeated_for_tokens_and_removes_no_key() -> Tested {
    let (known, other) = (Signer::new("known")?, Signer::new("other")?);
    for error in [RefreshError::Status(500), RefreshError::TooManyKeys, RefreshError::Timeout] {
        let fake = Fake::of(&[&known])?;
        let verifier = fake.verifier();
        verify(&verifier, &known.token(URL)).await?;
        fake.answers(Answer::Error(error.clone()));
        for _ in 0..20 {
            // It is unknown whether the key exists.
            assert!(is_unavailable(verify(&verifier, &other.token(URL)).await));
            verify(&verifier, &known.token(URL)).await?;
        }
        assert_eq!(fake.asked(), 2);
        assert!(verifier.is_ready());
        assert_eq!(verifier.status().remove(0).last_failure.map(|(_, error)| error), Some(error));
        fake.answers(keys(&[&other])?);
        seconds(31).await;
        verify(&verifier, &other.token(URL)).await?;
        assert_eq!(fake.asked(), 3);
    }
    Ok(())
}

#[tokio::test(start_paused = true)]
async fn a_token_that_no_key_can_verify_causes_no_refresh() -> Tested {
    let (known, other) = (Signer::new("known")?, Signer::new("other")?);
    let fake = Fake::of(&[&known])?;
    let verifier = IssuerVerifier::of([fake.keeper(Issuer::new(URL).algorithms([Algorithm::EdDSA, Algorithm::ES256]))]);
    let claims = format!(r#"{{"iss":"{URL}","sub":"amy","exp":4102444800}}"#);
    let of = |algorithm| other.sign(&format!(r#"{{"alg":"{algorithm}","kid":"x"}}"#), &claims);
    let hopeless = [
        (String::new(), TokenError::Malformed),
        ("a.b".to_owned(), TokenError::Malformed),
        (of("none"), TokenError::Algorithm),
        (of("HS256"), TokenError::Algorithm),
        (of("RS256"), TokenError::Algorithm),
        (other.sign("{", &claims), TokenError::Header),
        (other.sign(r#"{"alg":"EdDSA","kid":"x"}"#, "{}"), TokenError::Issuer),
        (other.sign(r#"{"alg":"EdDSA","kid":"x"}"#, "[]"), TokenError::Claims),
        (other.token("https://id.example.com/"), TokenError::Issuer),
        (other.token("https://evil.example.com"), TokenError::Issuer),
    ];
    // Without keys, and then with keys.
    for _ in 0..2 {
        for (token, because) in &hopeless {
            assert_eq!(verify(&verifier, token).await, Err(VerifyError::Token(because.clone())), "{token}");
        }
        seconds(1).await;
    }
    // With one issuer, the signature is checked before `iss`.
    for claims in [&claims, "{}", "[]"] {
        assert_eq!(
            verify(&verifier, &other.sign(r#"{"alg":"EdDSA","kid":"known"}"#, claims)).await,
            Err(VerifyError::Token(TokenError::Signature))
        );
    }
    let foreign = known.token("https://evil.example.com");
    assert_eq!(verify(&verifier, &foreign).await, Err(VerifyError::Token(TokenError::Issuer)));
    assert_eq!(fake.asked(), 1);
    // The algorithm is accepted, but no key has it yet.
    assert_eq!(verify(&verifier, &of("ES256")).await, Err(VerifyError::Token(TokenError::Algorithm)));
    assert_eq!(fake.asked(), 2);
    Ok(())
}

#[tokio::test(start_paused = true)]
async fn a_token_waits_for_the_refresh_that_it_needs_and_no_longer() -> Tested {
    let (known, other) = (Signer::new("known")?, Signer::new("other")?);
    let fake = Fake::new(Answer::Hang);
    let verifier = fake.verifier();
    let begun = tokio::time::Instant::now();
    assert!(is_unavailable(verify(&verifier, &known.token(URL)).await));
    assert_eq!(begun.elapsed().as_secs(), 5);
    assert!(!verifier.is_ready());
    assert_eq!(verifier.status().remove(0).last_failure.map(|(_, error)| error), Some(RefreshError::Timeout));
    fake.answers(keys(&[&known])?);
    seconds(30).await;
    verify(&verifier, &known.token(URL)).await?;
    fake.answers(Answer::Hang);
    let (waiting, token) = (verifier.clone(), other.token(URL));
    let waiting = tokio::spawn(async move { verify(&waiting, &token).await });
    seconds(1).await;
    // A token whose key is known does not wait.
    let begun = tokio::time::Instant::now();
    verify(&verifier, &known.token(URL)).await?;
    assert!(begun.elapsed().is_zero());
    assert!(is_unavailable(waiting.await?));
    Ok(())
}

/// A thousand requests are held open. The others get 503 at once.
#[tokio::test(start_paused = true)]
async fn at_most_a_thousand_tokens_wait_for_one_refresh() -> Tested {
    let (known, other) = (Signer::new("known")?, Signer::new("other")?);
    let fake = Fake::of(&[&known])?;
    let verifier = fake.verifier();
    verify(&verifier, &known.token(URL)).await?;
    fake.answers(Answer::Hang);
    let begun = tokio::time::Instant::now();
    let (token, good) = (other.token(URL), known.token(URL));
    let all: Vec<_> = (0..1500)
        .map(|_| {
            let (verifier, token) = (verifier.clone(), token.clone());
            tokio::spawn(async move { (is_unavailable(verify(&verifier, &token).await), begun.elapsed().as_secs()) })
        })
        .collect();
    seconds(1).await;
    assert_eq!(all.iter().filter(|task| task.is_finished()).count(), 500);
    verify(&verifier, &good).await?;
    for task in all {
        assert!(matches!(task.await?, (true, 0 | 5)));
    }
    // A request that has waited frees its place.
    fake.answers(keys(&[&other])?);
    seconds(31).await;
    verify(&verifier, &token).await?;
    assert_eq!(fake.asked(), 3);
    Ok(())
}
