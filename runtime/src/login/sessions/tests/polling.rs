//! What replicas learn of each other, and how they ask for it.

use std::{sync::Arc, time::Duration};

use axum_scopes_test_support::logged;
use tokio::time::{Instant, sleep, timeout};

use super::{super::polling::run, TestStore, Tested, begin, replica, store::Mode};

const SECOND: Duration = Duration::from_secs(1);

/// The times between calls, in milliseconds.
fn pauses(calls: &[Instant]) -> Vec<u64> {
    calls.windows(2).map(|pair| (pair[1] - pair[0]).as_millis() as u64).collect()
}

#[tokio::test(start_paused = true)]
async fn replicas_learn_within_six_seconds_what_has_ended_elsewhere() -> Tested {
    let store = TestStore::default();
    let (here, there) = (replica(&store)?.start(), replica(&store)?.start());
    for _ in 0..10 {
        let (session, _) = begin(&here, "amy").await?;
        sleep(SECOND).await;
        here.end(session.id).await?;
        assert!(here.revocations().has_ended(session.id));
        sleep(6 * SECOND).await;
        assert!(there.revocations().has_ended(session.id));
    }
    Ok(())
}

#[tokio::test(start_paused = true)]
async fn a_store_is_asked_at_once_and_then_every_four_to_five_seconds() -> Tested {
    let store = TestStore::default();
    let sessions = replica(&store)?;
    assert!(!sessions.revocations().is_current());
    let began = Instant::now();
    let sessions = sessions.start();
    sleep(500 * SECOND).await;
    assert!(sessions.revocations().is_current());
    let calls = store.calls("ended_since");
    assert_eq!(calls[0], began);
    let pauses = pauses(&calls);
    assert!(pauses.iter().all(|pause| (4_000..=5_010).contains(pause)), "{pauses:?}");
    assert!(pauses.iter().any(|pause| *pause < 4_500) && pauses.iter().any(|pause| *pause > 4_500), "{pauses:?}");
    Ok(())
}

#[tokio::test(start_paused = true)]
async fn polling_ends_with_the_last_copy() -> Tested {
    let store = TestStore::default();
    let sessions = replica(&store)?.start();
    let copy = sessions.clone();
    drop(sessions);
    sleep(20 * SECOND).await;
    let before = store.count();
    sleep(20 * SECOND).await;
    assert!(store.count() > before);
    // Also in the middle of a question.
    store.set(Mode::Hangs);
    sleep(5 * SECOND).await;
    drop(copy);
    let before = store.count();
    store.set(Mode::Works);
    sleep(60 * SECOND).await;
    assert_eq!(store.count(), before);
    Ok(())
}

#[tokio::test(start_paused = true)]
async fn a_second_start_replaces_the_first() -> Tested {
    let store = TestStore::default();
    let sessions = replica(&store)?.start().start();
    sleep(50 * SECOND).await;
    assert!(store.count() <= 14, "{}", store.count());
    drop(sessions);
    Ok(())
}

#[tokio::test(start_paused = true)]
async fn a_store_that_fails_is_asked_less_often_and_an_outage_is_logged_once() -> Tested {
    let store = TestStore::default();
    let revocations = replica(&store)?.revocations().clone();
    let polling = run(Arc::new(store.clone()), revocations.clone());
    let outages = async {
        sleep(SECOND).await;
        for _ in 0..2 {
            store.set(Mode::Fails);
            sleep(100 * SECOND).await;
            store.set(Mode::Works);
            sleep(20 * SECOND).await;
        }
    };
    let (_, lines) = logged(timeout(1000 * SECOND, async {
        tokio::select! { () = polling => {}, () = outages => {} }
    }))
    .await;
    assert_eq!(lines.len(), 4, "{lines:?}");
    for (line, begins) in lines.iter().zip(["ERROR cannot ask", "INFO the store", "ERROR cannot ask", "INFO the store"])
    {
        assert!(line.starts_with(begins), "{line}");
    }
    assert!(lines[0].contains("no connection"), "{}", lines[0]);
    assert!(revocations.is_current());
    let pauses = pauses(&store.calls("ended_since"));
    let longest: Vec<u64> = [5, 1, 2, 4, 8, 10, 10, 10].map(|seconds| seconds * 1_000).to_vec();
    for (pause, longest) in pauses.iter().zip(longest) {
        assert!((longest * 4 / 5..=longest + 10).contains(pause), "{pauses:?}");
    }
    Ok(())
}

#[tokio::test(start_paused = true)]
async fn a_store_that_hangs_or_panics_is_asked_again() -> Tested {
    for mode in [Mode::Hangs, Mode::Panics] {
        let store = TestStore::default();
        let (here, there) = (replica(&store)?.start(), replica(&store)?);
        let (session, _) = begin(&there, "amy").await?;
        there.end(session.id).await?;
        store.set(mode);
        sleep(60 * SECOND).await;
        assert!(store.calls("ended_since").len() > 3, "a question has a time limit");
        store.set(Mode::Works);
        sleep(16 * SECOND).await;
        assert!(here.revocations().has_ended(session.id));
    }
    Ok(())
}
