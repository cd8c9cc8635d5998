//! The database is away for a while. What needs it says so, what does not goes on, and all recovers by itself.

use std::{
    io,
    time::{Duration, Instant},
};

use tokio::time::sleep;

use crate::{
    check,
    database::Database,
    http::Request,
    login::{granted, items, log_in, login, refresh, revoke},
    service::Service,
};

/// How long the service may take to work again.
const RECOVERED_WITHIN: Duration = Duration::from_secs(5);

pub async fn the_database_may_be_away(service: &Service, database: &Database) -> io::Result<()> {
    let to = service.replicas[0].address;
    let tokens = log_in(to, "johndoe", "secret").await?;
    database.kill().await?;
    let mut slowest = Duration::ZERO;
    for request in [login("johndoe", "secret", "me"), refresh(&tokens.refresh), revoke(&tokens.refresh)] {
        for address in service.addresses() {
            let started = Instant::now();
            let answer = request.send(address).await?;
            slowest = slowest.max(started.elapsed());
            let seconds = answer.header("retry-after").and_then(|seconds| seconds.parse::<u32>().ok());
            check!(answer.status == 503 && seconds.is_some(), "without a database: {answer:?}");
            check!(!answer.body.contains("sqlx") && !answer.body.contains("ostgres"), "the cause is shown: {answer:?}");
        }
    }
    for address in service.addresses() {
        let answer = items(&tokens.access).send(address).await?;
        check!(answer.status == 200, "a token that needs no database: {answer:?}");
        let ready = Request::get("/health/ready").send(address).await?;
        check!(ready.status == 503, "ready without a database: {ready:?}");
    }
    database.start().await?;
    let started = Instant::now();
    let tokens = loop {
        let answer = refresh(&tokens.refresh).send(to).await?;
        if answer.status == 200 {
            break granted(&answer)?;
        }
        check!(answer.status == 503, "after the database has come back: {answer:?}");
        check!(started.elapsed() < RECOVERED_WITHIN, "no recovery: {answer:?}");
        sleep(Duration::from_millis(50)).await;
    };
    let recovered = started.elapsed();
    for replica in &service.replicas {
        replica.is_ready().await?;
    }
    let answer = items(&tokens.access).send(to).await?;
    check!(answer.status == 200, "after the recovery: {answer:?}");
    println!(
        "outage: 503 with Retry-After after {slowest:?} at most; tokens go on to be accepted; recovered {recovered:?} after the database"
    );
    Ok(())
}
