//! Floods of made-up tokens: requests and memory stay bounded, and tokens that were accepted before go on.

use tokio::task::JoinHandle;

use super::*;
use crate::introspection::lanes::MOST_WAITING;

fn ask(verifier: &IntrospectionVerifier, token: String) -> JoinHandle<Result<(), VerifyError>> {
    let verifier = verifier.clone();
    tokio::spawn(async move { verify(&verifier, &token).await })
}

/// Ten thousand at once.
#[tokio::test(start_paused = true)]
async fn unknown_tokens_past_the_bounds_get_503_and_known_ones_go_on() -> Tested {
    let fake = Fake::knows(&["known", "cached"]);
    let verifier = fake.verifier(introspection().cache(10, Duration::from_secs(60)).max_requests(8))?;
    verify(&verifier, "known").await?;
    seconds(61).await;
    verify(&verifier, "cached").await?;
    let flood: Vec<_> = (0..10_000).map(|i| ask(&verifier, format!("made-up-{i}"))).collect();
    tokio::time::sleep(Duration::from_millis(1)).await;
    assert!(verifier.under_way() <= MOST_WAITING);
    let asked = fake.asked();
    verify(&verifier, "cached").await?;
    assert_eq!(fake.asked(), asked);
    // Its entry is too old, so it is asked about; it does not wait for the others.
    let begun = tokio::time::Instant::now();
    verify(&verifier, "known").await?;
    assert!(begun.elapsed() < Duration::from_millis(50));
    let (mut inactive, mut busy) = (0, 0);
    for task in flood {
        match task.await? {
            result if result == INACTIVE => inactive += 1,
            result => {
                assert_eq!(unavailable(result).map(|(seconds, _)| seconds), Some(1));
                busy += 1;
            }
        }
    }
    assert_eq!((inactive, busy), (MOST_WAITING, 10_000 - MOST_WAITING));
    let state = fake.state();
    // One of them for the known token.
    assert!(state.most_under_way <= 9, "{}", state.most_under_way);
    assert_eq!(state.asked.len(), MOST_WAITING + 3);
    Ok(())
}

#[tokio::test(start_paused = true)]
async fn unknown_tokens_get_503_after_too_many_inactive_ones() -> Tested {
    let fake = Fake::knows(&["known", "new"]);
    let verifier = fake.verifier(introspection().max_inactive(20, Duration::from_secs(40)))?;
    verify(&verifier, "known").await?;
    for i in 0..20 {
        assert_eq!(verify(&verifier, &format!("made-up-{i}")).await, INACTIVE);
    }
    let asked = fake.asked();
    for token in ["new", "made-up-0", "made-up-20"] {
        assert!(unavailable(verify(&verifier, token).await).is_some_and(|(seconds, _)| (1..=2).contains(&seconds)));
    }
    assert_eq!(fake.asked(), asked);
    verify(&verifier, "known").await?;
    seconds(2).await;
    verify(&verifier, "new").await?;
    // What is active costs nothing.
    verify(&verifier, "new").await?;
    Ok(())
}

/// Callers that go away leave nothing behind that grows.
#[tokio::test(start_paused = true)]
async fn callers_that_go_away_pile_nothing_up() -> Tested {
    let fake = Fake::default();
    fake.says_of_all(Says::Hangs);
    let verifier = fake.verifier(introspection().max_requests(4))?;
    for i in 0..5_000 {
        let task = ask(&verifier, format!("made-up-{i}"));
        tokio::task::yield_now().await;
        task.abort();
    }
    assert!(verifier.under_way() <= MOST_WAITING);
    seconds(6).await;
    assert_eq!(verifier.under_way(), 0);
    fake.says_of_all(Says::Active);
    verify(&verifier, "good").await?;
    Ok(())
}

/// A thousand callers of one token wait. The others get 503 at once.
#[tokio::test(start_paused = true)]
async fn callers_of_one_token_are_bounded() -> Tested {
    let fake = Fake::default();
    fake.says_of_all(Says::Hangs);
    let verifier = fake.verifier(introspection())?;
    let all: Vec<_> = (0..1500).map(|_| ask(&verifier, "one".to_owned())).collect();
    seconds(1).await;
    assert_eq!(all.iter().filter(|task| task.is_finished()).count(), 1500 - MOST_WAITING);
    for task in all {
        assert!(unavailable(task.await?).is_some());
    }
    assert_eq!(fake.asked(), 1);
    Ok(())
}
