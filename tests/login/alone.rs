//! One replica on its own: what it tells of itself, and how it ends.

use std::{io, net::TcpListener, process::Stdio, time::Duration};

use tokio::{
    process::Command,
    time::{sleep, timeout},
};

use crate::{
    check,
    http::{Connection, Request},
    login::login,
    service::{Replica, Settings},
};

const LOGINS: usize = 10;

/// `/metrics` is at an address of its own, and counts what has happened.
pub async fn events_are_counted(settings: &Settings) -> io::Result<()> {
    let metrics = TcpListener::bind("127.0.0.1:0")?.local_addr()?;
    let replica = Replica::start(&settings.with("METRICS_LISTEN", metrics), None).await?;
    for password in ["secret", "wrong", "secret"] {
        login("johndoe", password, "me").send(replica.address).await?;
    }
    let page = Request::get("/metrics").send(metrics).await?.body;
    for line in [
        r#"login_events_total{event="logged_in"} 2"#,
        r#"login_events_total{event="wrong_password"} 1"#,
        "token_requests_under_way 0",
        "token_request_seconds_count 3",
    ] {
        check!(page.lines().any(|one| one == line), "no `{line}`: {page}");
    }
    let public = Request::get("/metrics").send(replica.address).await?;
    check!(public.status == 404, "where everybody reaches it: {public:?}");
    println!("metrics: as many as there were");
    Ok(())
}

/// A replica that is asked to stop finishes what is under way, and ends by itself.
pub async fn what_is_under_way_is_finished(settings: &Settings) -> io::Result<()> {
    let mut replica = Replica::start(&settings.with("LOGIN_ATTEMPTS", 100), None).await?;
    // Of those who send nothing more, nobody is waited for.
    let _idle = Connection::open(replica.address, None).await?;
    let mut logins = Vec::new();
    for _ in 0..LOGINS {
        let mut connection = Connection::open(replica.address, None).await?;
        logins.push(tokio::spawn(async move { connection.send(&login("johndoe", "secret", "me")).await }));
    }
    // Long enough to have been read, and shorter than so many hashes take.
    sleep(Duration::from_millis(60)).await;
    let process = replica.id()?.to_string();
    Command::new("kill").args(["-TERM", &process]).stdin(Stdio::null()).status().await?;
    for login in logins {
        let answer = login.await.map_err(io::Error::other)??;
        check!(answer.status == 200, "under way when the replica was stopped: {answer:?}");
    }
    let status = timeout(Duration::from_secs(10), replica.wait()).await??;
    check!(status.success(), "the replica ended with {status}");
    check!(Connection::open(replica.address, None).await.is_err(), "the replica still listens");
    println!("stopping: {LOGINS} logins under way were answered, and the replica ended by itself");
    Ok(())
}
