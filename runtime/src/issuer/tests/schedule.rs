//! The background task: its refreshes, and when it ends.

use super::*;

#[tokio::test(start_paused = true)]
async fn keys_are_refreshed_at_the_interval() -> Tested {
    let (old, new) = (Signer::new("old")?, Signer::new("new")?);
    let fake = Fake::of(&[&old])?;
    let verifier = IssuerVerifier::of([fake.keeper(Issuer::new(URL).refresh_interval(Duration::from_secs(100)))]);
    verify(&verifier, &old.token(URL)).await?;
    fake.answers(keys(&[&new])?);
    seconds(89).await;
    assert_eq!(fake.asked(), 1);
    verify(&verifier, &old.token(URL)).await?;
    seconds(12).await;
    assert_eq!(fake.asked(), 2);
    verify(&verifier, &new.token(URL)).await?;
    assert_eq!(fake.asked(), 2);
    seconds(1000).await;
    assert!((12..=13).contains(&fake.asked()), "{}", fake.asked());
    Ok(())
}

#[tokio::test(start_paused = true)]
async fn the_interval_is_ten_minutes_and_within_limits() -> Tested {
    let known = Signer::new("known")?;
    let (zero, longest) = (Some(Duration::ZERO), Some(Duration::MAX));
    for (interval, after, asked) in [
        (None, 539, 1..=1),
        (None, 601, 2..=2),
        (zero, 10, 10..=12),
        (longest, 77_000, 1..=1),
        (longest, 86_401, 2..=2),
    ] {
        let fake = Fake::of(&[&known])?;
        let issuer = Issuer::new(URL);
        let issuer = interval.map_or(issuer.clone(), |interval| issuer.refresh_interval(interval));
        let _verifier = IssuerVerifier::of([fake.keeper(issuer)]);
        seconds(after).await;
        assert!(asked.contains(&fake.asked()), "{interval:?} {after}: {}", fake.asked());
    }
    Ok(())
}

#[tokio::test(start_paused = true)]
async fn a_failed_refresh_is_repeated_within_30_seconds() -> Tested {
    let known = Signer::new("known")?;
    let fake = Fake::new(Answer::Error(RefreshError::Status(503)));
    let verifier = fake.verifier();
    for _ in 0..20 {
        assert!(is_unavailable(verify(&verifier, &known.token(URL)).await));
    }
    assert_eq!(fake.asked(), 1);
    seconds(300).await;
    assert!((10..=13).contains(&fake.asked()), "{}", fake.asked());
    assert!(!verifier.is_ready());
    let status = verifier.status().remove(0);
    assert_eq!((status.issuer.as_str(), status.keys, status.last_success), (URL, 0, None));
    fake.answers(keys(&[&known])?);
    seconds(31).await;
    verify(&verifier, &known.token(URL)).await?;
    let status = verifier.status().remove(0);
    assert!(verifier.is_ready() && status.keys == 1 && status.last_success.is_some());
    Ok(())
}

#[tokio::test(start_paused = true)]
async fn the_task_ends_with_the_last_copy() -> Tested {
    for answer in [Answer::Hang, keys(&[&Signer::new("known")?])?] {
        let fake = Fake::new(answer);
        let verifier = fake.verifier();
        let copy = verifier.clone();
        seconds(1).await;
        drop(verifier);
        seconds(1).await;
        assert_eq!(Arc::strong_count(&fake.0), 2);
        drop(copy);
        seconds(1).await;
        assert_eq!(Arc::strong_count(&fake.0), 1);
    }
    Ok(())
}

#[tokio::test(start_paused = true)]
async fn keys_that_are_not_refreshed_are_not_used() -> Tested {
    let known = Signer::new("known")?;
    let fake = Fake::of(&[&known])?;
    let verifier = fake.verifier();
    verify(&verifier, &known.token(URL)).await?;
    fake.answers(Answer::Panic);
    let begun = tokio::time::Instant::now();
    assert!(is_unavailable(verify(&verifier, &Signer::new("other")?.token(URL)).await));
    assert!(begun.elapsed().as_secs() < 1);
    assert!(is_unavailable(verify(&verifier, &known.token(URL)).await));
    assert!(!verifier.is_ready());
    assert_eq!(verifier.status()[0].keys, 0);
    Ok(())
}

#[test]
fn keys_of_a_runtime_that_is_gone_are_not_used() -> Tested {
    let known = Signer::new("known")?;
    let fake = Fake::of(&[&known])?;
    let runtime = || tokio::runtime::Builder::new_current_thread().enable_all().build();
    let first = runtime()?;
    let verifier = first.block_on(async {
        let verifier = fake.verifier();
        verify(&verifier, &known.token(URL)).await.map(|()| verifier)
    })?;
    drop(first);
    assert!(is_unavailable(runtime()?.block_on(verify(&verifier, &known.token(URL)))));
    Ok(())
}

/// The keys expire neither before nor long after their age, because they may have been withdrawn.
#[tokio::test(start_paused = true)]
async fn keys_are_not_used_beyond_their_maximum_age() -> Tested {
    let known = Signer::new("known")?;
    let (hour, day) = (Duration::from_secs(3600), Duration::from_secs(24 * 3600));
    for (issuer, age) in [
        (Issuer::new(URL), day),
        (Issuer::new(URL).max_key_age(hour), hour),
        // The age is at least the refresh interval.
        (Issuer::new(URL).refresh_interval(hour).max_key_age(Duration::ZERO), hour),
    ] {
        for answer in [Answer::Error(RefreshError::Status(500)), Answer::Hang] {
            let fake = Fake::of(&[&known])?;
            let verifier = IssuerVerifier::of([fake.keeper(issuer.clone())]);
            verify(&verifier, &known.token(URL)).await?;
            fake.answers(answer);
            tokio::time::sleep(age - Duration::from_secs(1)).await;
            verify(&verifier, &known.token(URL)).await?;
            assert!(verifier.is_ready());
            tokio::time::sleep(Duration::from_millis(1001)).await;
            assert!(is_unavailable(verify(&verifier, &known.token(URL)).await), "{age:?}");
            assert!(!verifier.is_ready() && verifier.status()[0].keys == 0);
            fake.answers(keys(&[&known])?);
            seconds(36).await;
            verify(&verifier, &known.token(URL)).await?;
            // The next age begins here.
            tokio::time::sleep(age - Duration::from_secs(60)).await;
            verify(&verifier, &known.token(URL)).await?;
        }
    }
    Ok(())
}

/// A refresh hangs here for five of every six seconds.
#[tokio::test(start_paused = true)]
async fn a_hanging_refresh_does_not_extend_the_age_of_keys() -> Tested {
    let known = Signer::new("known")?;
    let (second, minute) = (Duration::from_secs(1), Duration::from_secs(60));
    for _ in 0..10 {
        let fake = Fake::of(&[&known])?;
        let verifier = IssuerVerifier::of([fake.keeper(Issuer::new(URL).refresh_interval(second).max_key_age(minute))]);
        verify(&verifier, &known.token(URL)).await?;
        fake.answers(Answer::Hang);
        tokio::time::sleep(minute - second).await;
        assert!(verifier.is_ready());
        tokio::time::sleep(Duration::from_millis(1001)).await;
        assert!(!verifier.is_ready());
    }
    Ok(())
}

#[test]
fn the_maximum_age_of_keys_is_within_limits() {
    let hour = Duration::from_secs(3600);
    for (age, interval, expected) in [
        (Duration::ZERO, hour, hour),
        (2 * hour, hour, 2 * hour),
        (hour, Duration::MAX, 24 * hour),
        (Duration::MAX, hour, 30 * 24 * hour),
    ] {
        let issuer = Issuer::new(URL).max_key_age(age).refresh_interval(interval);
        assert_eq!(issuer.key_age(), expected);
    }
}

/// A set withdraws the old keys, even if none of its own can be used.
#[tokio::test(start_paused = true)]
async fn a_set_without_a_usable_key_removes_the_old_ones() -> Tested {
    let known = Signer::new("known")?;
    let fake = Fake::of(&[&known])?;
    let verifier = fake.verifier();
    verify(&verifier, &known.token(URL)).await?;
    fake.answers(Answer::Keys(Vec::new()));
    seconds(601).await;
    assert!(is_unavailable(verify(&verifier, &known.token(URL)).await));
    assert!(!verifier.is_ready());
    let status = verifier.status().remove(0);
    assert_eq!((status.keys, status.last_failure.map(|(_, error)| error)), (0, Some(RefreshError::NoUsableKey)));
    // It is tried again, as after every failure.
    fake.answers(keys(&[&known])?);
    seconds(31).await;
    verify(&verifier, &known.token(URL)).await?;
    Ok(())
}
