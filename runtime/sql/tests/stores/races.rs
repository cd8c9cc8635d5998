//! Many calls at once, from two replicas.

use std::{future::poll_fn, pin::pin, task::Poll, time::Duration};

use axum_scopes::login::store::{Limit, Rotated, SessionStore, Taken, ThrottleStore};
use axum_scopes_sql::{SqlStore, sqlx};
use sqlx::Executor;
use tokio::task::JoinSet;

use super::database::{TestDatabase, at, digest, patient, rotation, session};

const LIMIT: Limit = Limit { burst: 5, period: Duration::from_secs(60) };

/// The answers of `count` calls at once, in turn to both replicas.
async fn at_once<T, F>(replicas: &[SqlStore; 2], count: usize, call: impl Fn(SqlStore) -> F) -> Vec<T>
where
    T: Send + 'static,
    F: Future<Output = T> + Send + 'static,
{
    let mut calls = JoinSet::new();
    for at in 0..count {
        calls.spawn(call(replicas[at % 2].clone()));
    }
    calls.join_all().await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn refreshes_at_once_have_one_successor_and_end_no_session() {
    for database in TestDatabase::all().await {
        let replicas = database.replicas().await;
        for race in 0..200 {
            let session = session(race, "amy");
            let (from, to) = (format!("{race}-0"), format!("{race}-1"));
            replicas[0].begin(&session, &digest(&from), at(600)).await.unwrap();
            let answers = at_once(&replicas, 8, |store| {
                let rotation = rotation(&from, &to, at(1));
                async move { store.rotate(&rotation).await.unwrap() }
            });
            let mut first = 0;
            for answer in answers.await {
                let Rotated::Rotated { session: of, repeated } = answer else { panic!("race {race}: {answer:?}") };
                assert_eq!(of, session);
                first += usize::from(!repeated);
            }
            assert_eq!(first, 1, "race {race}");
        }
        assert_eq!(replicas[1].ended_since(at(0)).await.unwrap(), []);
        assert_eq!(replicas[1].sessions_of("amy", at(1), 1000).await.unwrap().len(), 200);
        database.remove(replicas).await;
    }
}

/// Whoever runs the database may have chosen another isolation level, in which a statement that waited would fail.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn the_isolation_level_of_the_database_does_not_matter() {
    let Some(database) = TestDatabase::postgres().await else { return };
    let [store, other] = database.replicas().await;
    let name: String = sqlx::query_scalar("SELECT current_database()::text").fetch_one(store.pool()).await.unwrap();
    let level = format!("ALTER DATABASE {name} SET default_transaction_isolation = 'serializable'");
    store.pool().execute(sqlx::AssertSqlSafe(level)).await.unwrap();
    store.close().await;
    other.close().await;
    let replicas = database.replicas().await;
    for race in 0..20 {
        replicas[0].begin(&session(race, "amy"), &digest(&race.to_string()), at(600)).await.unwrap();
        let answers = at_once(&replicas, 8, |store| {
            let rotation = rotation(&race.to_string(), &format!("{race}-1"), at(1));
            async move { (store.rotate(&rotation).await, store.take(&digest("key"), LIMIT, at(0)).await) }
        });
        for (rotated, taken) in answers.await {
            assert!(matches!(rotated.unwrap(), Rotated::Rotated { .. }));
            taken.unwrap();
        }
    }
    database.remove(replicas).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn attempts_at_once_are_counted_exactly() {
    for database in TestDatabase::all().await {
        let replicas = database.replicas().await;
        for round in 0..20 {
            let key = digest(&format!("key-{round}"));
            let answers = at_once(&replicas, 64, |store| async move { store.take(&key, LIMIT, at(0)).await.unwrap() });
            let allowed = answers.await.into_iter().filter(|taken| *taken == Taken::Allowed).count();
            assert_eq!(allowed, 5);
        }
        database.remove(replicas).await;
    }
}

/// The answer of a call, unless it has none after so many polls. It is dropped then, as one is whose client has hung up.
async fn polled<T>(most: usize, call: impl Future<Output = T>) -> Option<T> {
    let mut call = pin!(call);
    let mut polls = 0;
    poll_fn(|context| match call.as_mut().poll(context) {
        Poll::Ready(answer) => Poll::Ready(Some(answer)),
        Poll::Pending if polls == most => Poll::Ready(None),
        Poll::Pending => {
            polls += 1;
            Poll::Pending
        }
    })
    .await
}

/// A connection whose transaction nobody ends would take what is written next, and never commit it.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_call_that_is_dropped_at_any_moment_loses_no_later_write() {
    const ONE: Limit = Limit { burst: 1, period: Duration::from_secs(60) };
    for database in TestDatabase::all().await {
        let [_, other] = database.replicas().await;
        let store = patient().connections(1).connect(&database.url).await.unwrap();
        store.begin(&session(0, "amy"), &digest("0"), at(600)).await.unwrap();
        let (mut most, mut round) = (0, 0);
        // The second round has statements that are prepared already.
        while round < 2 {
            let rotation = rotation("0", "1", at(1));
            let answered = polled(most, store.rotate(&rotation)).await.is_some();
            let key = digest(&format!("{round}-{most}"));
            assert_eq!(store.take(&key, ONE, at(1)).await.unwrap(), Taken::Allowed);
            let again = other.take(&key, ONE, at(1)).await.unwrap();
            assert!(matches!(again, Taken::Refused { .. }), "what was written after a call of {most} polls is lost");
            (most, round) = if answered && most > 0 { (0, round + 1) } else { (most + 1, round) };
        }
        store.close().await;
        database.remove([other]).await;
    }
}
