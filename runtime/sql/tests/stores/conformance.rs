//! What every store has to do, by the suite of `axum_scopes`.

use axum_scopes::testing::store_conformance;
use axum_scopes_sql::SqlStore;

use super::database::TestDatabase;

async fn all(replicas: &[SqlStore]) {
    store_conformance::sessions(replicas).await;
    store_conformance::personal_tokens(replicas).await;
    store_conformance::throttle(replicas).await;
    store_conformance::replays(replicas).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_sqlite_file_keeps_all_promises() {
    let database = TestDatabase::sqlite();
    let replicas = database.replicas().await;
    all(&replicas).await;
    database.remove(replicas).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn sqlite_in_memory_keeps_all_promises() {
    let store = SqlStore::connect("sqlite::memory:").await.unwrap();
    store.migrate().await.unwrap();
    all(&[store.clone(), store]).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn postgres_keeps_all_promises() {
    let Some(database) = TestDatabase::postgres().await else { return };
    let replicas = database.replicas().await;
    all(&replicas).await;
    database.remove(replicas).await;
}
