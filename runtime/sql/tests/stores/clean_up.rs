//! What has expired is removed, and nothing else.

use std::time::{Duration, SystemTime};

use axum_scopes::{
    login::store::{
        Ended, Ending, Limit, PersonalToken, PersonalTokenStore, Rotated, SessionId, SessionStore, Taken, ThrottleStore,
    },
    sender::dpop::ReplayStore,
};
use axum_scopes_sql::{CleanedUp, SqlStore, sqlx};

use super::database::{TestDatabase, at, digest, rotation, session};

const LIMIT: Limit = Limit { burst: 2, period: Duration::from_secs(100) };
const DAY: u64 = 24 * 60 * 60;

fn unix(seconds: u64) -> u64 {
    at(seconds).duration_since(SystemTime::UNIX_EPOCH).unwrap().as_secs()
}

fn token(id: &str, expires: Option<SystemTime>) -> PersonalToken {
    PersonalToken {
        id: id.to_owned(),
        subject: "amy".into(),
        name: "laptop".to_owned(),
        scope: "me".into(),
        created: at(0),
        expires,
        last_used: None,
    }
}

/// One row of each kind that expires soon, and one that does not.
async fn fill(store: &SqlStore) {
    store.begin(&session(1, "amy"), &digest("1-0"), at(600)).await.unwrap();
    store.rotate(&rotation("1-0", "1-1", at(100))).await.unwrap();
    let long = axum_scopes::login::store::Session { expires: at(90 * DAY), ..session(2, "amy") };
    store.begin(&long, &digest("2-0"), at(80 * DAY)).await.unwrap();
    // Sessions that are only remembered as ended.
    let unknown = |id: u128| Ending::Session(SessionId::from_bytes(id.to_be_bytes()));
    store.end(unknown(3), at(0), at(600)).await.unwrap();
    store.end(unknown(4), at(0), at(80 * DAY)).await.unwrap();
    store.create(&token("short", Some(at(600))), &digest("short"), 9).await.unwrap();
    store.create(&token("long", Some(at(80 * DAY))), &digest("long"), 9).await.unwrap();
    store.create(&token("endless", None), &digest("endless"), 9).await.unwrap();
    store.take(&digest("soon"), LIMIT, at(0)).await.unwrap();
    store.take(&digest("late"), LIMIT, at(80 * DAY)).await.unwrap();
    store.first_use(&digest("proof"), &[0; 32], unix(60)).await.unwrap();
    store.first_use(&digest("late proof"), &[0; 32], unix(80 * DAY)).await.unwrap();
}

async fn rows(store: &SqlStore, table: &'static str) -> i64 {
    let sql = sqlx::AssertSqlSafe(format!("SELECT COUNT(*) FROM axum_scopes_{table}"));
    sqlx::query_scalar(sql).fetch_one(store.read_pool()).await.unwrap()
}

/// The rows of sessions, refresh tokens, personal tokens, throttles and proofs.
async fn all_rows(store: &SqlStore) -> [i64; 5] {
    let mut counts = [0; 5];
    for (count, table) in counts.iter_mut().zip(["session", "refresh_token", "personal_token", "throttle", "proof"]) {
        *count = rows(store, table).await;
    }
    counts
}

#[tokio::test]
async fn what_has_expired_is_removed_and_nothing_else() {
    for database in TestDatabase::all().await {
        let [store, other] = database.replicas().await;
        fill(&store).await;
        assert_eq!(store.clean_up(at(0), 100).await.unwrap(), CleanedUp::default());
        assert_eq!(all_rows(&store).await, [4, 3, 3, 2, 2]);

        // The successor expires at 700, and the session at 3600. It is remembered for a day more.
        let cleaned = store.clean_up(at(650), 100).await.unwrap();
        assert_eq!((cleaned.refresh_tokens, cleaned.sessions, cleaned.personal_tokens), (1, 1, 1));
        assert_eq!((cleaned.throttles, cleaned.proofs, cleaned.more), (1, 1, false));
        assert_eq!(all_rows(&store).await, [3, 2, 2, 1, 1]);
        assert!(matches!(store.rotate(&rotation("1-1", "1-2", at(660))).await.unwrap(), Rotated::Rotated { .. }));

        store.clean_up(at(3600 + DAY - 1), 100).await.unwrap();
        assert_eq!(rows(&store, "session").await, 3, "access tokens of an expired session may still be good");
        store.clean_up(at(3600 + DAY), 100).await.unwrap();
        assert_eq!(all_rows(&store).await, [2, 1, 2, 1, 1]);

        // All that was kept is as it was.
        assert!(matches!(store.rotate(&rotation("2-0", "2-1", at(2 * DAY))).await.unwrap(), Rotated::Rotated { .. }));
        let ended = Ended { session: SessionId::from_bytes(4_u128.to_be_bytes()), at: at(0) };
        assert_eq!(store.ended_since(at(0)).await.unwrap(), [ended]);
        assert_eq!(store.list("amy", at(2 * DAY)).await.unwrap().len(), 2);
        assert!(!store.first_use(&digest("late proof"), &[0; 32], unix(80 * DAY)).await.unwrap());
        let taken = [
            store.take(&digest("late"), LIMIT, at(80 * DAY)).await.unwrap(),
            store.take(&digest("late"), LIMIT, at(80 * DAY)).await.unwrap(),
        ];
        assert_eq!(taken[0], Taken::Allowed);
        assert!(matches!(taken[1], Taken::Refused { .. }));
        database.remove([store, other]).await;
    }
}

#[tokio::test]
async fn an_ended_session_is_remembered_as_long_as_was_asked_for() {
    for database in TestDatabase::all().await {
        let [store, other] = database.replicas().await;
        for (id, remember_until) in [(1, at(10)), (2, at(10 * DAY))] {
            let session = session(id, "amy");
            store.begin(&session, &digest(&format!("{id}-0")), at(600)).await.unwrap();
            store.end(Ending::Session(session.id), at(5), remember_until).await.unwrap();
        }
        store.clean_up(at(3600 + DAY - 1), 100).await.unwrap();
        assert_eq!(store.ended_since(at(0)).await.unwrap().len(), 2);
        store.clean_up(at(10 * DAY - 1), 100).await.unwrap();
        assert_eq!(store.ended_since(at(0)).await.unwrap().len(), 1);
        store.clean_up(at(10 * DAY), 100).await.unwrap();
        assert_eq!(all_rows(&store).await, [0; 5]);
        database.remove([store, other]).await;
    }
}

#[tokio::test]
async fn a_session_that_reuse_has_ended_is_remembered_for_a_day() {
    for database in TestDatabase::all().await {
        let [store, other] = database.replicas().await;
        let session = session(1, "amy");
        store.begin(&session, &digest("0"), at(9 * DAY)).await.unwrap();
        store.rotate(&rotation("0", "1", at(1))).await.unwrap();
        let late = at(3600 + DAY - 10);
        let answer = store.rotate(&rotation("0", "1", late)).await.unwrap();
        assert_eq!(answer, Rotated::Reused { session: session.clone(), ended: true });
        store.clean_up(at(3600 + DAY), 100).await.unwrap();
        store.clean_up(late + Duration::from_secs(DAY - 1), 100).await.unwrap();
        assert_eq!(store.ended_since(late).await.unwrap(), [Ended { session: session.id, at: late }]);
        store.clean_up(late + Duration::from_secs(DAY), 100).await.unwrap();
        assert_eq!(all_rows(&store).await, [0; 5]);
        database.remove([store, other]).await;
    }
}

/// The clean-up waits for an attempt that is being counted, and must not forget it then.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_attempt_that_is_counted_meanwhile_is_not_forgotten() {
    let Some(database) = TestDatabase::postgres().await else { return };
    let [store, other] = database.replicas().await;
    store.take(&digest("key"), LIMIT, at(0)).await.unwrap();
    let mut counting = store.pool().begin().await.unwrap();
    let count = "UPDATE axum_scopes_throttle SET arrival = arrival + 1000000000000";
    sqlx::query(count).execute(&mut *counting).await.unwrap();
    let cleaner = other.clone();
    let cleaning = tokio::spawn(async move { cleaner.clean_up(at(500), 9).await.unwrap() });
    tokio::time::sleep(Duration::from_millis(300)).await;
    assert!(!cleaning.is_finished());
    counting.commit().await.unwrap();
    assert_eq!(cleaning.await.unwrap().throttles, 0);
    assert_eq!(rows(&store, "throttle").await, 1);
    database.remove([store, other]).await;
}

#[tokio::test]
async fn one_run_removes_no_more_than_its_limit() {
    for database in TestDatabase::all().await {
        let [store, other] = database.replicas().await;
        store.begin(&session(1, "amy"), &digest("0"), at(600)).await.unwrap();
        for use_ in 0..25_u64 {
            store.rotate(&rotation(&use_.to_string(), &(use_ + 1).to_string(), at(use_))).await.unwrap();
            store.take(&digest(&format!("key-{use_}")), LIMIT, at(0)).await.unwrap();
        }
        let much_later = at(10 * DAY);
        let mut runs = Vec::new();
        loop {
            let cleaned = store.clean_up(much_later, 10).await.unwrap();
            runs.push((cleaned.refresh_tokens, cleaned.sessions, cleaned.throttles));
            if !cleaned.more {
                break;
            }
        }
        assert_eq!(runs, [(10, 0, 10), (10, 0, 10), (6, 1, 5)], "refresh tokens, sessions and throttles of each run");
        assert_eq!(all_rows(&store).await, [0; 5]);
        database.remove([store, other]).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn replicas_may_clean_up_while_they_are_used() {
    for database in TestDatabase::all().await {
        let replicas = database.replicas().await;
        let mut tasks = tokio::task::JoinSet::new();
        for (number, store) in replicas.iter().cloned().enumerate() {
            let cleaner = store.clone();
            tasks.spawn(async move {
                for round in 0..60 {
                    cleaner.clean_up(at(5 + round), 7).await.unwrap();
                }
            });
            tasks.spawn(async move {
                let name = |use_: u64| format!("{number}-{use_}");
                store.begin(&session(number as u128, "amy"), &digest(&name(0)), at(600)).await.unwrap();
                for use_ in 0..60 {
                    let answer = store.rotate(&rotation(&name(use_), &name(use_ + 1), at(use_))).await.unwrap();
                    assert!(matches!(answer, Rotated::Rotated { repeated: false, .. }), "{answer:?}");
                    let short = Limit { burst: 1, period: Duration::from_secs(1) };
                    let taken = store.take(&digest(&name(0)), short, at(use_)).await.unwrap();
                    assert_eq!(taken, Taken::Allowed);
                }
            });
        }
        tasks.join_all().await;
        database.remove(replicas).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_task_cleans_up_until_the_store_is_dropped() {
    let database = TestDatabase::sqlite();
    let [store, other] = database.replicas().await;
    let old = || async { other.first_use(&digest("old"), &[0; 32], 1).await.unwrap() };
    assert!(old().await);
    store.clean_up_every(Duration::from_millis(20));
    let copy = store.clone();
    drop(store);
    let mut patience = 500;
    while !old().await {
        patience -= 1;
        assert!(patience > 0, "the old proof is still there");
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    let pool = copy.pool().clone();
    drop(copy);
    // No task holds the store, so it has stopped within its run.
    tokio::time::sleep(Duration::from_millis(100)).await;
    other.clean_up(SystemTime::now(), 9).await.unwrap();
    assert!(old().await);
    tokio::time::sleep(Duration::from_millis(200)).await;
    assert!(!old().await, "the task goes on without a store");
    pool.close().await;
    database.remove([other]).await;
}

#[tokio::test]
async fn the_task_stops_as_soon_as_the_store_is_dropped() {
    let tasks = || tokio::runtime::Handle::current().metrics().num_alive_tasks();
    let store = SqlStore::connect("sqlite::memory:").await.unwrap();
    tokio::time::sleep(Duration::from_millis(50)).await;
    let before = tasks();
    for _ in 0..3 {
        store.clean_up_every(Duration::from_secs(3600));
    }
    tokio::time::sleep(Duration::from_millis(50)).await;
    assert_eq!(tasks(), before + 1, "a second task replaces the first");
    drop(store);
    tokio::time::sleep(Duration::from_millis(50)).await;
    assert_eq!(tasks(), before);
}

/// Another replica has not committed yet that a session is needed for longer.
#[tokio::test]
async fn what_is_needed_again_meanwhile_is_not_removed() {
    let Some(database) = TestDatabase::postgres().await else { return };
    let [store, other] = database.replicas().await;
    let session = SessionId::from_bytes([9; 16]);
    store.end(Ending::Session(session), at(0), at(600)).await.unwrap();
    let mut transaction = other.pool().begin().await.unwrap();
    let later = sqlx::query("UPDATE axum_scopes_session SET keep_until = keep_until + 1000000000");
    later.execute(&mut *transaction).await.unwrap();
    let cleaner = tokio::spawn(async move { (store.clean_up(at(700), 100).await.unwrap(), store) });
    while waiting(&other).await == 0 {
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    transaction.commit().await.unwrap();
    let (cleaned, store) = cleaner.await.unwrap();
    assert_eq!((cleaned.sessions, rows(&store, "session").await), (0, 1));
    database.remove([store, other]).await;
}

/// How many connections to this database wait for a lock.
async fn waiting(store: &SqlStore) -> i64 {
    let sql = "SELECT COUNT(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'";
    sqlx::query_scalar(sql).fetch_one(store.pool()).await.unwrap()
}
