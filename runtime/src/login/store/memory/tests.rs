//! The store in memory keeps the promises of all stores.

use super::MemoryStore;
use crate::testing::store_conformance;

fn replicas() -> [MemoryStore; 2] {
    let store = MemoryStore::default();
    [store.clone(), store]
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn sessions_in_memory_are_kept_as_all_stores_have_to() {
    store_conformance::sessions(&replicas()).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn personal_tokens_in_memory_are_kept_as_all_stores_have_to() {
    store_conformance::personal_tokens(&replicas()).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn attempts_in_memory_are_counted_as_all_stores_have_to() {
    store_conformance::throttle(&replicas()).await;
}

#[cfg(feature = "dpop")]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn used_proofs_in_memory_are_kept_as_all_stores_have_to() {
    store_conformance::replays(&replicas()).await;
}
