//! Tables of each released version are brought to the newest one, and nothing in them is lost.
//!
//! `tests/fixtures` has a folder for each version: what this version has written, as SQL. `tests/fixtures/make.sh` makes the next one.

use std::{env, fs, path::Path, time::Duration};

use axum_scopes::{
    login::store::{
        Ended, Ending, Limit, PersonalToken, PersonalTokenStore, Rotated, Session, SessionId, SessionStore, Taken,
        ThrottleStore,
    },
    sender::dpop::ReplayStore,
};
use axum_scopes_sql::{Backend, SqlError, SqlStore, sqlx};
use sqlx::{AnyConnection, AssertSqlSafe, Connection, Executor, Row};
use tokio::task::JoinSet;

use super::database::{TestDatabase, at, digest, patient, rotation, session};

const LIMIT: Limit = Limit { burst: 3, period: Duration::from_secs(100) };

fn bound() -> Session {
    Session {
        client_id: Some("app".to_owned()),
        key: Some(digest("key")),
        started: at(1) + Duration::from_millis(250),
        ..session(1, "jos\u{e9} o'neil")
    }
}

fn unknown() -> SessionId {
    SessionId::from_bytes([9; 16])
}

fn token() -> PersonalToken {
    PersonalToken {
        id: "AbC".to_owned(),
        subject: "amy".into(),
        name: "back\\up; 'of' \u{1f4bb}".to_owned(),
        scope: "items me".into(),
        created: at(2),
        expires: Some(at(5000)),
        last_used: Some(at(50)),
    }
}

fn endless() -> PersonalToken {
    PersonalToken { id: "x".to_owned(), created: at(1), expires: None, last_used: None, ..token() }
}

/// Writes rows of every kind.
async fn fill(store: &SqlStore) {
    store.begin(&bound(), &digest("1-0"), at(600)).await.unwrap();
    store.rotate(&rotation("1-0", "1-1", at(10))).await.unwrap();
    store.begin(&session(2, "amy"), &digest("2-0"), at(600)).await.unwrap();
    store.end(Ending::Subject("amy"), at(20), at(4000)).await.unwrap();
    store.end(Ending::Session(unknown()), at(30), at(4000)).await.unwrap();
    store.begin(&session(3, "amy"), &digest("3-0"), at(600)).await.unwrap();
    store.create(&token(), &digest("token"), 9).await.unwrap();
    store.create(&endless(), &digest("endless"), 9).await.unwrap();
    store.take(&digest("throttle"), LIMIT, at(0)).await.unwrap();
    store.first_use(&digest("proof"), &[0; 32], 4_000_000_000).await.unwrap();
}

/// Finds all that [`fill`] has written, and goes on with it.
async fn all_is_there(store: &SqlStore) {
    assert_eq!(SessionStore::find(store, &digest("1-0")).await.unwrap(), Some(bound()));
    let mut ended = store.ended_since(at(0)).await.unwrap();
    ended.sort_by_key(|ended| ended.at);
    let second = Ended { session: session(2, "amy").id, at: at(20) };
    assert_eq!(ended, [second, Ended { session: unknown(), at: at(30) }]);
    assert_eq!(store.sessions_of("amy", at(40), 9).await.unwrap(), [session(3, "amy")]);
    assert_eq!(store.list("amy", at(60)).await.unwrap(), [token(), endless()]);
    assert!(!store.first_use(&digest("proof"), &[0; 32], 4_000_000_000).await.unwrap());
    for expected in [true, true, false] {
        let taken = store.take(&digest("throttle"), LIMIT, at(0)).await.unwrap();
        assert_eq!(taken == Taken::Allowed, expected);
    }

    // The grace goes on, the family goes on, and a replay ends it.
    let again = store.rotate(&rotation("1-0", "1-1", at(15))).await.unwrap();
    assert_eq!(again, Rotated::Rotated { session: bound(), repeated: true });
    let next = store.rotate(&rotation("1-1", "1-2", at(16))).await.unwrap();
    assert_eq!(next, Rotated::Rotated { session: bound(), repeated: false });
    let replayed = store.rotate(&rotation("1-0", "1-1", at(17))).await.unwrap();
    assert_eq!(replayed, Rotated::Reused { session: bound(), ended: true });
    assert_eq!(store.rotate(&rotation("2-0", "2-1", at(18))).await.unwrap(), Rotated::Refused);
    assert!(store.delete("amy", "AbC").await.unwrap());
}

/// What the tables look like.
async fn shape(store: &SqlStore) -> Vec<String> {
    let statement = match store.backend() {
        Backend::Sqlite => "SELECT sql FROM sqlite_master WHERE name LIKE 'axum_scopes%' ORDER BY name",
        _ => {
            "SELECT table_name || '.' || column_name || ' ' || data_type || ' ' || is_nullable FROM information_schema.columns \
             WHERE table_name LIKE 'axum_scopes%' \
             UNION ALL SELECT indexdef FROM pg_indexes WHERE tablename LIKE 'axum_scopes%' ORDER BY 1"
        }
    };
    let rows = store.pool().fetch_all(statement).await.unwrap();
    rows.iter().map(|row| row.get::<String, _>(0)).collect()
}

async fn load(database: &TestDatabase, statements: String) {
    let url =
        if database.url.starts_with("sqlite") { format!("{}?mode=rwc", database.url) } else { database.url.clone() };
    sqlx::any::install_default_drivers();
    let mut connection = AnyConnection::connect(&url).await.unwrap();
    connection.execute(sqlx::raw_sql(AssertSqlSafe(statements))).await.unwrap();
    connection.close().await.unwrap();
}

fn fixtures() -> Vec<std::path::PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures");
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut versions: Vec<_> = entries.filter(|path| path.is_dir()).collect();
    versions.sort();
    assert!(!versions.is_empty());
    versions
}

#[tokio::test]
async fn each_released_version_is_migrated_without_loss() {
    let versions = fixtures();
    let newest = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/schema/sqlite");
    assert_eq!(versions.len(), fs::read_dir(newest).unwrap().count(), "each version has a fixture");
    for version in versions {
        for database in TestDatabase::all().await {
            let kind = database.url.split(':').next().unwrap().to_owned();
            load(&database, fs::read_to_string(version.join(format!("{kind}.sql"))).unwrap()).await;
            let [store, other] = database.replicas().await;
            // Once more changes nothing.
            other.migrate().await.unwrap();
            all_is_there(&store).await;
            let fresh = if kind == "sqlite" { TestDatabase::sqlite() } else { TestDatabase::postgres().await.unwrap() };
            let [new, newer] = fresh.replicas().await;
            assert_eq!(shape(&store).await, shape(&new).await, "{}", version.display());
            fresh.remove([new, newer]).await;
            database.remove([store, other]).await;
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn replicas_that_start_at_once_migrate_once() {
    for number in 0..6 {
        for database in TestDatabase::all().await {
            // Half of them find the table with the version, as if it were an old one.
            if number % 2 == 1 {
                let store = database.store().await;
                store.pool().execute("CREATE TABLE axum_scopes_schema (version BIGINT NOT NULL)").await.unwrap();
                store.close().await;
            }
            start_at_once(database).await;
        }
    }
}

async fn start_at_once(database: TestDatabase) {
    let mut starting = JoinSet::new();
    for _ in 0..8 {
        let url = database.url.clone();
        starting.spawn(async move {
            let store = patient().connect(&url).await.unwrap();
            store.migrate().await.unwrap();
            store.check().await.unwrap();
            store
        });
    }
    let stores = starting.join_all().await;
    fill(&stores[0]).await;
    all_is_there(&stores[7]).await;
    database.remove(stores).await;
}

#[tokio::test]
async fn a_newer_schema_is_refused_and_left_alone() {
    for database in TestDatabase::all().await {
        let [store, other] = database.replicas().await;
        store.pool().execute("UPDATE axum_scopes_schema SET version = 99").await.unwrap();
        let error = store.migrate().await.unwrap_err();
        assert!(matches!(error, SqlError::NewerSchema { found: 99, known: 1 }));
        assert_eq!(
            error.to_string(),
            "the tables of the login have version 99, and this program knows versions up to 1; run the newer program"
        );
        let version: i64 = store.pool().fetch_one("SELECT version FROM axum_scopes_schema").await.unwrap().get(0);
        assert_eq!(version, 99);
        database.remove([store, other]).await;
    }
}

#[tokio::test]
async fn a_database_without_tables_is_not_ready() {
    for database in TestDatabase::all().await {
        let store = database.store().await;
        assert!(store.check().await.is_err());
        store.migrate().await.unwrap();
        store.check().await.unwrap();
        database.remove([store]).await;
    }
}

/// For `tests/fixtures/make.sh`.
#[tokio::test]
#[ignore = "writes into the database of FILL_URL"]
async fn fill_for_a_fixture() {
    let store = SqlStore::connect(&env::var("FILL_URL").unwrap()).await.unwrap();
    store.migrate().await.unwrap();
    fill(&store).await;
    store.close().await;
}
