//! An endpoint that is slow, down or asks for a rest.

use axum_scopes_test_support::Log;

use super::*;

#[tokio::test(start_paused = true)]
async fn an_answer_that_takes_too_long_is_given_up() -> Tested {
    let fake = Fake::default();
    fake.says_of_all(Says::Hangs);
    for (verifier, expected) in [
        (fake.verifier(introspection())?, Duration::from_secs(5)),
        (fake.verifier(introspection().timeout(Duration::from_secs(1)))?, Duration::from_secs(1)),
        (fake.verifier(introspection().timeout(Duration::ZERO))?, Duration::from_millis(100)),
        (fake.verifier(introspection().timeout(Duration::MAX))?, Duration::from_secs(30)),
    ] {
        let begun = tokio::time::Instant::now();
        let given_up = unavailable(verify(&verifier, "token").await);
        assert_eq!(given_up, Some((5, RequestError::Timeout.to_string())));
        assert_eq!(begun.elapsed().as_millis() / 10, expected.as_millis() / 10);
    }
    Ok(())
}

#[tokio::test(start_paused = true)]
async fn the_rest_that_the_endpoint_asks_for_is_kept_within_limits() -> Tested {
    for (wait, expected) in [(0, 1), (7, 7), (300, 300), (301, 300), (u32::MAX, 300)] {
        let fake = Fake::knows(&["cached"]);
        let verifier = fake.verifier(introspection().cache(10, Duration::from_secs(3600)))?;
        verify(&verifier, "cached").await?;
        fake.says_of_all(Says::Fails(RequestError::Status(429), Some(wait)));
        let (seconds_left, cause) = unavailable(verify(&verifier, "token").await).ok_or("it should fail")?;
        assert_eq!((seconds_left, cause), (expected, RequestError::Status(429).to_string()));
        assert_eq!(fake.asked(), 2);
        fake.says_of_all(Says::Active);
        for token in ["token", "other"] {
            assert!(unavailable(verify(&verifier, token).await).is_some_and(|(left, _)| left <= expected), "{wait}");
        }
        verify(&verifier, "cached").await?;
        assert_eq!(fake.asked(), 2);
        seconds(expected.into()).await;
        verify(&verifier, "token").await?;
    }
    Ok(())
}

#[tokio::test(start_paused = true)]
async fn another_failure_is_that_of_one_token() -> Tested {
    let fake = Fake::knows(&["good"]);
    for error in [RequestError::Status(500), RequestError::Answer, RequestError::TooLarge, RequestError::MediaType] {
        fake.says("odd", Says::Fails(error, None));
        let verifier = fake.verifier(introspection())?;
        assert!(unavailable(verify(&verifier, "odd").await).is_some_and(|(seconds, _)| seconds == 5));
        verify(&verifier, "good").await?;
    }
    Ok(())
}

/// A firewall that refuses one token must not stop all others, so they are still asked about.
#[tokio::test(start_paused = true)]
async fn refused_credentials_of_the_service_are_logged_as_an_error_without_the_secret() -> Tested {
    let (log, _guard) = Log::listen();
    let fake = Fake::knows(&["good"]);
    fake.says("a-token", Says::Fails(RequestError::Credentials, None));
    let verifier = fake.verifier(Introspection { url: format!("{URL}?key=in-the-query"), ..introspection() })?;
    for _ in 0..10 {
        assert!(unavailable(verify(&verifier, "a-token").await).is_some_and(|(seconds, _)| seconds == 30));
        verify(&verifier, "good").await?;
    }
    let logged = log.text();
    let errors: Vec<_> = logged.lines().filter(|line| line.starts_with("ERROR")).collect();
    assert_eq!(errors.len(), 1, "{logged}");
    assert!(errors[0].contains(URL) && errors[0].contains("credentials of this service"), "{logged}");
    seconds(30).await;
    assert!(unavailable(verify(&verifier, "a-token").await).is_some());
    assert_eq!(log.text().lines().filter(|line| line.starts_with("ERROR")).count(), 2);
    let shown = format!("{verifier:?} {:?} {:?}", introspection(), log.text());
    for secret in ["a-secret-of-the-service", "a-token", "in-the-query", "YXBp"] {
        assert!(!shown.contains(secret), "{shown}");
    }
    Ok(())
}

#[tokio::test(start_paused = true)]
async fn failures_are_logged_at_most_twice_a_minute() -> Tested {
    let (log, _guard) = Log::listen();
    let fake = Fake::default();
    fake.says_of_all(Says::Fails(RequestError::Status(502), None));
    let verifier = fake.verifier(introspection())?;
    for expected in [1, 2] {
        for i in 0..20 {
            assert!(unavailable(verify(&verifier, &format!("token-{i}")).await).is_some());
        }
        let logged = log.text();
        assert_eq!(logged.lines().filter(|line| line.starts_with("WARN")).count(), expected, "{logged}");
        assert!(logged.contains("status 502") && !logged.contains("token-1"), "{logged}");
        seconds(31).await;
    }
    Ok(())
}
