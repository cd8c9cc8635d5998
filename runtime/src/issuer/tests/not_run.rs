//! A verifier whose task is not run, as on a machine that sleeps.

use super::*;

/// Its runtime is not driven any more, while another one answers requests.
#[test]
fn old_keys_are_accepted_by_nobody_if_the_refreshing_task_is_not_run() -> Tested {
    let known = Signer::new("1")?;
    let fake = Fake::of(&[&known])?;
    let runtime = || tokio::runtime::Builder::new_current_thread().enable_time().build();
    let (keeping, asking) = (runtime()?, runtime()?);
    let issuer = Issuer::new(URL).refresh_interval(Duration::from_secs(1)).max_key_age(Duration::ZERO);
    let issuer = issuer.refresh_timeout(Duration::from_millis(100));
    let verifier = keeping.block_on(async { IssuerVerifier::of([fake.keeper(issuer)]) });
    let token = known.token(URL);
    assert_eq!(keeping.block_on(verify(&verifier, &token)), Ok(()));
    assert_eq!(asking.block_on(verify(&verifier, &token)), Ok(()));
    std::thread::sleep(Duration::from_millis(1100));
    assert!(!verifier.is_ready() && verifier.status().iter().all(|status| status.keys == 0));
    assert!(is_unavailable(asking.block_on(verify(&verifier, &token))));
    // It is run again.
    assert_eq!(keeping.block_on(verify(&verifier, &token)), Ok(()));
    Ok(())
}
