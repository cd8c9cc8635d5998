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
//! | `sqlite://login.db` (or `sqlite:login.db`), `sqlite:///var/lib/service/login.db` | one machine; the file is made if there is none, but its folder has to be there |
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
//! * [`clean_up`](SqlStore::clean_up) removes what has expired, a bounded number of rows at a time. Nothing is removed unless the service
//!   calls it, or [`clean_up_every`](SqlStore::clean_up_every) once after each start.
//! * [`check`](SqlStore::check) asks whether the database is there, for a readiness probe.
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
//! migrations. [`pool`](SqlStore::pool) has the connections, and [`sqlx`] is exported in the version that they have. Here it has the table
//! of users, which the login asks by [`Accounts`](axum_scopes::login::Accounts):
//!
//! ```
//! use axum_scopes::{Scopes, error::StoreError, login::{Account, Accounts}};
//! use axum_scopes_sql::{SqlError, SqlStore, sqlx};
//!
//! #[derive(Clone)]
//! struct Users(SqlStore);
//!
//! /// `$1` is understood by both databases. SQLite has no type for truth values, so they are numbers.
//! const TABLE: &str = "CREATE TABLE IF NOT EXISTS users (subject TEXT PRIMARY KEY, name TEXT NOT NULL UNIQUE,
//!     hash TEXT NOT NULL, scopes TEXT NOT NULL, disabled BIGINT NOT NULL)";
//!
//! impl Users {
//!     async fn one(&self, query: &'static str, value: &str) -> Result<Option<Account>, StoreError> {
//!         let row = sqlx::query_as::<_, (String, String, String, i64)>(query).bind(value.to_owned());
//!         // By `SqlError`, an error of sqlx becomes 503 with `Retry-After`.
//!         let row = row.fetch_optional(self.0.read_pool()).await.map_err(SqlError::from)?;
//!         Ok(row.map(|(subject, hash, scopes, disabled)| Account {
//!             disabled: disabled != 0,
//!             ..Account::new(subject, hash, Scopes::from(scopes.as_str()))
//!         }))
//!     }
//! }
//!
//! impl Accounts for Users {
//!     async fn find(&self, username: &str) -> Result<Option<Account>, StoreError> {
//!         self.one("SELECT subject, hash, scopes, disabled FROM users WHERE name = $1", username).await
//!     }
//!
//!     async fn find_subject(&self, subject: &str) -> Result<Option<Account>, StoreError> {
//!         self.one("SELECT subject, hash, scopes, disabled FROM users WHERE subject = $1", subject).await
//!     }
//!
//!     async fn replace_hash(&self, subject: &str, old: &str, new: &str) -> Result<bool, StoreError> {
//!         let update = sqlx::query("UPDATE users SET hash = $1 WHERE subject = $2 AND hash = $3");
//!         let update = update.bind(new.to_owned()).bind(subject.to_owned()).bind(old.to_owned());
//!         let done = update.execute(self.0.pool()).await.map_err(SqlError::from)?;
//!         Ok(done.rows_affected() == 1)
//!     }
//! }
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let users = Users(SqlStore::connect("sqlite::memory:").await?);
//! sqlx::query(TABLE).execute(users.0.pool()).await?;
//! let insert = sqlx::query("INSERT INTO users (subject, name, hash, scopes, disabled) VALUES ($1, $2, $3, $4, 0)");
//! insert.bind("7").bind("amy").bind("$argon2id$…").bind("me items").execute(users.0.pool()).await?;
//!
//! assert_eq!(users.find("amy").await?.ok_or("no account")?.subject, "7");
//! assert!(users.replace_hash("7", "$argon2id$…", "$argon2id$another").await?);
//! assert!(!users.replace_hash("7", "$argon2id$…", "$argon2id$third").await?);
//! # Ok(())
//! # }
//! ```
//!
//! The store goes to the parts of the login: `Sessions::new(store.clone(), …)`, `PersonalTokens::new(store.clone(), …)` and
//! `Throttle::new(store, …)`. The guide's chapter `login_in_production` puts them together.
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
