//! Callers that go away, and stores that fail: what ends has ended.

use std::time::Duration;

use tokio::time::{sleep, timeout};

use super::{TestStore, Tested, begin, next, replica, store::Mode};

const SOON: Duration = Duration::from_millis(10);

#[tokio::test(start_paused = true)]
async fn a_logout_is_known_here_before_the_store_answers() -> Tested {
    let store = TestStore::default();
    let sessions = replica(&store)?;
    let (session, token) = begin(&sessions, "amy").await?;
    store.set(Mode::Hangs);
    assert!(timeout(SOON, sessions.end(session.id)).await.is_err());
    assert!(sessions.revocations().has_ended(session.id));
    // The caller has gone, and the store goes on.
    store.set(Mode::Works);
    sleep(SOON).await;
    assert!(next(&sessions, token.as_str()).await?.is_none());
    Ok(())
}

#[tokio::test(start_paused = true)]
async fn a_logout_whose_caller_goes_away_before_it_is_polled_twice_ends_the_session() -> Tested {
    let store = TestStore::default();
    let sessions = replica(&store)?;
    let (session, token) = begin(&sessions, "amy").await?;
    assert!(timeout(Duration::ZERO, sessions.end(session.id)).await.is_err());
    sleep(SOON).await;
    assert!(sessions.revocations().has_ended(session.id));
    assert!(next(&sessions, token.as_str()).await?.is_none());
    Ok(())
}

#[tokio::test(start_paused = true)]
async fn a_change_of_password_whose_caller_goes_away_is_known_here_when_the_store_is_done() -> Tested {
    let store = TestStore::default();
    let sessions = replica(&store)?;
    let (session, token) = begin(&sessions, "amy").await?;
    store.set(Mode::Hangs);
    assert!(timeout(SOON, sessions.end_all("amy", None)).await.is_err());
    store.set(Mode::Works);
    sleep(SOON).await;
    assert!(sessions.revocations().has_ended(session.id));
    assert!(next(&sessions, token.as_str()).await?.is_none());
    Ok(())
}

#[tokio::test(start_paused = true)]
async fn reuse_whose_caller_goes_away_is_known_here_when_the_store_is_done() -> Tested {
    let store = TestStore::default();
    let sessions = replica(&store)?.grace(Duration::ZERO);
    let (session, token) = begin(&sessions, "amy").await?;
    next(&sessions, token.as_str()).await?.ok_or("refused")?;
    store.set(Mode::Hangs);
    assert!(timeout(SOON, sessions.refresh(token.as_str())).await.is_err());
    store.set(Mode::Works);
    sleep(SOON).await;
    assert!(sessions.revocations().has_ended(session.id));
    Ok(())
}

#[tokio::test]
async fn a_store_that_fails_or_panics_is_an_error_and_what_ends_is_refused_here() -> Tested {
    let store = TestStore::default();
    let sessions = replica(&store)?;
    let (session, token) = begin(&sessions, "amy").await?;
    for (mode, retry_after) in [(Mode::Fails, 3), (Mode::Panics, 1)] {
        store.set(mode);
        let errors = [
            sessions.refresh(token.as_str()).await.err(),
            sessions.end_all("amy", None).await.err(),
            sessions.end(session.id).await.err(),
        ];
        for error in errors {
            assert_eq!(error.ok_or("no error")?.retry_after(), retry_after);
        }
        assert!(sessions.revocations().has_ended(session.id));
    }
    store.set(Mode::Works);
    assert!(next(&sessions, token.as_str()).await?.is_some(), "the store does not know, so the user has to try again");
    Ok(())
}
