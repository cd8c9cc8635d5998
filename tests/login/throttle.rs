//! Attempts to log in: as many as the limit says, however they are spread, and alike for accounts that do not exist.

use std::{
    io,
    net::{Ipv4Addr, SocketAddr},
    time::{Duration, Instant},
};

use tokio::time::{interval, sleep};

use crate::{
    check,
    http::{Answer, Connection},
    login::{SCOPE, login},
    service::{PASSWORD, Service},
};

/// As `LOGIN_ATTEMPTS` says.
pub const ATTEMPTS: usize = 10;

/// An attempt from an address of its own, so that only the limit of the account counts.
async fn attempt(to: SocketAddr, from: usize, user: &str, password: &str) -> io::Result<Answer> {
    let from = Ipv4Addr::new(127, 7, (from / 200) as u8, (from % 200 + 1) as u8);
    Connection::open(to, Some(from)).await?.send(&login(user, password, SCOPE)).await
}

/// 64 attempts at once over all replicas: exactly as many as the limit says are compared with the password.
pub async fn the_limit_is_exact(service: &Service, users: &[String]) -> io::Result<()> {
    let (mut slowest, addresses) = (Duration::ZERO, service.addresses());
    for user in users {
        let started = Instant::now();
        let attempts: Vec<_> = (0..64)
            .map(|i| {
                let (to, user) = (addresses[i % addresses.len()], user.clone());
                tokio::spawn(async move { attempt(to, i, &user, "wrong").await })
            })
            .collect();
        let mut statuses = Vec::new();
        for attempt in attempts {
            let answer = attempt.await.map_err(io::Error::other)??;
            check!(
                answer.status != 429 || answer.header("retry-after").is_some(),
                "429 without Retry-After: {answer:?}"
            );
            statuses.push(answer.status);
        }
        slowest = slowest.max(started.elapsed());
        let count = |status| statuses.iter().filter(|one| **one == status).count();
        check!((count(400), count(429)) == (ATTEMPTS, 64 - ATTEMPTS), "{user}: {statuses:?}");
        // The right password does not help, or it could be guessed.
        let answer = attempt(addresses[0], 64, user, PASSWORD).await?;
        check!(answer.status == 429, "after the attempts: {answer:?}");
    }
    println!("throttle: {} times 64 attempts at once, {ATTEMPTS} compared each time, {slowest:?} at most", users.len());
    Ok(())
}

/// Nothing in an answer tells whether there is such an account, also when there are too many attempts.
pub async fn unknown_accounts_are_alike(service: &Service, known: &str) -> io::Result<()> {
    let to = service.replicas[0].address;
    for i in 0..ATTEMPTS + 3 {
        let wrong = shown(attempt(to, 100 + i, known, "wrong").await?);
        let unknown = shown(attempt(to, 100 + i, "nobody-at-all", "wrong").await?);
        check!(wrong == unknown, "attempt {i}: {wrong:?}, and without an account {unknown:?}");
        check!(wrong.status == if i < ATTEMPTS { 400 } else { 429 }, "attempt {i}: {wrong:?}");
    }
    let disabled = shown(attempt(to, 150, "alice", "wrong").await?);
    let unknown = shown(attempt(to, 150, "nobody-else", "wrong").await?);
    check!(disabled == unknown, "a disabled account: {disabled:?}, and without an account {unknown:?}");
    println!("unknown accounts: {} attempts, answered like those of an account, header by header", ATTEMPTS + 3);
    Ok(())
}

/// An answer without what differs from one moment to the next.
fn shown(mut answer: Answer) -> Answer {
    answer.headers.retain(|(name, _)| name != "date");
    for (name, value) in &mut answer.headers {
        // Both were asked within a second.
        if name == "retry-after" {
            *value = value.parse().map_or(value.clone(), |seconds: u32| ((seconds + 5) / 10).to_string());
        }
    }
    answer
}

const FLOOD: Duration = Duration::from_secs(10);
const FLOOD_PER_SECOND: u32 = 1000;
const FLOOD_CONNECTIONS: u32 = 50;

/// While one account is attacked from everywhere, the users of other accounts log in.
///
/// A machine that does something else meanwhile is slow, whatever the service does, so there are three tries.
pub async fn others_log_in_during_a_flood(service: &Service, victim: &str, others: &[String]) -> io::Result<()> {
    let mut seen = String::new();
    for _ in 0..3 {
        let (rate, slowest) = flood(service, victim, others).await?;
        if rate > f64::from(FLOOD_PER_SECOND) * 0.8 && slowest < Duration::from_secs(1) {
            return Ok(());
        }
        seen += &format!("{rate:.0} attempts a second, honest logins within {slowest:?}; ");
    }
    Err(io::Error::other(format!("three floods: {seen}")))
}

/// Returns the wrong logins in a second, and how long an honest one took at most.
async fn flood(service: &Service, victim: &str, others: &[String]) -> io::Result<(f64, Duration)> {
    let (started, addresses) = (Instant::now(), service.addresses());
    let attackers: Vec<_> = (0..FLOOD_CONNECTIONS)
        .map(|i| {
            let (to, victim) = (addresses[i as usize % addresses.len()], victim.to_owned());
            tokio::spawn(async move { attack(to, Ipv4Addr::new(127, 8, 0, i as u8 + 1), &victim).await })
        })
        .collect();
    let (mut slowest, mut logins) = (Duration::ZERO, 0);
    while started.elapsed() < FLOOD {
        for (i, user) in others.iter().enumerate() {
            let asked = Instant::now();
            let answer = attempt(addresses[i % addresses.len()], 300 + i, user, PASSWORD).await?;
            check!(answer.status == 200, "{user} cannot log in: {answer:?}");
            slowest = slowest.max(asked.elapsed());
            logins += 1;
            sleep(Duration::from_millis(100)).await;
        }
    }
    let mut attempts = 0;
    for attacker in attackers {
        attempts += attacker.await.map_err(io::Error::other)??;
    }
    let rate = f64::from(attempts) / started.elapsed().as_secs_f64();
    println!(
        "flood: {attempts} wrong logins on one account, {rate:.0} a second; {logins} honest logins, all within {slowest:?}"
    );
    Ok((rate, slowest))
}

/// Sends wrong passwords at a steady rate. Returns their number.
async fn attack(to: SocketAddr, from: Ipv4Addr, victim: &str) -> io::Result<u32> {
    let mut connection = Connection::open(to, Some(from)).await?;
    let request = login(victim, "wrong", "me");
    let mut pace = interval(Duration::from_secs(1) * FLOOD_CONNECTIONS / FLOOD_PER_SECOND);
    let (started, mut sent) = (Instant::now(), 0);
    while started.elapsed() < FLOOD {
        pace.tick().await;
        let answer = connection.send(&request).await?;
        check!(matches!(answer.status, 400 | 429 | 503), "an attack: {answer:?}");
        sent += 1;
    }
    Ok(sent)
}
