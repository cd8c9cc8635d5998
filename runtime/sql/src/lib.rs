//! The stores of [`axum-scopes`](axum_scopes)' login in SQLite and Postgres: sessions with their refresh tokens, personal tokens, counts
//! of attempts, and used proofs of possession.
//!
//! [`SqlStore`] implements [`SessionStore`](axum_scopes::login::store::SessionStore),
//! [`PersonalTokenStore`](axum_scopes::login::store::PersonalTokenStore),
//! [`ThrottleStore`](axum_scopes::login::store::ThrottleStore) and [`ReplayStore`](axum_scopes::sender::dpop::ReplayStore). It keeps digests
//! of tokens, never tokens.
//!
//! ```
//! use std::time::{Duration, SystemTime};
//! use axum_scopes::login::store::{Limit, Taken, ThrottleStore};
//! use axum_scopes_sql::SqlStore;
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let folder = std::env::temp_dir().join(format!("axum_scopes_sql_{}", std::process::id()));
//! # std::fs::create_dir_all(&folder)?;
//! # let url = format!("sqlite://{}/login.db", folder.display());
//! // In a service: `DATABASE_URL`, or else a file like `sqlite://login.db`.
//! let store = SqlStore::connect(&url).await?;
//! store.migrate().await?;
//! store.clean_up_every(Duration::from_secs(10 * 60));
//!
//! let limit = Limit { burst: 1, period: Duration::from_secs(60) };
//! let (amy, now) = ([7; 32], SystemTime::now());
//! assert_eq!(store.take(&amy, limit, now).await?, Taken::Allowed);
//! assert!(matches!(store.take(&amy, limit, now).await?, Taken::Refused { .. }));
//! # store.close().await;
//! # std::fs::remove_dir_all(folder)?;
//! # Ok(())
//! # }
//! ```
//!
//! # Databases
//!
//! | URL | for |
//! |---|---|
//! | `sqlite://login.db`, `sqlite:///var/lib/service/login.db` | one machine; the file is made if there is none |
//! | `sqlite::memory:` | tests: all is gone when the store is dropped |
//! | `postgres://user@host/database?sslmode=verify-full` | replicas on several machines; TLS needs the feature `tls` |
//! | `postgres://user@localhost/database?host=/run/postgresql` | the same by a Unix socket |
//!
//! SQLite has one connection that writes, so that writers wait in a queue and not for the lock of the file, and others that read meanwhile.
//! Several processes of one machine may share a file on a local disk. A commit waits for the disk;
//! [`survives_power_loss(false)`](SqlStoreOptions::survives_power_loss) says what it means not to.
//!
//! A pooler between the service and Postgres has to keep a connection for its client (`pool_mode = session` in PgBouncer), because each
//! connection begins with settings: the isolation level `read committed`, and limits on time.
//!
//! # What it guarantees
//!
//! * One statement decides wherever calls run at the same time, on one machine or on several: which of many refreshes with one token is
//!   the first, and how many attempts are allowed.
//! * What a call has answered is kept, even if the process is killed right after.
//! * A call fails within its [time limit](SqlStoreOptions::time_limit) if the database does not answer, with 503 and `Retry-After` for the
//!   client. The next call connects anew, so nothing needs a restart.
//! * [`migrate`](SqlStore::migrate) may run on all replicas at once. It refuses tables of a newer version.
//! * [`clean_up`](SqlStore::clean_up) removes what has expired, a bounded number of rows at a time.
//! * Neither an error nor `Debug` shows the URL.
//!
//! # Clocks
//!
//! Times are those of the service that calls, never of the database. The clocks of replicas have to agree within a few seconds: the grace of
//! a refresh token and the waiting time of a throttle are off by their difference. Times are kept in whole microseconds; what is
//! below is cut off.
//!
//! # The service's own tables
//!
//! All tables begin with `axum_scopes_`, also the one with their version, so they can share a database with those of the service and its
//! migrations. [`pool`](SqlStore::pool) has the connections, and [`sqlx`] is exported in the version that they have.
//!
//! ```
//! use axum_scopes_sql::{SqlStore, sqlx};
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let store = SqlStore::connect("sqlite::memory:").await?;
//! sqlx::query("CREATE TABLE users (name TEXT PRIMARY KEY, hash TEXT NOT NULL)").execute(store.pool()).await?;
//! let insert = sqlx::query("INSERT INTO users (name, hash) VALUES ($1, $2)");
//! insert.bind("amy").bind("$argon2id$…").execute(store.pool()).await?;
//! let count: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM users").fetch_one(store.read_pool()).await?;
//! assert_eq!(count, 1);
//! # Ok(())
//! # }
//! ```
//!
//! # Features
//!
//! | feature | for |
//! |---|---|
//! | `aws_lc_rs` (default), `rust_crypto` | the backend of `axum-scopes`; one of them has to be on |
//! | `tls` | TLS to Postgres, by rustls with aws-lc |

mod clean_up;
mod database;
mod error;
mod lease;
mod migrate;
mod new_file;
mod options;
mod personal;
mod replay;
mod rotate;
mod row;
mod sessions;
mod statements;
mod store;
mod text;
mod throttle;
mod time;
mod url;

pub use sqlx;

pub use self::{clean_up::CleanedUp, database::Backend, error::SqlError, options::SqlStoreOptions, store::SqlStore};
