//! One request for each token at a time.

use super::*;

#[tokio::test(start_paused = true)]
async fn there_is_one_request_for_each_token_at_a_time() -> Tested {
    let fake = Fake::knows(&["good"]);
    let verifier = fake.verifier(introspection())?;
    let ask = |token: &'static str| {
        let verifier = verifier.clone();
        tokio::spawn(async move { verify(&verifier, token).await })
    };
    let all: Vec<_> = (0..200).map(|i| ask(if i % 2 == 0 { "good" } else { "bad" })).collect();
    for (i, task) in all.into_iter().enumerate() {
        assert_eq!(task.await?, if i % 2 == 0 { Ok(()) } else { INACTIVE });
    }
    assert_eq!((fake.asked_about("good"), fake.asked_about("bad")), (1, 1));
    // Without a cache, the next one asks again.
    verify(&verifier, "good").await?;
    assert_eq!(fake.asked_about("good"), 2);
    assert_eq!(verifier.under_way(), 0);
    Ok(())
}

#[tokio::test(start_paused = true)]
async fn those_who_wait_get_the_answer_although_the_first_one_goes_away() -> Tested {
    let fake = Fake::knows(&["good"]);
    let verifier = fake.verifier(introspection())?;
    let ask = || {
        let verifier = verifier.clone();
        tokio::spawn(async move { verify(&verifier, "good").await })
    };
    let first = ask();
    tokio::task::yield_now().await;
    let others: Vec<_> = (0..10).map(|_| ask()).collect();
    tokio::task::yield_now().await;
    first.abort();
    assert!(first.await.is_err_and(|error| error.is_cancelled()));
    for other in others {
        assert_eq!(other.await?, Ok(()));
    }
    assert_eq!(fake.asked(), 1);
    Ok(())
}

#[tokio::test(start_paused = true)]
async fn a_request_that_panics_strands_nobody() -> Tested {
    let fake = Fake::knows(&["good"]);
    fake.says("bad", Says::Panics);
    let verifier = fake.verifier(introspection())?;
    let all: Vec<_> = (0..10)
        .map(|_| {
            let verifier = verifier.clone();
            tokio::spawn(async move { verify(&verifier, "bad").await })
        })
        .collect();
    for task in all {
        assert!(unavailable(task.await?).is_some());
    }
    assert_eq!((fake.asked(), verifier.under_way()), (1, 0));
    fake.says("bad", Says::Active);
    verify(&verifier, "bad").await?;
    Ok(())
}

/// Each token gets its own answer, whatever the order of the answers.
#[tokio::test(start_paused = true)]
async fn no_token_gets_the_answer_about_another() -> Tested {
    let fake = Fake::default();
    fake.says_of_all(Says::Active);
    let verifier = fake.verifier(introspection().cache(10, Duration::from_secs(60)))?;
    for _ in 0..2 {
        let all: Vec<_> = (0..100)
            .map(|i| {
                let verifier = verifier.clone();
                tokio::spawn(async move { verifier.verify(&format!("token-{i}")).await.map(|claims| claims.sub) })
            })
            .collect();
        for (i, task) in all.into_iter().enumerate() {
            assert_eq!(task.await??, format!("token-{i}").as_str());
        }
    }
    Ok(())
}

#[test]
fn without_a_runtime_nobody_knows() -> Tested {
    let fake = Fake::knows(&["good"]);
    let verifier = fake.verifier(introspection())?;
    assert!(unavailable(axum_scopes_test_support::now(verify(&verifier, "good"))).is_some());
    Ok(())
}
