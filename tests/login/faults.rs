//! Replicas, the database and connections break at random moments, while clients log in, refresh and log out. What was answered is
//! kept, and what was revoked is not admitted.

use std::{
    io,
    net::SocketAddr,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};

use tokio::{sync::Mutex, time::sleep};

use crate::{
    check,
    database::Database,
    http::{Answer, Request},
    login::{Tokens, granted, items, login, refresh, revoke},
    proxy::Proxy,
    random::Random,
    service::{PASSWORD, Service, Settings},
};

const CLIENTS: usize = 8;
const ACTIONS: usize = 2000;

/// A client goes on to ask for so long.
const PATIENCE: Duration = Duration::from_secs(30);

/// All replicas refuse the tokens of a session by then, whatever breaks: they have been told, or they let nobody in.
const KNOWN_WITHIN: Duration = Duration::from_secs(6);

/// What the clients have seen.
#[derive(Debug, Default)]
struct Seen {
    actions: AtomicUsize,
    errors: AtomicUsize,
    unavailable: AtomicUsize,
    finished: AtomicBool,
    /// The sessions that were ended, and since when.
    revoked: Mutex<Vec<(Instant, Tokens)>>,
}

impl Seen {
    /// While everything breaks, nobody gets in with a token that was revoked longer than that ago.
    async fn admits_nothing_revoked(&self, addresses: Vec<SocketAddr>, mut random: Random) -> io::Result<usize> {
        let mut refused = 0;
        while !self.finished.load(Ordering::SeqCst) {
            sleep(Duration::from_millis(20)).await;
            let to = addresses[random.below(addresses.len() as u64) as usize];
            let old =
                self.revoked.lock().await.iter().filter(|(since, _)| since.elapsed() > KNOWN_WITHIN).count() as u64;
            if old == 0 {
                continue;
            }
            let (_, tokens) = self.revoked.lock().await[random.below(old) as usize].clone();
            // A replica that was just killed, or that does not know, answers nothing or 503.
            let Ok(answer) = items(&tokens.access).send(to).await else { continue };
            check!(matches!(answer.status, 401 | 503), "a revoked access token at {to}: {answer:?}");
            refused += usize::from(answer.status == 401);
        }
        Ok(refused)
    }
}

/// A client that is never told more than what was answered.
struct Client {
    user: String,
    proxies: Vec<SocketAddr>,
    random: Random,
    seen: Arc<Seen>,
}

impl Client {
    /// Sends a request to any replica until it is answered, as a client does that wants to stay logged in.
    async fn answered(&mut self, request: &Request) -> io::Result<Answer> {
        let started = Instant::now();
        while started.elapsed() < PATIENCE {
            let to = self.proxies[self.random.below(self.proxies.len() as u64) as usize];
            match request.send(to).await {
                Ok(answer) if answer.status == 503 => {
                    check!(answer.header("retry-after").is_some(), "503 without Retry-After: {answer:?}");
                    self.seen.unavailable.fetch_add(1, Ordering::SeqCst);
                }
                Ok(answer) => return Ok(answer),
                Err(_) => drop(self.seen.errors.fetch_add(1, Ordering::SeqCst)),
            }
            sleep(self.random.millis(20..120)).await;
        }
        Err(io::Error::other(format!("{} has waited in vain", self.user)))
    }

    async fn log_in(&mut self) -> io::Result<Tokens> {
        granted(&self.answered(&login(&self.user.clone(), PASSWORD, "me items")).await?)
    }

    /// Refreshes, and now and then logs out and in again, until all clients have done enough. Returns the last tokens.
    async fn run(mut self) -> io::Result<Tokens> {
        let mut tokens = self.log_in().await?;
        while self.seen.actions.fetch_add(1, Ordering::SeqCst) < ACTIONS {
            tokens = match self.random.below(20) {
                0 => {
                    let answer = self.answered(&revoke(&tokens.refresh)).await?;
                    check!(answer.status == 200, "a logout: {answer:?}");
                    self.seen.revoked.lock().await.push((Instant::now(), tokens));
                    self.log_in().await?
                }
                1 => self.log_in().await?,
                _ => {
                    let answer = self.answered(&refresh(&tokens.refresh)).await?;
                    check!(answer.status == 200, "{} has lost what was answered: {answer:?}", self.user);
                    granted(&answer)?
                }
            };
        }
        Ok(tokens)
    }
}

/// Breaks something at random moments, until the clients have finished.
struct Breaker {
    service: Service,
    proxies: Vec<Proxy>,
    database: Database,
    random: Random,
    killed: usize,
    restarted: usize,
    cut: usize,
}

impl Breaker {
    async fn run(mut self, seen: Arc<Seen>) -> io::Result<Self> {
        while !seen.finished.load(Ordering::SeqCst) {
            sleep(self.random.millis(100..500)).await;
            match self.random.below(6) {
                0 | 1 => self.kill_replica().await?,
                2 if self.database.is_postgres() => self.kill_database().await?,
                _ => {
                    let which = self.random.below(self.proxies.len() as u64) as usize;
                    self.cut += self.proxies[which].cut();
                }
            }
        }
        Ok(self)
    }

    async fn kill_replica(&mut self) -> io::Result<()> {
        let which = self.random.below(self.service.replicas.len() as u64) as usize;
        let replica = &mut self.service.replicas[which];
        replica.kill().await?;
        sleep(self.random.millis(0..500)).await;
        replica.spawn()?;
        self.killed += 1;
        replica.is_ready().await
    }

    async fn kill_database(&mut self) -> io::Result<()> {
        self.database.kill().await?;
        sleep(self.random.millis(0..500)).await;
        self.database.start().await?;
        self.restarted += 1;
        for replica in &self.service.replicas {
            replica.is_ready().await?;
        }
        Ok(())
    }
}

/// All of it, with one seed.
pub async fn nothing_answered_is_lost(settings: &Settings, database: &Database, seed: u64) -> io::Result<()> {
    // A login that breaks off counts as an attempt.
    let settings = &settings.with("MAX_STALENESS_SECONDS", KNOWN_WITHIN.as_secs()).with("LOGIN_ATTEMPTS", 100);
    let users = settings.add_users(&format!("faults{seed}-"), CLIENTS).await?;
    let service = Service::start(settings, 2).await?;
    let mut proxies = Vec::new();
    for address in service.addresses() {
        proxies.push(Proxy::start(address).await?);
    }
    let (seen, started) = (Arc::<Seen>::default(), Instant::now());
    let auditor = {
        let (seen, addresses) = (Arc::clone(&seen), service.addresses());
        tokio::spawn(async move { seen.admits_nothing_revoked(addresses, Random::new(seed + 1)).await })
    };
    let random = Random::new(seed);
    let breaker = Breaker {
        service,
        proxies: proxies.clone(),
        database: database.clone(),
        random: random.clone(),
        killed: 0,
        restarted: 0,
        cut: 0,
    };
    let breaker = tokio::spawn(breaker.run(Arc::clone(&seen)));
    let clients: Vec<_> = users
        .into_iter()
        .enumerate()
        .map(|(i, user)| {
            let proxies = proxies.iter().map(|proxy| proxy.address).collect();
            let random = Random::new(seed * 1000 + i as u64);
            tokio::spawn(Client { user, proxies, random, seen: Arc::clone(&seen) }.run())
        })
        .collect();
    let mut last = Vec::new();
    for client in clients {
        last.push(client.await.map_err(io::Error::other)?);
    }
    seen.finished.store(true, Ordering::SeqCst);
    let breaker = breaker.await.map_err(io::Error::other)??;
    let refused = auditor.await.map_err(io::Error::other)??;
    let last = last.into_iter().collect::<io::Result<Vec<_>>>()?;
    let took = started.elapsed();
    afterwards(&breaker.service, &seen, &last).await?;
    println!(
        "faults, seed {seed}: {ACTIONS} refreshes, logins and logouts of {CLIENTS} clients in {took:?}; {} replicas and {} databases \
         killed, {} connections cut; {} broken answers, {} of 503; nothing lost, {} sessions revoked, whose tokens were refused {refused} times meanwhile",
        breaker.killed,
        breaker.restarted,
        breaker.cut,
        seen.errors.load(Ordering::SeqCst),
        seen.unavailable.load(Ordering::SeqCst),
        seen.revoked.lock().await.len(),
    );
    Ok(())
}

/// What was answered last works, and what was revoked does not, at each replica.
async fn afterwards(service: &Service, seen: &Seen, last: &[Tokens]) -> io::Result<()> {
    for replica in &service.replicas {
        replica.is_ready().await?;
    }
    sleep(KNOWN_WITHIN).await;
    for address in service.addresses() {
        for (_, tokens) in seen.revoked.lock().await.iter() {
            let refused = items(&tokens.access).send(address).await?;
            check!(refused.status == 401, "a revoked access token: {refused:?}");
            let refused = refresh(&tokens.refresh).send(address).await?;
            check!(refused.status == 400, "a revoked refresh token: {refused:?}");
        }
    }
    for tokens in last {
        let tokens = granted(&refresh(&tokens.refresh).send(service.replicas[0].address).await?)?;
        for address in service.addresses() {
            let answer = items(&tokens.access).send(address).await?;
            check!(answer.status == 200, "the last token: {answer:?}");
        }
    }
    Ok(())
}
