//! A database that goes away and comes back: calls fail soon, what was answered is kept, and the store recovers by itself.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    time::{Duration, Instant, SystemTime},
};

use axum_scopes::{
    error::StoreError,
    login::store::{Ending, Limit, Rotated, SessionStore, ThrottleStore},
};
use axum_scopes_sql::{SqlStore, sqlx};
use sqlx::Executor;
use tokio::{task::JoinHandle, time::sleep};

use super::{
    database::{TestDatabase, at, digest, rotation, session},
    server::Server,
};

const ACQUIRE: Duration = Duration::from_secs(1);
const LIMIT: Duration = Duration::from_secs(2);
/// What a busy machine may add.
const PATIENCE: Duration = Duration::from_secs(2);

async fn store(url: &str) -> SqlStore {
    let options = SqlStore::options().connections(4).acquire_timeout(ACQUIRE).time_limit(LIMIT);
    options.connect(url).await.unwrap()
}

/// Refreshes a session again and again, each time with the token that it has. A call that fails is made again.
struct Refreshing {
    answered: Arc<AtomicU64>,
    failed: Arc<AtomicU64>,
    stop: Arc<AtomicBool>,
    task: JoinHandle<u64>,
}

impl Refreshing {
    async fn begin(store: &SqlStore, id: u128) -> Self {
        let name = move |use_: u64| format!("{id}-{use_}");
        let now = SystemTime::now();
        let session = axum_scopes::login::store::Session {
            started: now,
            expires: now + Duration::from_secs(3600),
            ..session(id, "amy")
        };
        store.begin(&session, &digest(&name(0)), session.expires).await.unwrap();
        let (answered, failed): (Arc<AtomicU64>, Arc<AtomicU64>) = Default::default();
        let stop = Arc::<AtomicBool>::default();
        let task = tokio::spawn({
            let (store, answered, failed, stop) =
                (store.clone(), Arc::clone(&answered), Arc::clone(&failed), Arc::clone(&stop));
            async move {
                let mut use_ = 0;
                while !stop.load(Ordering::Relaxed) {
                    let mut rotation = rotation(&name(use_), &name(use_ + 1), SystemTime::now());
                    rotation.grace = Duration::from_secs(60);
                    let begun = Instant::now();
                    match store.rotate(&rotation).await {
                        Ok(Rotated::Rotated { .. }) => {
                            answered.fetch_add(1, Ordering::Relaxed);
                            use_ += 1;
                        }
                        Ok(answer) => panic!("session {id}, token {use_}: {answer:?}"),
                        Err(error) => {
                            assert!(error.retry_after() > 0);
                            assert!(begun.elapsed() < LIMIT + PATIENCE, "{:?}", begun.elapsed());
                            failed.fetch_add(1, Ordering::Relaxed);
                            sleep(Duration::from_millis(20)).await;
                        }
                    }
                }
                use_
            }
        });
        Self { answered, failed, stop, task }
    }

    fn answered(&self) -> u64 {
        self.answered.load(Ordering::Relaxed)
    }

    /// Waits until it goes on, and says how long that took.
    async fn goes_on(&self) -> Duration {
        let (begun, before) = (Instant::now(), self.answered());
        while self.answered() < before + 3 {
            assert!(begun.elapsed() < Duration::from_secs(30), "it does not recover");
            sleep(Duration::from_millis(10)).await;
        }
        begun.elapsed()
    }

    async fn end(self) -> (u64, u64) {
        self.stop.store(true, Ordering::Relaxed);
        (self.task.await.unwrap(), self.failed.load(Ordering::Relaxed))
    }
}

/// An error, and the time until it came.
async fn fails<T: std::fmt::Debug>(call: impl Future<Output = Result<T, StoreError>>) -> Duration {
    let begun = Instant::now();
    call.await.unwrap_err();
    begun.elapsed()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_killed_postgres_is_used_again_once_it_is_back() {
    let Some(server) = Server::start() else { return };
    let replicas = [store(&server.url).await, store(&server.url).await];
    replicas[0].migrate().await.unwrap();
    let mut refreshing = Vec::new();
    for id in 0..8 {
        refreshing.push(Refreshing::begin(&replicas[id as usize % 2], id).await);
    }
    let ended = session(100, "bob").id;
    for round in 0..3 {
        for one in &refreshing {
            one.goes_on().await;
        }
        // What was answered before the crash is there after it.
        replicas[0].end(Ending::Session(ended), at(round), at(9000)).await.unwrap();
        server.kill();
        let key = digest("key");
        let taken = replicas[1].take(&key, Limit { burst: 1, period: LIMIT }, at(0));
        assert!(fails(taken).await < ACQUIRE + PATIENCE);
        assert!(fails(replicas[0].check()).await < ACQUIRE + PATIENCE);
        server.restart();
        for one in &refreshing {
            let recovered = one.goes_on().await;
            assert!(recovered < ACQUIRE + PATIENCE, "{recovered:?}");
        }
        let list = replicas[1].ended_since(at(0)).await.unwrap();
        assert!(list.iter().any(|end| end.session == ended && end.at == at(0)));
    }
    let mut sums = (0, 0);
    for one in refreshing {
        let (answered, failed) = one.end().await;
        sums = (sums.0 + answered, sums.1 + failed);
    }
    println!("{} refreshes over three crashes, {} failed and were tried again", sums.0, sums.1);
    assert!(sums.1 > 0);
    // No session was ended by a token that was tried again.
    assert_eq!(replicas[0].sessions_of("amy", SystemTime::now(), 100).await.unwrap().len(), 8);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_postgres_that_does_not_answer_is_given_up_and_used_again() {
    let Some(server) = Server::start() else { return };
    let store = store(&server.url).await;
    store.migrate().await.unwrap();
    let refreshing = Refreshing::begin(&store, 1).await;
    refreshing.goes_on().await;
    server.pause();
    // More calls than connections, some of which are given up by their clients.
    let mut calls = tokio::task::JoinSet::new();
    for number in 0..24 {
        let store = store.clone();
        calls.spawn(async move {
            let call = fails(store.end(Ending::Session(session(number, "x").id), at(0), at(60)));
            tokio::time::timeout(Duration::from_millis(if number % 3 == 0 { 300 } else { 10_000 }), call).await
        });
    }
    for took in calls.join_all().await.into_iter().flatten() {
        assert!(took < LIMIT + PATIENCE, "{took:?}");
    }
    let begun = Instant::now();
    while refreshing.failed.load(Ordering::Relaxed) == 0 {
        assert!(begun.elapsed() < LIMIT + PATIENCE, "no refresh is given up");
        sleep(Duration::from_millis(10)).await;
    }
    server.resume();
    let recovered = refreshing.goes_on().await;
    assert!(recovered < LIMIT + PATIENCE, "{recovered:?}");
    refreshing.end().await;
    for number in 0..24 {
        store.end(Ending::Session(session(number, "x").id), at(1), at(60)).await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn connections_into_nowhere_are_given_up_and_replaced() {
    let Some(server) = Server::start() else { return };
    let network = server.network().await;
    let store = store(&network.url).await;
    store.migrate().await.unwrap();
    for _ in 0..3 {
        let mut calls = tokio::task::JoinSet::new();
        for number in 0..16 {
            let store = store.clone();
            calls.spawn(async move { store.end(Ending::Session(session(number, "x").id), at(0), at(60)).await });
        }
        calls.join_all().await.into_iter().for_each(|answer| drop(answer.unwrap()));
        // Let all of them return to the pool.
        sleep(Duration::from_millis(100)).await;
        network.swallow();
        let begun = Instant::now();
        while store.check().await.is_err() || store.pool().num_idle() == 0 {
            assert!(begun.elapsed() < 2 * (LIMIT + PATIENCE), "it does not recover");
        }
        // No connection has kept its place in the pool.
        sleep(2 * ACQUIRE).await;
        let begun = Instant::now();
        let mut held = Vec::new();
        for _ in 0..4 {
            held.push(store.pool().acquire().await.unwrap());
        }
        assert!(begun.elapsed() < 4 * ACQUIRE + PATIENCE, "{:?}", begun.elapsed());
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn connections_that_postgres_has_closed_are_replaced() {
    let Some(database) = TestDatabase::postgres().await else { return };
    let [store, other] = database.replicas().await;
    for round in 0..5 {
        let mut calls = tokio::task::JoinSet::new();
        for number in 0..10 {
            let store = store.clone();
            calls.spawn(async move { store.find_session(&digest(&format!("{round}-{number}"))).await });
        }
        calls.join_all().await;
        // Connections that were idle for a while are looked at before they are used.
        sleep(Duration::from_millis(600)).await;
        let kill = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity \
                    WHERE datname = current_database() AND pid <> pg_backend_pid()";
        other.pool().execute(kill).await.unwrap();
        for number in 0..10 {
            store.find_session(&digest(&number.to_string())).await.unwrap();
        }
    }
    database.remove([store, other]).await;
}

/// `find` of the trait for sessions, by a name of its own.
trait FindSession {
    async fn find_session(&self, token: &[u8; 32]) -> Result<Option<axum_scopes::login::store::Session>, StoreError>;
}

impl FindSession for SqlStore {
    async fn find_session(&self, token: &[u8; 32]) -> Result<Option<axum_scopes::login::store::Session>, StoreError> {
        SessionStore::find(self, token).await
    }
}
