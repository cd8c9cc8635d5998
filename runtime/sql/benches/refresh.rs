//! Compares a refresh by `Sessions` with the statements that it consists of, made by hand with sqlx: on SQLite, and on the Postgres of
//! `POSTGRES_URL` or `DATABASE_URL`. It fails if `Sessions` takes 1.5 times as long.
#![allow(clippy::unwrap_used, missing_docs, reason = "a benchmark")]

use std::{
    env, fs,
    process::ExitCode,
    time::{Duration, Instant, SystemTime},
};

use axum_scopes::{
    HmacKey, Scopes,
    login::{
        Refreshed, Revocations, Sessions,
        store::{Digest, Rotation, Session, SessionId, SessionStore},
    },
};
use axum_scopes_sql::{Backend, SqlStore, sqlx};
use sqlx::{Connection, query};

#[path = "../src/statements.rs"]
#[allow(dead_code, reason = "the other statements")]
mod statements;

const ROUNDS: usize = 40;
const REFRESHES: u32 = 25;
const MOST: f64 = 1.5;
const HOUR: Duration = Duration::from_secs(3600);

/// The tokens of one session, one after the other.
struct Family {
    session: Session,
    used: u32,
}

impl Family {
    async fn begin(store: &SqlStore) -> Self {
        let now = SystemTime::now();
        let micros = now.duration_since(SystemTime::UNIX_EPOCH).unwrap().as_micros();
        let id = SessionId::from_bytes(micros.to_be_bytes());
        let session = Session {
            id,
            subject: "amy".into(),
            client_id: Some("app".to_owned()),
            scope: "me items".into(),
            key: None,
            started: now,
            expires: now + 24 * HOUR,
        };
        let family = Self { session, used: 0 };
        store.begin(&family.session, &family.token(0), now + HOUR).await.unwrap();
        family
    }

    fn token(&self, number: u32) -> Digest {
        let mut token = [0; 32];
        token[..16].copy_from_slice(self.session.id.as_bytes());
        token[28..].copy_from_slice(&number.to_be_bytes());
        token
    }

    /// The next use of a token.
    fn next(&mut self) -> Rotation {
        self.used += 1;
        let now = SystemTime::now();
        Rotation {
            presented: self.token(self.used - 1),
            successor: self.token(self.used),
            now,
            grace: Duration::from_secs(10),
            idle_until: now + HOUR,
        }
    }
}

/// Refreshes as the token endpoint does, and returns the next token.
async fn by_sessions(sessions: &Sessions, token: &str) -> String {
    assert!(sessions.find(token).await.unwrap().is_some());
    match sessions.refresh(token).await.unwrap() {
        Refreshed::Granted { token, repeated: false, .. } => token.as_str().to_owned(),
        other => panic!("{other:?}"),
    }
}

fn micros(time: SystemTime) -> i64 {
    i64::try_from(time.duration_since(SystemTime::UNIX_EPOCH).unwrap().as_micros()).unwrap()
}

async fn by_hand(store: &SqlStore, rotation: &Rotation, session: SessionId) {
    for _ in 0..2 {
        let find = query(statements::FIND_SESSION).bind(&rotation.presented[..]);
        assert!(find.fetch_optional(store.read_pool()).await.unwrap().is_some());
    }
    let mut connection = store.pool().acquire().await.unwrap();
    let begin = if store.backend() == Backend::Sqlite { "BEGIN IMMEDIATE" } else { "BEGIN" };
    let mut transaction = connection.begin_with(begin).await.unwrap();
    let use_token = query(statements::USE_TOKEN)
        .bind(&rotation.presented[..])
        .bind(micros(rotation.now))
        .bind(&rotation.successor[..])
        .bind(micros(rotation.now - rotation.grace));
    assert_eq!(use_token.execute(&mut *transaction).await.unwrap().rows_affected(), 1);
    let keep = query(statements::KEEP_SUCCESSOR)
        .bind(&rotation.successor[..])
        .bind(&session.as_bytes()[..])
        .bind(micros(rotation.idle_until));
    assert_eq!(keep.execute(&mut *transaction).await.unwrap().rows_affected(), 1);
    transaction.commit().await.unwrap();
}

fn median(mut times: Vec<f64>) -> f64 {
    times.sort_by(f64::total_cmp);
    times[times.len() / 2]
}

/// The median of the ratios of pairs of rounds, each of which runs the two next to each other.
async fn measure(store: &SqlStore, name: &str) -> bool {
    let revocations = Revocations::new(Duration::from_secs(300), Duration::from_secs(60));
    let sessions = Sessions::new(store.clone(), &HmacKey::new([7; 32]).unwrap(), revocations);
    let (_, first) = sessions.begin("amy", Some("app"), &Scopes::from("me items"), None).await.unwrap();
    let (mut token, mut family) = (first.as_str().to_owned(), Family::begin(store).await);
    let mut times = [Vec::new(), Vec::new()];
    let mut ratios = Vec::new();
    for _ in 0..ROUNDS {
        let begun = Instant::now();
        for _ in 0..REFRESHES {
            token = by_sessions(&sessions, &token).await;
        }
        let by_sessions = begun.elapsed();
        let begun = Instant::now();
        for _ in 0..REFRESHES {
            by_hand(store, &family.next(), family.session.id).await;
        }
        let by_hand = begun.elapsed();
        times[0].push(by_sessions.as_secs_f64());
        times[1].push(by_hand.as_secs_f64());
        ratios.push(by_sessions.as_secs_f64() / by_hand.as_secs_f64());
    }
    let [by_sessions, by_hand] = times.map(|times| median(times) * 1e6 / f64::from(REFRESHES));
    let ratio = median(ratios);
    println!("{name}: {by_sessions:.0} µs by `Sessions`, {by_hand:.0} µs by hand, ratio {ratio:.2} (at most {MOST})");
    ratio <= MOST
}

#[tokio::main(flavor = "multi_thread", worker_threads = 2)]
async fn main() -> ExitCode {
    let folder = env::temp_dir().join(format!("axum_scopes_refresh_{}", std::process::id()));
    fs::create_dir(&folder).unwrap();
    let file = format!("sqlite://{}/login.db", folder.display());
    let mut is_good = true;
    for (name, survives_power_loss) in [("SQLite", true), ("SQLite without waiting for the disk", false)] {
        let store = SqlStore::options().survives_power_loss(survives_power_loss).connect(&file).await.unwrap();
        store.migrate().await.unwrap();
        is_good &= measure(&store, name).await;
        store.close().await;
    }
    fs::remove_dir_all(folder).unwrap();
    let url = ["POSTGRES_URL", "DATABASE_URL"].iter().find_map(|name| env::var(name).ok());
    if let Some(url) = url.filter(|url| url.starts_with("postgres")) {
        let store = SqlStore::connect(&url).await.unwrap();
        store.migrate().await.unwrap();
        is_good &= measure(&store, "Postgres").await;
        store.close().await;
    } else {
        println!("skipped: Postgres, because neither POSTGRES_URL nor DATABASE_URL is one");
    }
    if is_good { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
