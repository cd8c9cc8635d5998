//! A service that is killed: what it has answered is kept.

use std::{
    env,
    io::{BufRead, BufReader},
    process::{Command, Stdio},
};

use axum_scopes::login::store::{Ending, Rotated, SessionStore};
use axum_scopes_sql::sqlx;
use sqlx::Executor;

use super::database::{TestDatabase, at, digest, patient, rotation, session};

const CHILD: &str = "AXUM_SCOPES_CHILD_URL";

/// The process that [`what_a_killed_process_has_answered_is_kept`] kills.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "runs until it is killed"]
async fn refreshes_until_killed() {
    let store = patient().connect(&env::var(CHILD).unwrap()).await.unwrap();
    let mut use_ = 0_u64;
    loop {
        let answer = store.rotate(&rotation(&use_.to_string(), &(use_ + 1).to_string(), at(1))).await.unwrap();
        assert!(matches!(answer, Rotated::Rotated { .. }), "{answer:?}");
        use_ += 1;
        println!("answered {use_}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_a_killed_process_has_answered_is_kept() {
    for database in TestDatabase::all().await {
        for round in 0..4 {
            let [store, other] = database.replicas().await;
            let id = session(round, "amy").id;
            store.pool().execute("DELETE FROM axum_scopes_refresh_token").await.unwrap();
            store.begin(&session(round, "amy"), &digest("0"), at(600)).await.unwrap();
            let mut child = Command::new(env::current_exe().unwrap())
                .args(["--ignored", "--exact", "kills::refreshes_until_killed", "--nocapture"])
                .env(CHILD, &database.url)
                .stdout(Stdio::piped())
                .spawn()
                .unwrap();
            let mut answered = 0;
            let lines = BufReader::new(child.stdout.take().unwrap()).lines().map(Result::unwrap);
            let mut numbers = lines.filter_map(|line| line.strip_prefix("answered ")?.parse::<u64>().ok());
            for number in numbers.by_ref() {
                answered = number;
                if number == 40 + 7 * u64::try_from(round).unwrap() {
                    child.kill().unwrap();
                    break;
                }
            }
            child.wait().unwrap();
            // Whatever was written until it died.
            answered = numbers.last().unwrap_or(answered);
            assert!(answered >= 40);
            // It may have used the token once more, and died before it said so.
            let last = rotation(&answered.to_string(), &(answered + 1).to_string(), at(2));
            let next = store.rotate(&last).await.unwrap();
            assert!(matches!(next, Rotated::Rotated { .. }), "after {answered} answers: {next:?}");
            assert!(other.end(Ending::Session(id), at(3), at(60)).await.unwrap() == [id]);
            store.close().await;
            other.close().await;
        }
        database.remove([]).await;
    }
}
