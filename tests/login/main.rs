//! Drives the login of `examples/production` over HTTP: `tests/login/run.sh` starts it with a database.
//!
//! `EXAMPLE` is the program, `FOLDER` a folder for its files and logs, `DATABASE_URL` the database, and `POSTGRES_CONTROL` a script that
//! kills and starts Postgres. `SEED` chooses the random moments.
#![allow(unreachable_pub, reason = "not a library")]

mod accepted;
mod alone;
mod database;
mod faults;
mod http;
mod login;
mod outage;
mod proxy;
mod races;
mod random;
mod rotation;
mod service;
mod throttle;

use std::{
    env, io,
    path::PathBuf,
    process::ExitCode,
    time::{Duration, Instant},
};

use crate::{
    database::Database,
    service::{Service, Settings},
};

/// Ends a test with what was seen, and where.
#[macro_export]
macro_rules! check {
    ($holds:expr, $($seen:tt)+) => {
        let holds: bool = $holds;
        if !holds {
            return Err(std::io::Error::other(format!("{}:{}: {}", file!(), line!(), format_args!($($seen)+))));
        }
    };
}

#[tokio::main]
async fn main() -> ExitCode {
    match run().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("FAILED: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn run() -> io::Result<()> {
    let variable = |name: &str| env::var(name).map_err(|_| io::Error::other(format!("{name} is missing; see run.sh")));
    let settings = Settings {
        program: PathBuf::from(variable("EXAMPLE")?),
        folder: PathBuf::from(variable("FOLDER")?),
        database_url: variable("DATABASE_URL")?,
        variables: Vec::new(),
    };
    let database = match env::var("POSTGRES_CONTROL") {
        Ok(control) => Database::Postgres { control: control.into() },
        Err(_) => Database::Sqlite,
    };
    let seed = env::var("SEED").ok().and_then(|seed| seed.parse().ok()).unwrap_or(1);
    // With arguments, only the parts that they name.
    let wanted: Vec<_> = env::args().skip(1).collect();
    let is_wanted = |part: &str| wanted.is_empty() || wanted.iter().any(|one| one == part);
    // Keys have nothing to do with the database.
    let rotates = is_wanted("rotation") && !database.is_postgres();
    let rotated = rotates.then(|| tokio::spawn(rotated(settings.clone())));
    for part in ["sessions", "throttle", "faults", "outage"] {
        // SQLite is never away.
        let is_possible = part != "outage" || database.is_postgres();
        if is_wanted(part) && is_possible {
            let started = Instant::now();
            run_part(part, &settings, &database, seed).await?;
            println!("-- {part}: {:?}", started.elapsed());
        }
    }
    match rotated {
        Some(rotated) => rotated.await.map_err(io::Error::other)?,
        None => Ok(()),
    }
}

async fn run_part(part: &str, settings: &Settings, database: &Database, seed: u64) -> io::Result<()> {
    match part {
        "sessions" => sessions(settings).await,
        "faults" => faults::nothing_answered_is_lost(settings, database, seed).await,
        "outage" => outage::the_database_may_be_away(&Service::start(settings, 2).await?, database).await,
        "throttle" => throttled(settings).await,
        _ => Ok(()),
    }
}

async fn sessions(settings: &Settings) -> io::Result<()> {
    alone::events_are_counted(settings).await?;
    alone::what_is_under_way_is_finished(settings).await?;
    const GRACE: Duration = Duration::from_secs(2);
    let service = Service::start(&settings.with("REFRESH_GRACE_SECONDS", GRACE.as_secs()), 2).await?;
    accepted::by_our_own_resource_server(&service).await?;
    races::scopes_never_grow(&service).await?;
    races::a_lost_answer_is_had_again(&service).await?;
    races::a_replay_ends_the_session(&service, GRACE).await?;
    races::all_racers_get_the_same_successor(&service).await
}

async fn throttled(settings: &Settings) -> io::Result<()> {
    let settings = settings.with("LOGIN_ATTEMPTS", throttle::ATTEMPTS).with("LOGIN_ATTEMPT_SECONDS", 600);
    let users = settings.add_users("throttled", 13).await?;
    let service = Service::start(&settings, 2).await?;
    throttle::the_limit_is_exact(&service, &users[..5]).await?;
    throttle::unknown_accounts_are_alike(&service, &users[5]).await?;
    throttle::others_log_in_during_a_flood(&service, &users[6], &users[7..]).await
}

/// It takes more than a minute, most of which is waiting, so it runs beside the other parts, with a database of its own.
async fn rotated(mut settings: Settings) -> io::Result<()> {
    const LIFETIME: Duration = Duration::from_secs(5);
    let keys = settings.folder.join("rotating-keys.json");
    rotation::prepare(&keys)?;
    settings.database_url = "sqlite:rotation.db".to_owned();
    let settings = settings.with("ACCESS_TOKEN_SECONDS", LIFETIME.as_secs()).with("SIGNING_KEYS", keys.display());
    let service = Service::start(&settings, 2).await?;
    rotation::keys_rotate_under_load(&settings, &service, &keys, LIFETIME).await
}
