//! The cache of verified tokens across refreshes.

use super::*;
use crate::jose::tests::work::VERIFICATIONS;

fn caching() -> Issuer {
    Issuer::new(URL).token_cache(100).refresh_interval(Duration::from_secs(100))
}

/// The result, and the number of verified signatures.
async fn counted(verifier: &IssuerVerifier, token: &str) -> (Result<(), VerifyError>, usize) {
    let before = VERIFICATIONS.get();
    (verify(verifier, token).await, VERIFICATIONS.get() - before)
}

#[tokio::test(start_paused = true)]
async fn the_cache_is_off_by_default() -> Tested {
    let known = Signer::new("known")?;
    let fake = Fake::of(&[&known])?;
    let (off, on) = (fake.verifier(), IssuerVerifier::of([fake.keeper(caching())]));
    let token = known.token(URL);
    for again in [1, 0, 0] {
        assert_eq!(counted(&on, &token).await, (Ok(()), again));
        assert_eq!(counted(&on.clone(), &token).await, (Ok(()), 0));
        assert_eq!(counted(&off, &token).await, (Ok(()), 1));
    }
    // One configuration, two caches.
    let issuer = caching();
    for keeper in [fake.keeper(issuer.clone()), fake.keeper(issuer)] {
        let verifier = IssuerVerifier::of([keeper]);
        assert_eq!(counted(&verifier, &token).await, (Ok(()), 1));
    }
    Ok(())
}

#[tokio::test(start_paused = true)]
async fn tokens_of_a_key_that_stays_stay_cached() -> Tested {
    let (stays, new) = (Signer::new("stays")?, Signer::new("new")?);
    let fake = Fake::of(&[&stays])?;
    let verifier = IssuerVerifier::of([fake.keeper(caching())]);
    let token = stays.token(URL);
    assert_eq!(counted(&verifier, &token).await, (Ok(()), 1));
    // The key is read again at another index.
    fake.answers(keys(&[&new, &stays])?);
    seconds(101).await;
    assert_eq!(fake.asked(), 2);
    assert_eq!(counted(&verifier, &token).await, (Ok(()), 0));
    Ok(())
}

#[tokio::test(start_paused = true)]
async fn cached_tokens_of_a_removed_key_are_refused() -> Tested {
    let (old, same_name, new) = (Signer::new("a")?, Signer::new("a")?, Signer::new("b")?);
    let replaced = Err(VerifyError::Token(TokenError::Signature));
    for (answer, expected) in [(keys(&[&new])?, (UNKNOWN, 0)), (keys(&[&same_name])?, (replaced, 1))] {
        let fake = Fake::of(&[&old])?;
        let verifier = IssuerVerifier::of([fake.keeper(caching())]);
        let token = old.token(URL);
        assert_eq!(counted(&verifier, &token).await, (Ok(()), 1));
        assert_eq!(counted(&verifier, &token).await, (Ok(()), 0));
        fake.answers(answer);
        seconds(101).await;
        assert_eq!(counted(&verifier, &token).await, expected);
        // The issuer lists the key again.
        fake.answers(keys(&[&old])?);
        seconds(101).await;
        assert_eq!(counted(&verifier, &token).await, (Ok(()), 0));
    }
    Ok(())
}

#[tokio::test(start_paused = true)]
async fn the_cache_answers_nothing_without_keys() -> Tested {
    let known = Signer::new("known")?;
    let fake = Fake::of(&[&known])?;
    let verifier = IssuerVerifier::of([fake.keeper(caching())]);
    let token = known.token(URL);
    verify(&verifier, &token).await?;
    fake.answers(Answer::Panic);
    seconds(101).await;
    assert!(is_unavailable(verify(&verifier, &token).await));
    Ok(())
}
