//! The authorization server of a service with users of its own, over HTTP, with its stores in memory.

mod account;
mod bound;
mod cancelled;
mod clients;
mod errors;
mod events;
mod hostile;
mod limits;
mod password;
mod personal;
mod refresh;
mod revocation;
mod service;
mod stores;
mod stores_down;
mod styles;
mod timing;

/// Waits until this is so. If it is not after 5 seconds, the test fails; otherwise it would never end.
async fn until(mut is_so: impl AsyncFnMut() -> bool) {
    let wait = async {
        while !is_so().await {
            tokio::time::sleep(std::time::Duration::from_millis(1)).await;
        }
    };
    tokio::time::timeout(std::time::Duration::from_secs(5), wait).await.expect("what the test waits for happens");
}
