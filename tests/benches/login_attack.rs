//! Measures that a thousand wrong logins a second for one account leave the logins of others under a second.
//!
//! `cargo bench --bench login_attack -- --without-shares` shows that the verdict can fail. There, all logins are one share of the
//! queue.
#![allow(clippy::unwrap_used, missing_docs, reason = "a benchmark")]

use std::{
    env,
    process::ExitCode,
    time::{Duration, Instant},
};

use axum_scopes::password::{PasswordError, Passwords, Verification};
use tokio::{task::JoinHandle, time};

const LASTS: Duration = Duration::from_secs(6);
const WRONG_PER_SECOND: u32 = 1_000;
const HONEST_PER_SECOND: u32 = 20;
const LONGEST: Duration = Duration::from_secs(1);

type Answer = (Duration, Result<Verification, PasswordError>);

/// Starts logins at this rate, each in its own task. The name of the account comes from the number of the login.
async fn logins(per_second: u32, login: impl Fn(u32) -> JoinHandle<Answer>) -> Vec<Answer> {
    let begin = time::Instant::now();
    let mut tasks = Vec::new();
    for number in 0..per_second * LASTS.as_secs() as u32 {
        time::sleep_until(begin + number * Duration::from_secs(1) / per_second).await;
        tasks.push(login(number));
    }
    let mut answers = Vec::new();
    for task in tasks {
        answers.push(task.await.unwrap());
    }
    answers
}

fn login(passwords: &Passwords, account: Option<String>, password: &'static str, hash: &str) -> JoinHandle<Answer> {
    let (passwords, hash) = (passwords.clone(), hash.to_owned());
    tokio::spawn(async move {
        let begin = Instant::now();
        let answer = match account {
            Some(account) => passwords.share(account).verify(password, Some(&hash)).await,
            None => passwords.verify(password, Some(&hash)).await,
        };
        (begin.elapsed(), answer)
    })
}

#[tokio::main]
async fn main() -> ExitCode {
    let has_shares = !env::args().any(|argument| argument == "--without-shares");
    let passwords = Passwords::default();
    let hash = passwords.hash("secret").await.unwrap();
    let wrong = |_| login(&passwords, has_shares.then(|| "victim".to_owned()), "wrong", &hash);
    let honest = |number| login(&passwords, has_shares.then(|| format!("user {number}")), "secret", &hash);
    let (attack, honest) = tokio::join!(logins(WRONG_PER_SECOND, wrong), logins(HONEST_PER_SECOND, honest));

    let compared = attack.iter().filter(|(_, answer)| answer.is_ok()).count();
    println!(
        "{} wrong logins for one account in {LASTS:?}: {compared} compared, the others told to come back",
        attack.len()
    );
    let mut times: Vec<_> = honest.iter().filter(|(_, answer)| answer.is_ok_and(|it| it.is_accepted())).collect();
    times.sort_by_key(|(time, _)| *time);
    let (count, longest) = (times.len(), times.last().map_or(Duration::MAX, |(time, _)| *time));
    let median = times.get(count / 2).map_or(Duration::MAX, |(time, _)| *time);
    println!("{count} of {} honest logins: median {median:.1?}, at most {longest:.1?}", honest.len());
    let kept = count == honest.len() && longest < LONGEST;
    println!("{}: all honest logins in {LONGEST:?}", if kept { "kept" } else { "MISSED" });
    if kept { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
