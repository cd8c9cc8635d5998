//! Databases of a test's own, which are gone when it ends.

use std::{
    env, fs,
    path::PathBuf,
    sync::atomic::{AtomicU32, Ordering},
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use axum_scopes::login::store::{Digest, Rotation, Session, SessionId};
use axum_scopes_sql::{SqlStore, SqlStoreOptions, sqlx};
use sqlx::{AnyConnection, AssertSqlSafe, Connection, Executor};

/// A database that no other test uses.
pub(super) struct TestDatabase {
    pub(super) url: String,
    folder: Option<PathBuf>,
    /// Where a Postgres database can be dropped, and its name.
    server: Option<(String, String)>,
}

static NUMBER: AtomicU32 = AtomicU32::new(0);

fn fresh_name() -> String {
    let nanos = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_nanos();
    format!("axum_scopes_{}_{nanos}_{}", std::process::id(), NUMBER.fetch_add(1, Ordering::Relaxed))
}

/// The Postgres for tests. A test without one says that it skips it.
pub(super) fn postgres_url() -> Option<String> {
    let url = ["POSTGRES_URL", "DATABASE_URL"].iter().filter_map(|name| env::var(name).ok());
    let url = url.into_iter().find(|url| url.starts_with("postgres"));
    if url.is_none() {
        println!("skipped: Postgres, because neither POSTGRES_URL nor DATABASE_URL is one");
    }
    url
}

impl TestDatabase {
    /// A SQLite file.
    pub(super) fn sqlite() -> Self {
        let folder = env::temp_dir().join(fresh_name());
        fs::create_dir(&folder).unwrap();
        Self { url: format!("sqlite://{}/login.db", folder.display()), folder: Some(folder), server: None }
    }

    /// A database in the Postgres for tests.
    pub(super) async fn postgres() -> Option<Self> {
        let server = postgres_url()?;
        let name = fresh_name();
        on_server(&server, format!("CREATE DATABASE {name}")).await;
        let (place, parameters) = server.split_once('?').unwrap_or((&server, ""));
        let (place, _) = place.rsplit_once('/').unwrap();
        let url = format!("{place}/{name}?{parameters}");
        Some(Self { url, folder: None, server: Some((server, name)) })
    }

    /// One of each kind that there is.
    pub(super) async fn all() -> Vec<Self> {
        [Some(Self::sqlite()), Self::postgres().await].into_iter().flatten().collect()
    }

    /// Two stores with connections of their own, as two replicas have them.
    pub(super) async fn replicas(&self) -> [SqlStore; 2] {
        let stores = [self.store().await, self.store().await];
        stores[0].migrate().await.unwrap();
        stores
    }

    pub(super) async fn store(&self) -> SqlStore {
        patient().connect(&self.url).await.unwrap()
    }

    /// Removes it. A test that fails leaves its database there, to be looked at.
    pub(super) async fn remove(self, stores: impl IntoIterator<Item = SqlStore>) {
        for store in stores {
            store.close().await;
        }
        if let Some(folder) = self.folder {
            fs::remove_dir_all(folder).unwrap();
        }
        if let Some((server, name)) = self.server {
            on_server(&server, format!("DROP DATABASE {name} WITH (FORCE)")).await;
        }
    }
}

/// Options for tests on a machine that does much else.
pub(super) fn patient() -> SqlStoreOptions {
    SqlStore::options().acquire_timeout(Duration::from_secs(20)).time_limit(Duration::from_secs(30))
}

async fn on_server(url: &str, statement: String) {
    sqlx::any::install_default_drivers();
    let mut connection = AnyConnection::connect(url).await.unwrap();
    connection.execute(AssertSqlSafe(statement)).await.unwrap();
}

/// A digest that stands for the token of this name.
pub(super) fn digest(name: &str) -> Digest {
    let mut digest = [0; 32];
    for (at, byte) in name.bytes().enumerate() {
        digest[at % 32] ^= byte.rotate_left(u32::try_from(at / 32).unwrap());
    }
    digest
}

pub(super) fn at(seconds: u64) -> SystemTime {
    UNIX_EPOCH + Duration::from_secs(1_800_000_000 + seconds)
}

/// A session that lives for an hour.
pub(super) fn session(id: u128, subject: &str) -> Session {
    Session {
        id: SessionId::from_bytes(id.to_be_bytes()),
        subject: subject.into(),
        client_id: None,
        scope: "me items".into(),
        key: None,
        started: at(0),
        expires: at(3600),
    }
}

/// A use of the token `from`, whose successor is `to`.
pub(super) fn rotation(from: &str, to: &str, now: SystemTime) -> Rotation {
    Rotation {
        presented: digest(from),
        successor: digest(to),
        now,
        grace: Duration::from_secs(10),
        idle_until: now + Duration::from_secs(600),
    }
}
