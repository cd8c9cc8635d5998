//! TLS on the way to Postgres.

use axum_scopes_sql::{SqlStore, sqlx};

use super::server::Server;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn postgres_is_asked_over_tls_and_its_certificate_is_verified() {
    let Some(server) = Server::start() else { return };
    let (port, authority) = server.restart_with_tls();
    let url = format!("postgres://axum_scopes@localhost:{port}/postgres?sslmode=verify-full");
    let store = SqlStore::connect(&format!("{url}&sslrootcert={authority}")).await.unwrap();
    store.migrate().await.unwrap();
    let is_encrypted = "SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()";
    let is_encrypted: bool = sqlx::query_scalar(is_encrypted).fetch_one(store.pool()).await.unwrap();
    assert!(is_encrypted);
    store.close().await;
    // Nobody vouches for the certificate, or it is for another name.
    SqlStore::connect(&url).await.unwrap_err();
    let other = url.replace("localhost", "127.0.0.1");
    SqlStore::connect(&format!("{other}&sslrootcert={authority}")).await.unwrap_err();
}
