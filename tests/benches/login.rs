//! Measures that the time of a login reveals nothing, and that a thousand logins at once do not harm the service.
//!
//! `cargo bench --bench login -- --without-equal-work` shows that the first verdict can fail. There, a login for an unknown
//! user skips the comparison.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs, reason = "a benchmark")]

use std::{
    env, fs,
    process::ExitCode,
    sync::Arc,
    thread::available_parallelism,
    time::{Duration, Instant},
};

use axum::{
    Json, Router,
    body::Body,
    extract::{FromRef, Request, State},
    http::{StatusCode, header},
    response::Response,
    routing::{get, post},
};
use axum_scopes::{
    AuthError, Claims, Depends, Flows, HmacKey, OAuth2Scheme, TokenVerifier,
    login::{OAuth2PasswordRequestForm, TokenResponse},
    password::{PasswordPolicy, Passwords},
    security,
    token::TokenSigner,
    verified,
};
use tokio::task::JoinHandle;
use tower::ServiceExt;

const LOGINS: usize = 200;
const TRIES: usize = 3;
/// The largest allowed ratio of two medians.
const APART: f64 = 1.05;

const WAITING: usize = 1000;
/// The number of waiting logins that are cancelled, and of those that take their place.
const DROPPED: usize = 50;
/// The memory of one hash by the default policy, and the memory that a flood may take for everything else.
const HASH_MIB: f64 = 19.0;
const REST_MIB: f64 = 24.0;
/// The time that another route may take while every core hashes.
const STATUS_MEDIAN: Duration = Duration::from_millis(10);
const STATUS_MAX: Duration = Duration::from_millis(250);

const LIFETIME: Duration = Duration::from_secs(1800);

struct Api;

impl OAuth2Scheme for Api {
    const FLOWS: Flows = Flows::password("token");
    const SCOPES: &[(&str, &str)] = &[("me", "Read me."), ("items", "Read items.")];
}

/// A user as in the tutorial. The login does not reveal that a user is disabled.
struct User {
    username: &'static str,
    hash: String,
}

#[derive(Clone)]
struct App {
    passwords: Passwords,
    users: Arc<[User]>,
    signer: TokenSigner,
    verifier: TokenVerifier,
    equal_work: bool,
}

impl FromRef<App> for TokenVerifier {
    fn from_ref(app: &App) -> Self {
        app.verifier.clone()
    }
}

async fn login(State(app): State<App>, form: OAuth2PasswordRequestForm) -> Result<TokenResponse, AuthError> {
    let refused = || AuthError::bad_request("Incorrect username or password");
    let user = app.users.iter().find(|user| user.username == form.username);
    if user.is_none() && !app.equal_work {
        return Err(refused());
    }
    let login = app.passwords.verify_and_update(&form.password, user.map(|user| user.hash.as_str())).await?;
    let user = user.filter(|_| login.is_accepted()).ok_or_else(refused)?;
    let scopes = form.grant::<Api>(&["me", "items"]);
    let token = app.signer.sign(&Claims::new(user.username, scopes.clone(), LIFETIME)).unwrap();
    Ok(TokenResponse::bearer(token).expires_in(LIFETIME).scope(&scopes))
}

#[security]
async fn status(_: Depends<verified<Api>>) -> Json<&'static str> {
    Json("ok")
}

async fn service(policy: PasswordPolicy, equal_work: bool) -> (Router, String) {
    let passwords = Passwords::new(policy);
    let mut users = Vec::new();
    for (username, password) in [("johndoe", "secret"), ("alice", "secretalice")] {
        users.push(User { username, hash: passwords.hash(password).await.unwrap() });
    }
    let key = HmacKey::new("a secret of at least thirty-two bytes").unwrap();
    let signer = TokenSigner::hs256(&key);
    let token = signer.sign(&Claims::new("johndoe", "me", LIFETIME)).unwrap();
    let verifier = TokenVerifier::hs256(&key);
    let app = App { passwords, users: users.into(), signer, verifier, equal_work };
    let router = Router::new().route("/token", post(login)).route("/status/", get(status)).with_state(app);
    (router, token)
}

fn form(username: &str, password: &str) -> Request {
    let body = format!("grant_type=password&username={username}&password={password}&scope=me+items");
    let request = Request::post("/token").header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
    request.body(Body::from(body)).unwrap()
}

fn median<T: Copy + Ord>(values: &[T]) -> T {
    let mut values = values.to_vec();
    values.sort_unstable();
    values[values.len() / 2]
}

fn millis(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}

fn verdict(kept: bool, what: &str) -> bool {
    println!("{}: {what}", if kept { "kept" } else { "MISSED" });
    kept
}

/// Whether the times for unknown users, disabled users and wrong passwords are the same. A real difference shows in every
/// round, while other work on this machine does not.
async fn timing(equal_work: bool) -> bool {
    for _ in 1..TRIES {
        if measure(equal_work).await {
            return true;
        }
    }
    measure(equal_work).await
}

async fn measure(equal_work: bool) -> bool {
    let (app, _) = service(PasswordPolicy::default(), equal_work).await;
    let refused = StatusCode::BAD_REQUEST;
    let cases = [
        ("unknown user", "nobody", "secret", refused),
        ("disabled user", "alice", "secretalice", StatusCode::OK),
        ("wrong password", "johndoe", "Secret", refused),
    ];
    let mut times = [const { Vec::new() }; 3];
    // The first rounds are for warming up.
    for round in 0..LOGINS + 5 {
        for place in 0..cases.len() {
            let place = (place + round) % cases.len();
            let (name, username, password, status) = cases[place];
            let request = form(username, password);
            let start = Instant::now();
            let response = app.clone().oneshot(request).await.unwrap();
            let time = start.elapsed();
            assert_eq!(response.status(), status, "{name}");
            if round >= 5 {
                times[place].push(time);
            }
        }
    }
    let medians = times.map(|times| median(&times));
    let least = medians.iter().min().unwrap().as_secs_f64();
    println!("{:<16} {:>9} {:>7}", "login", "median ms", "ratio");
    for ((name, ..), median) in cases.iter().zip(medians) {
        println!("{name:<16} {:>9.3} {:>7.3}", millis(median), median.as_secs_f64() / least);
    }
    let worst = medians.iter().max().unwrap().as_secs_f64() / least;
    verdict(worst <= APART, &format!("medians of {LOGINS} logins each are {worst:.3} x apart, at most {APART}"))
}

/// Starts this number of logins, each in its own task.
fn start(app: &Router, logins: usize) -> Vec<JoinHandle<Response>> {
    let send = |_| tokio::spawn(answer(app.clone(), form("johndoe", "Secret")));
    (0..logins).map(send).collect()
}

async fn answer(app: Router, request: Request) -> Response {
    app.oneshot(request).await.unwrap()
}

/// Waits until all logins that were started are refused or in the queue.
async fn settle(app: &Router, token: &str) {
    for _ in 0..20 {
        ask(app, token).await;
        tokio::time::sleep(Duration::from_millis(2)).await;
    }
}

/// The time of a request to `/status/`.
async fn ask(app: &Router, token: &str) -> Duration {
    let request = Request::get("/status/").header(header::AUTHORIZATION, format!("Bearer {token}"));
    let start = Instant::now();
    let task = tokio::spawn(answer(app.clone(), request.body(Body::empty()).unwrap()));
    let response = task.await.unwrap();
    let time = start.elapsed();
    assert_eq!(response.status(), StatusCode::OK);
    time
}

/// A field of the status of this process in MiB, if the system has it.
fn memory(field: &str) -> Option<f64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let value = status.lines().find_map(|line| line.strip_prefix(field)?.strip_prefix(':'))?;
    Some(value.trim().strip_suffix(" kB")?.parse::<f64>().ok()? / 1024.0)
}

#[derive(Default)]
struct Answers {
    compared: usize,
    told_to_come_back: usize,
    other: usize,
}

impl Answers {
    fn add(&mut self, response: &Response) {
        let retry_after = response.headers().get(header::RETRY_AFTER).is_some_and(|value| value == "1");
        match response.status() {
            StatusCode::BAD_REQUEST => self.compared += 1,
            StatusCode::SERVICE_UNAVAILABLE if retry_after => self.told_to_come_back += 1,
            _ => self.other += 1,
        }
    }
}

/// Whether a flood stays within its bounds.
async fn flood() -> bool {
    let permits = available_parallelism().unwrap().get();
    let policy = PasswordPolicy::default().concurrency(permits).queue(WAITING);
    let (app, token) = service(policy, true).await;
    let before = memory("VmRSS");
    let begin = Instant::now();
    let mut tasks = start(&app, permits + WAITING);
    settle(&app, &token).await;

    // The last logins are cancelled, because none of them has begun.
    for task in tasks.drain(permits + WAITING - DROPPED..) {
        task.abort();
        let _ = task.await;
    }
    let late = start(&app, DROPPED);
    settle(&app, &token).await;
    let refused_in_their_place = late.iter().filter(|task| task.is_finished()).count();
    tasks.extend(late);
    let excess = start(&app, WAITING);

    let mut status = Vec::new();
    while !tasks.iter().chain(&excess).all(JoinHandle::is_finished) {
        status.push(ask(&app, &token).await);
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    let took = begin.elapsed();
    let mut answers = Answers::default();
    for task in tasks.into_iter().chain(excess) {
        answers.add(&task.await.unwrap());
    }

    let Answers { compared, told_to_come_back, other } = answers;
    let logins = permits + 2 * WAITING;
    println!("\n{logins} logins, {permits} at once, {WAITING} waiting: {:.1} s", took.as_secs_f64());
    println!("{compared} compared, {told_to_come_back} refused with 503 and Retry-After, {other} others");
    let (typical, worst) = (median(&status), status.iter().copied().max().unwrap());
    println!(
        "/status/ meanwhile, {} times: median {:.3} ms, at most {:.3} ms",
        status.len(),
        millis(typical),
        millis(worst)
    );

    let quick = typical <= STATUS_MEDIAN && worst <= STATUS_MAX;
    let verdicts = [
        bounded(before, permits),
        verdict(quick, &format!("/status/ within {STATUS_MEDIAN:?} typically, {STATUS_MAX:?} always")),
        verdict(
            other == 0 && compared >= WAITING && told_to_come_back > WAITING / 2,
            "logins beyond the queue are told to come back, and all others are compared",
        ),
        verdict(
            refused_in_their_place == 0,
            &format!("{DROPPED} went away, and {} came in their place", DROPPED - refused_in_their_place),
        ),
    ];
    verdicts.iter().all(|kept| *kept)
}

fn bounded(before: Option<f64>, permits: usize) -> bool {
    let (Some(before), Some(peak), Some(after)) = (before, memory("VmHWM"), memory("VmRSS")) else {
        println!("skipped: this system does not report the memory of a process");
        return true;
    };
    println!("memory in MiB: {before:.1} before, {peak:.1} at most, {after:.1} after");
    // The memory of one hash is allocated before.
    let bound = before + HASH_MIB * permits as f64 + REST_MIB;
    verdict(peak <= bound, &format!("{peak:.1} MiB at most, of {bound:.1}"))
}

#[tokio::main]
async fn main() -> ExitCode {
    let equal_work = !env::args().any(|argument| argument == "--without-equal-work");
    // The flood is first, because the system reports the peak of the memory.
    let flood = !equal_work || flood().await;
    println!();
    if timing(equal_work).await && flood { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
