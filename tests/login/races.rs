//! Refresh tokens that are used several times: at once, after a lost answer, and by a thief.

use std::{
    io,
    net::SocketAddr,
    time::{Duration, Instant},
};

use tokio::time::sleep;

use crate::{
    check,
    http::{Answer, Connection},
    login::{SCOPE, Tokens, granted, items, log_in, refresh, refresh_for},
    service::Service,
};

const RACES: usize = 200;
const RACERS: usize = 8;

/// How long both replicas may take to refuse the tokens of a session that has ended.
const REFUSED_WITHIN: Duration = Duration::from_secs(6);

/// Several processes of a client refresh at once with the same token. All of them get the same successor, and the session goes on.
pub async fn all_racers_get_the_same_successor(service: &Service) -> io::Result<()> {
    let started = Instant::now();
    let mut tokens = log_in(service.replicas[0].address, "johndoe", "secret").await?;
    for race in 0..RACES {
        let answers = race_once(&service.addresses(), &tokens.refresh).await?;
        let successors: Vec<_> = answers.iter().map(granted).collect::<Result<_, _>>()?;
        check!(successors.iter().all(|one| one.refresh == successors[0].refresh), "race {race}: {successors:?}");
        check!(successors[0].refresh != tokens.refresh, "race {race}: the token is not replaced");
        tokens = successors[0].clone();
    }
    let answer = items(&tokens.access).send(service.replicas[0].address).await?;
    check!(answer.status == 200, "the last token: {answer:?}");
    println!("{RACES} races of {RACERS}: {} answered, 0 revoked, {:?}", RACES * RACERS, started.elapsed());
    Ok(())
}

async fn race_once(to: &[SocketAddr], token: &str) -> io::Result<Vec<Answer>> {
    let racers: Vec<_> = (0..RACERS)
        .map(|i| {
            let (to, request) = (to[i % to.len()], refresh(token));
            tokio::spawn(async move { request.send(to).await })
        })
        .collect();
    let mut answers = Vec::new();
    for racer in racers {
        answers.push(racer.await.map_err(io::Error::other)??);
    }
    Ok(answers)
}

/// A client whose connection breaks before the answer sends the token again, as often as it must.
pub async fn a_lost_answer_is_had_again(service: &Service) -> io::Result<()> {
    let to = service.replicas[0].address;
    let mut tokens = log_in(to, "johndoe", "secret").await?;
    for lost in 0..20 {
        for i in 0..3 {
            let mut connection = Connection::open(service.addresses()[i % service.replicas.len()], None).await?;
            // The connection is closed with the answer on the way, or before the service has begun.
            let patience = Duration::from_millis(5 * lost);
            let _ = tokio::time::timeout(patience, connection.send(&refresh(&tokens.refresh))).await;
        }
        let first = granted(&refresh(&tokens.refresh).send(to).await?)?;
        let second = granted(&refresh(&tokens.refresh).send(service.addresses()[service.replicas.len() - 1]).await?)?;
        check!(first.refresh == second.refresh, "after a lost answer: {first:?} {second:?}");
        tokens = second;
    }
    println!("lost answers: 20 tokens, each answered by its one successor after 3 broken connections");
    Ok(())
}

/// After the grace, or once its successor was used, a token that was used is a stolen one: its session ends, everywhere.
pub async fn a_replay_ends_the_session(service: &Service, grace: Duration) -> io::Result<()> {
    let to = service.replicas[0].address;
    let old = log_in(to, "johndoe", "secret").await?;
    let new = granted(&refresh(&old.refresh).send(to).await?)?;
    sleep(grace + Duration::from_millis(500)).await;
    let late = replayed(service, &old, &new).await?;

    let old = log_in(to, "johndoe", "secret").await?;
    let used = granted(&refresh(&old.refresh).send(to).await?)?;
    let new = granted(&refresh(&used.refresh).send(to).await?)?;
    let early = replayed(service, &old, &new).await?;
    println!("replays: the session ended; all replicas refused its tokens after {late:?} and {early:?}");
    Ok(())
}

/// Sends the old token again, after which the new ones are refused. Returns how long the last replica took.
async fn replayed(service: &Service, old: &Tokens, new: &Tokens) -> io::Result<Duration> {
    for address in service.addresses() {
        let answer = items(&new.access).send(address).await?;
        check!(answer.status == 200, "before the replay: {answer:?}");
    }
    let replay = refresh(&old.refresh).send(service.replicas[0].address).await?;
    check!(replay.status == 400 && replay.text("error") == "invalid_grant", "the replay: {replay:?}");
    let ended = Instant::now();
    for address in service.addresses() {
        let answer = refresh(&new.refresh).send(address).await?;
        check!(answer.status == 400, "the session goes on: {answer:?}");
    }
    for address in service.addresses() {
        while items(&new.access).send(address).await?.status != 401 {
            check!(ended.elapsed() < REFUSED_WITHIN, "{address} still accepts a token of the session");
            sleep(Duration::from_millis(100)).await;
        }
    }
    Ok(ended.elapsed())
}

/// A refresh may ask for fewer scopes, and never for more than those of the login.
pub async fn scopes_never_grow(service: &Service) -> io::Result<()> {
    let to = service.replicas[0].address;
    let tokens = granted(&crate::login::login("johndoe", "secret", "me items").send(to).await?)?;
    check!(tokens.scope == "me items", "the login: {tokens:?}");
    let less = granted(&refresh_for(&tokens.refresh, "me").send(to).await?)?;
    check!(less.scope == "me", "less: {less:?}");
    check!(items(&less.access).send(to).await?.status == 403, "`me` suffices for the items");
    for more in [SCOPE, "account", "me reports", "me items admin"] {
        let answer = refresh_for(&less.refresh, more).send(to).await?;
        check!(answer.status == 400 && answer.text("error") == "invalid_scope", "{more}: {answer:?}");
    }
    let again = granted(&refresh_for(&less.refresh, "items me").send(to).await?)?;
    check!(items(&again.access).send(to).await?.status == 200, "the scopes of the login are gone: {again:?}");
    println!("scopes: shrink for one token, and never grow above the login's; a refused scope uses no token up");
    Ok(())
}
