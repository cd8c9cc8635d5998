//! The service, called without a socket, on a database of its own for each test.
#![allow(clippy::unwrap_used, reason = "tests")]

mod access;
mod browser;
mod configuration;
mod document;
mod files;
mod login;
mod races;

use std::{
    env, fs,
    path::PathBuf,
    sync::atomic::{AtomicU32, Ordering},
    time::Duration,
};

use axum_scopes_test_support::{Answer, App as Client};

use crate::{app::App, config::Config, routes};

const CLIENT_SECRET: &str = "reports-secret-0123456789abcdef0123456789abcdef";

/// A folder that is removed after the test.
struct Folder(PathBuf);

impl Folder {
    fn new() -> Self {
        static NUMBER: AtomicU32 = AtomicU32::new(0);
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let folder = env::temp_dir().join(format!("production-{}-{number}", std::process::id()));
        fs::create_dir(&folder).unwrap();
        Self(folder)
    }

    fn file(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }

    /// What is configured for a service whose files are here.
    fn config(&self, more: &[(&str, &str)]) -> Result<Config, String> {
        let database = format!("sqlite:{}", self.file("production.db").display());
        let keys = self.file("keys.json").display().to_string();
        let secret = "0123456789abcdef".repeat(4);
        let usual = [
            ("DATABASE_URL", database.as_str()),
            ("SIGNING_KEYS", &keys),
            ("SECRET_KEY", &secret),
            ("CLIENT_SECRET", CLIENT_SECRET),
        ];
        let variables: Vec<_> = more.iter().chain(&usual).collect();
        Config::from_env(&|name| Some(variables.iter().find(|(known, _)| *known == name)?.1.to_owned()))
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// A service on its own.
struct Service {
    app: App,
    client: Client,
    _folder: Folder,
}

impl Service {
    async fn start() -> Self {
        let folder = Folder::new();
        let app = App::start(folder.config(&[]).unwrap()).await.unwrap();
        // Until it knows which sessions have ended, it lets nobody in.
        let known = async {
            while !app.sessions.revocations().is_current() {
                tokio::time::sleep(Duration::from_millis(1)).await;
            }
        };
        tokio::time::timeout(Duration::from_secs(10), known).await.unwrap();
        let client = Client::new(routes::router(app.clone()).unwrap());
        Self { app, client, _folder: folder }
    }

    async fn token(&self, fields: &[(&str, &str)]) -> Answer {
        self.client.post("/token").form(fields).await
    }

    /// What a login answers.
    async fn log_in(&self, name: &str, password: &str, scope: &str) -> Answer {
        let fields = [("grant_type", "password"), ("username", name), ("password", password), ("scope", scope)];
        self.token(&fields).await
    }

    /// An access token of johndoe's, and a refresh token.
    async fn johndoe(&self, scope: &str) -> (String, String) {
        let answer = self.log_in("johndoe", "secret", scope).await;
        (text(&answer, "access_token"), text(&answer, "refresh_token"))
    }

    async fn refresh(&self, token: &str) -> Answer {
        self.token(&[("grant_type", "refresh_token"), ("refresh_token", token)]).await
    }
}

/// A member of an answer that is text.
#[track_caller]
fn text(answer: &Answer, member: &str) -> String {
    answer.json()[member].as_str().unwrap_or_else(|| panic!("no {member}: {answer:?}")).to_owned()
}
