//! What is remembered, for how long, and what displaces it.

use super::*;
use crate::{
    credential::presented::{Presented, PresentedAs},
    token::judge::VerifyToken,
};

const SECOND: Duration = Duration::from_secs(1);

#[tokio::test(start_paused = true)]
async fn the_cache_is_off_by_default() -> Tested {
    let fake = Fake::knows(&["good"]);
    let verifier = fake.verifier(introspection())?;
    for asked in 1..=3 {
        verify(&verifier, "good").await?;
        assert_eq!(fake.asked(), asked);
    }
    assert_eq!(verify(&verifier, "bad").await, INACTIVE);
    assert_eq!(verify(&verifier, "bad").await, INACTIVE);
    assert_eq!(fake.asked_about("bad"), 2);
    Ok(())
}

#[tokio::test(start_paused = true)]
async fn an_entry_lives_until_the_end_of_its_time_or_of_the_token() -> Tested {
    let fake = Fake::knows(&["long"]);
    fake.says("short", Says::For(10));
    let verifier = fake.verifier(introspection().cache(100, 30 * SECOND))?;
    for token in ["long", "short"] {
        verify(&verifier, token).await?;
        verify(&verifier, token).await?;
        assert_eq!(fake.asked_about(token), 1);
    }
    seconds(9).await;
    verify(&verifier, "long").await?;
    assert_eq!(fake.asked_about("long"), 1);
    seconds(2).await;
    fake.says("short", Says::Inactive);
    assert_eq!(verify(&verifier, "short").await, INACTIVE);
    assert_eq!((fake.asked_about("long"), fake.asked_about("short")), (1, 2));
    seconds(18).await;
    verify(&verifier, "long").await?;
    assert_eq!(fake.asked_about("long"), 1);
    seconds(2).await;
    fake.says("long", Says::Inactive);
    assert_eq!(verify(&verifier, "long").await, INACTIVE);
    Ok(())
}

/// The claims of an entry are checked for each request.
#[tokio::test]
async fn an_entry_whose_token_has_expired_is_refused() -> Tested {
    let fake = Fake::default();
    fake.says("short", Says::For(2));
    let verifier = fake.verifier(introspection().cache(100, 30 * SECOND))?;
    verify(&verifier, "short").await?;
    tokio::time::pause();
    // The clock of the cache stands still; that of the claims does not.
    std::thread::sleep(2 * SECOND);
    assert_eq!(verify(&verifier, "short").await, Err(TokenError::Expired.into()));
    assert_eq!(fake.asked(), 1);
    Ok(())
}

#[tokio::test(start_paused = true)]
async fn inactive_tokens_are_kept_apart_and_displace_no_good_one() -> Tested {
    let names: Vec<_> = (0..8).map(|i| format!("good-{i}")).collect();
    let good: Vec<_> = names.iter().map(String::as_str).collect();
    let fake = Fake::knows(&good);
    let verifier = fake.verifier(introspection().cache(16, 60 * SECOND).inactive_cache(16, 5 * SECOND))?;
    for token in &good {
        verify(&verifier, token).await?;
    }
    for i in 0..500 {
        assert_eq!(verify(&verifier, &format!("bad-{i}")).await, INACTIVE);
    }
    let asked = fake.asked();
    assert_eq!(verify(&verifier, "bad-499").await, INACTIVE);
    for token in &good {
        verify(&verifier, token).await?;
    }
    assert_eq!(fake.asked(), asked);
    // An inactive one may have become active.
    fake.says("bad-499", Says::Active);
    seconds(6).await;
    verify(&verifier, "bad-499").await?;
    Ok(())
}

/// A token that breaks a rule is not remembered: for another request it may be good.
#[tokio::test(start_paused = true)]
async fn only_accepted_tokens_are_remembered() -> Tested {
    let fake = Fake::default();
    let elsewhere = format!(r#"{{"active":true,"sub":"amy","exp":{},"aud":"elsewhere"}}"#, from_now(60));
    fake.says_of_all(Says::Json(elsewhere));
    let verifier = fake.verifier(introspection().cache(10, 60 * SECOND).inactive_cache(10, 60 * SECOND))?;
    for asked in 1..=2 {
        assert_eq!(verify(&verifier, "token").await, Err(TokenError::Audience.into()));
        assert_eq!(fake.asked(), asked);
    }
    Ok(())
}

/// Who confirms the sender is asked for each request.
#[tokio::test(start_paused = true)]
async fn a_bound_token_is_refused_as_a_bearer_token_also_from_the_cache() -> Tested {
    let fake = Fake::default();
    let cnf = r#"{"jkt":"0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I"}"#;
    let of = |cnf: &str| format!(r#"{{"active":true,"sub":"amy","exp":{},"cnf":{cnf}}}"#, from_now(60));
    fake.says("bound", Says::Json(of(cnf)));
    let verifier = fake.verifier(introspection().cache(10, 60 * SECOND).inactive_cache(10, 60 * SECOND))?;
    let bearer = Presented::new("bound", PresentedAs::Bearer);
    let refused = Err(VerifyError::Token(TokenError::Bound));
    assert_eq!(verifier.judge(&bearer).await.map(drop), refused);
    let confirmed = Presented::new("bound", PresentedAs::DPoP).to_be_confirmed();
    for _ in 0..2 {
        let token = verifier.judge(&confirmed).await?;
        assert!(token.claims().cnf.as_ref().is_some_and(|cnf| cnf.jkt().is_some()));
    }
    assert_eq!(fake.asked(), 2);
    assert_eq!(verifier.judge(&bearer).await.map(drop), refused);
    assert_eq!(verifier.judge(&Presented::new("bound", PresentedAs::DPoP)).await.map(drop), refused);
    verifier.judge(&bearer.with_unchecked_sender()).await?;
    assert_eq!(fake.asked(), 2);
    fake.says("odd", Says::Json(of(r#"{"x5t#S1":"a"}"#)));
    // Nobody can confirm that.
    let odd = verifier.judge(&Presented::new("odd", PresentedAs::DPoP).to_be_confirmed()).await.map(drop);
    assert!(matches!(odd, Err(VerifyError::Token(TokenError::WrongClaim { claim: "cnf", .. }))), "{odd:?}");
    Ok(())
}

#[tokio::test(start_paused = true)]
async fn large_answers_are_not_kept() -> Tested {
    let fake = Fake::default();
    let of = |bytes: usize| {
        let head = format!(r#"{{"active":true,"sub":"amy","exp":{},"x":""#, from_now(60));
        let padding = "x".repeat(bytes - head.len() - 2);
        Says::Json(format!(r#"{head}{padding}"}}"#))
    };
    fake.says("fits", of(8 * 1024));
    fake.says("large", of(8 * 1024 + 1));
    let verifier = fake.verifier(introspection().cache(10, 60 * SECOND))?;
    for token in ["fits", "large"] {
        verify(&verifier, token).await?;
        verify(&verifier, token).await?;
    }
    assert_eq!((fake.asked_about("fits"), fake.asked_about("large")), (1, 2));
    Ok(())
}

#[tokio::test(start_paused = true)]
async fn nothing_stale_is_used_if_the_endpoint_fails() -> Tested {
    let fake = Fake::knows(&["good"]);
    let verifier = fake.verifier(introspection().cache(10, 30 * SECOND))?;
    verify(&verifier, "good").await?;
    fake.says_of_all(Says::Fails(RequestError::Status(500), None));
    seconds(29).await;
    verify(&verifier, "good").await?;
    seconds(2).await;
    assert!(unavailable(verify(&verifier, "good").await).is_some());
    assert_eq!(fake.asked(), 2);
    Ok(())
}
