//! The users of the service, in a table of its own beside those of the login.

use axum_scopes::{
    Scopes,
    error::StoreError,
    login::{Account, Accounts},
};
use axum_scopes_sql::SqlStore;
use serde::Serialize;
use sqlx::{Row, any::AnyRow};
use utoipa::ToSchema;

/// A user, as others see them.
#[derive(Clone, Serialize, ToSchema)]
pub struct User {
    /// What the user logs in with.
    pub username: String,
    pub email: String,
    pub full_name: String,
    pub disabled: bool,
    /// The subject of its tokens, which never changes, whatever the name becomes.
    #[serde(skip)]
    pub subject: String,
    #[serde(skip)]
    pub password_hash: String,
    /// The most that a login can grant.
    #[serde(skip)]
    pub scopes: String,
}

/// The table, in the database of the login.
#[derive(Clone)]
pub struct Users {
    store: SqlStore,
    /// Whether the password of this hash lets nobody in.
    refused: Option<fn(&str) -> bool>,
}

/// Both databases understand it. SQLite knows no type of its own for truth values.
const TABLE: &str = "CREATE TABLE IF NOT EXISTS users (
    subject TEXT PRIMARY KEY, username TEXT NOT NULL UNIQUE, email TEXT NOT NULL, full_name TEXT NOT NULL,
    disabled BIGINT NOT NULL, password_hash TEXT NOT NULL, scopes TEXT NOT NULL)";

impl Users {
    /// Makes the table if it is not there.
    pub async fn open(store: SqlStore, refused: Option<fn(&str) -> bool>) -> Result<Self, StoreError> {
        let users = Self { store, refused };
        // Postgres may refuse all but one of several replicas that make it at once.
        for _ in 0..3 {
            if users.count().await.is_ok() || sqlx::query(TABLE).execute(users.store.pool()).await.is_ok() {
                break;
            }
        }
        users.count().await?;
        Ok(users)
    }

    /// Names are compared byte for byte.
    pub async fn by_name(&self, username: &str) -> Result<Option<User>, StoreError> {
        self.one("SELECT * FROM users WHERE username = $1", username).await
    }

    pub async fn by_subject(&self, subject: &str) -> Result<Option<User>, StoreError> {
        self.one("SELECT * FROM users WHERE subject = $1", subject).await
    }

    async fn one(&self, query: &'static str, value: &str) -> Result<Option<User>, StoreError> {
        let row = sqlx::query(query)
            .bind(value.to_owned())
            .fetch_optional(self.store.read_pool())
            .await
            .map_err(unavailable)?;
        let user = row.map(|row| User::read(&row)).transpose().map_err(unavailable)?;
        let is_refused = |user: &User| self.refused.is_some_and(|refused| refused(&user.password_hash));
        Ok(user.map(|user| User { disabled: user.disabled || is_refused(&user), ..user }))
    }

    pub async fn count(&self) -> Result<i64, StoreError> {
        let query = sqlx::query("SELECT COUNT(*) FROM users");
        query.fetch_one(self.store.read_pool()).await.and_then(|row| row.try_get(0)).map_err(unavailable)
    }

    /// How many users have the hash of a password.
    pub async fn with_hash(&self, hash: &str) -> Result<i64, StoreError> {
        let query = sqlx::query("SELECT COUNT(*) FROM users WHERE password_hash = $1").bind(hash.to_owned());
        query.fetch_one(self.store.read_pool()).await.and_then(|row| row.try_get(0)).map_err(unavailable)
    }

    /// Adds a user, unless the name is taken. Returns whether it did.
    pub async fn add(&self, user: &User) -> Result<bool, StoreError> {
        const INSERT: &str = "INSERT INTO users (subject, username, email, full_name, disabled, password_hash, scopes)
            VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING";
        let User { username, email, full_name, disabled, subject, password_hash, scopes } = user.clone();
        let insert = sqlx::query(INSERT).bind(subject).bind(username).bind(email).bind(full_name);
        let insert = insert.bind(i64::from(disabled)).bind(password_hash).bind(scopes);
        Ok(insert.execute(self.store.pool()).await.map_err(unavailable)?.rows_affected() == 1)
    }

    /// From now on the user does not log in. Its sessions are ended by whoever calls this.
    pub async fn disable(&self, subject: &str) -> Result<(), StoreError> {
        let update = sqlx::query("UPDATE users SET disabled = 1 WHERE subject = $1").bind(subject.to_owned());
        update.execute(self.store.pool()).await.map_err(unavailable)?;
        Ok(())
    }
}

impl Accounts for Users {
    async fn find(&self, username: &str) -> Result<Option<Account>, StoreError> {
        Ok(self.by_name(username).await?.map(Account::from))
    }

    async fn find_subject(&self, subject: &str) -> Result<Option<Account>, StoreError> {
        Ok(self.by_subject(subject).await?.map(Account::from))
    }

    async fn replace_hash(&self, subject: &str, old: &str, new: &str) -> Result<bool, StoreError> {
        const UPDATE: &str = "UPDATE users SET password_hash = $1 WHERE subject = $2 AND password_hash = $3";
        let update = sqlx::query(UPDATE).bind(new.to_owned()).bind(subject.to_owned()).bind(old.to_owned());
        Ok(update.execute(self.store.pool()).await.map_err(unavailable)?.rows_affected() == 1)
    }
}

impl From<User> for Account {
    fn from(user: User) -> Self {
        let User { subject, password_hash, scopes, disabled, .. } = user;
        Self {
            subject: subject.into(),
            password_hash: Some(password_hash),
            scopes: Scopes::from(scopes.as_str()),
            disabled,
        }
    }
}

impl User {
    fn read(row: &AnyRow) -> Result<Self, sqlx::Error> {
        Ok(Self {
            username: row.try_get("username")?,
            email: row.try_get("email")?,
            full_name: row.try_get("full_name")?,
            disabled: row.try_get::<i64, _>("disabled")? != 0,
            subject: row.try_get("subject")?,
            password_hash: row.try_get("password_hash")?,
            scopes: row.try_get("scopes")?,
        })
    }
}

fn unavailable(error: sqlx::Error) -> StoreError {
    StoreError::new(5, error)
}
