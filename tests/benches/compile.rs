//! Measures the cost of the attribute for the compiler, with many handlers on a tree of depth three, compared with handlers
//! that are written by hand.
//!
//! `cargo bench --bench compile -- check` measures only `cargo check`. It works offline, from the lock file of the workspace.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs, reason = "a benchmark")]

use std::{
    env,
    fmt::Write,
    fs,
    path::{Path, PathBuf},
    process::{Command, ExitCode},
};

use axum_scopes_tests::median;

const HANDLERS: usize = 500;
const SIZES: [usize; 3] = [HANDLERS, 2 * HANDLERS, 4 * HANDLERS];
const ROUNDS: usize = 5;
/// The bounds for one handler, in milliseconds of CPU time and in bytes.
const MOST_IN_CHECK: f64 = 3.4;
/// The same for a handler whose return type may be that of a dependency.
const MOST_WITH_RESULT: f64 = 4.8;
const MOST_WITH_ALTERNATIVES: f64 = 4.5;
const MOST_IN_BUILD: f64 = 24.0;
const MOST_IN_BINARY: f64 = 1024.0;
/// The cost is linear: a handler among 2,000 costs at most this many times as much as one among 500.
const MOST_GROWTH: f64 = 1.25;

/// One way to write the handlers.
struct Written {
    name: &'static str,
    router: &'static str,
    tree: &'static str,
    handler: &'static str,
}

const AXUM: &str = "use axum::{Router, routing::get};";

const ATTRIBUTED: Written = Written {
    name: "attributed",
    router: AXUM,
    tree: r#"
use axum_scopes::{AuthError, Bearer, Depends, Scopes, SecurityScopes, security};

pub struct User(String);
pub struct Api;
impl axum_scopes::OAuth2Scheme for Api {
    const FLOWS: axum_scopes::Flows = axum_scopes::Flows::password("token");
    const SCOPES: &[(&str, &str)] = &[("me", "Read me."), ("items", "Read items."), ("admin", "Everything.")];
}

#[security]
pub async fn get_current_user(required: SecurityScopes, Bearer(token): Bearer<Api>) -> Result<User, AuthError> {
    let (name, granted) = token.as_str().split_once(':').ok_or_else(|| required.unauthorized("Bad token"))?;
    required.check(&Scopes::from(granted))?;
    Ok(User(name.to_owned()))
}

#[security(scopes = ["me"])]
pub async fn get_current_active_user(Depends(user): Depends<get_current_user>) -> Result<User, AuthError> {
    if user.0.is_empty() { Err(AuthError::bad_request("Inactive user")) } else { Ok(user) }
}
"#,
    handler: r#"
#[security(scopes = ["items"])]
async fn handler_N(Depends(user): Depends<get_current_active_user>, Path(id): Path<u32>) -> Json<u32> {
    Json(id + user.0.len() as u32)
}
"#,
};

/// The same handlers with results. Others may depend on them, so they have more facts.
const RESULTS: Written = Written {
    name: "results",
    handler: r#"
#[security(scopes = ["items"])]
async fn handler_N(Depends(user): Depends<get_current_active_user>, Path(id): Path<u32>) -> Result<Json<u32>, AuthError> {
    Ok(Json(id + user.0.len() as u32))
}
"#,
    ..ATTRIBUTED
};

/// The same handlers, each of which says to the router who may call it.
const SECURED: Written = Written { name: "secured", router: "use axum_scopes::secure::{Router, get};", ..ATTRIBUTED };

/// The same with alternatives on each handler.
const ALTERNATIVES: Written = Written {
    name: "alternatives",
    handler: r#"
#[security(scopes = [any("items", "admin")])]
async fn handler_N(Depends(user): Depends<get_current_active_user>, Path(id): Path<u32>) -> Json<u32> {
    Json(id + user.0.len() as u32)
}
"#,
    ..SECURED
};

const BY_HAND: Written = Written {
    name: "by-hand",
    router: AXUM,
    tree: r#"
use axum::{extract::FromRequestParts, http::{StatusCode, header, request::Parts}, response::{IntoResponse, Response}};

pub struct User(String);
pub struct CurrentUser { user: User, granted: String }
impl<S: Sync> FromRequestParts<S> for CurrentUser {
    type Rejection = Response;
    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Response> {
        let value = parts.headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
        let token = value.and_then(|value| value.strip_prefix("Bearer ")).ok_or_else(|| refusal("Bearer"))?;
        let (name, granted) = token.split_once(':').ok_or_else(|| refusal("Bearer"))?;
        Ok(Self { user: User(name.to_owned()), granted: granted.to_owned() })
    }
}

pub struct ActiveUser(CurrentUser);
impl<S: Sync> FromRequestParts<S> for ActiveUser {
    type Rejection = Response;
    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Response> {
        let user = CurrentUser::from_request_parts(parts, state).await?;
        if user.user.0.is_empty() { Err(StatusCode::BAD_REQUEST.into_response()) } else { Ok(Self(user)) }
    }
}

impl ActiveUser {
    fn with(self, scopes: &[&str], challenge: &'static str) -> Result<User, Response> {
        let granted = |scope: &&str| self.0.granted.split(' ').any(|granted| granted == *scope);
        if scopes.iter().all(granted) { Ok(self.0.user) } else { Err(refusal(challenge)) }
    }
}

fn refusal(challenge: &'static str) -> Response {
    (StatusCode::UNAUTHORIZED, [(header::WWW_AUTHENTICATE, challenge)]).into_response()
}
"#,
    handler: r#"
async fn handler_N(user: ActiveUser, Path(id): Path<u32>) -> Result<Json<u32>, Response> {
    let user = user.with(&["items", "me"], "Bearer scope=\"items me\"")?;
    Ok(Json(id + user.0.len() as u32))
}
"#,
};

/// A workspace of generated packages with one target directory.
struct Bench {
    root: PathBuf,
}

impl Bench {
    fn generate() -> Self {
        let bench = Self { root: Path::new(env!("CARGO_TARGET_TMPDIR")).join("compile") };
        let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
        let mut members = Vec::new();
        for written in [&ATTRIBUTED, &RESULTS, &SECURED, &ALTERNATIVES, &BY_HAND] {
            for size in SIZES {
                members.push(written.package(size));
                bench.package(workspace, written, size);
            }
        }
        let manifest =
            format!("[workspace]\nresolver = \"3\"\nmembers = {members:?}\n[profile.release]\nstrip = true\n");
        fs::write(bench.root.join("Cargo.toml"), manifest).unwrap();
        // The versions that the tests use.
        fs::copy(workspace.join("Cargo.lock"), bench.root.join("Cargo.lock")).unwrap();
        bench
    }

    fn package(&self, workspace: &Path, written: &Written, size: usize) {
        let (name, runtime) = (written.package(size), workspace.join("runtime"));
        let manifest = format!(
            "[package]\nname = {name:?}\nedition = \"2024\"\n[dependencies]\n\
             axum = {{ version = \"0.8.9\", default-features = false, features = [\"json\"] }}\n\
             axum-scopes = {{ path = {runtime:?}, default-features = false }}\n"
        );
        fs::create_dir_all(self.root.join(&name).join("src")).unwrap();
        fs::write(self.root.join(&name).join("Cargo.toml"), manifest).unwrap();
        fs::write(self.main_of(written, size), written.program(size)).unwrap();
    }

    fn main_of(&self, written: &Written, size: usize) -> PathBuf {
        self.root.join(written.package(size)).join("src/main.rs")
    }

    /// The milliseconds of CPU time that a cargo command takes for one package, without its dependencies.
    fn cpu_time(&self, command: &str, written: &Written, size: usize) -> f64 {
        // A rewritten file makes cargo build the package again.
        fs::write(self.main_of(written, size), written.program(size)).unwrap();
        let script = format!("\"$CARGO\" {command} --quiet --offline --package {} && times", written.package(size));
        let output = Command::new("sh")
            .args(["-c", &script])
            .current_dir(&self.root)
            .env("CARGO", env!("CARGO"))
            .env("CARGO_INCREMENTAL", "0")
            .env("CARGO_TARGET_DIR", self.root.join("target"))
            .env_remove("RUSTFLAGS")
            .output()
            .expect("a POSIX shell");
        assert!(output.status.success(), "{command}: {}", String::from_utf8_lossy(&output.stderr));
        // The second line is about the shell's children: `0m1.250s 0m0.300s`.
        let times = String::from_utf8(output.stdout).unwrap();
        times.lines().last().unwrap().split_whitespace().map(milliseconds).sum()
    }

    /// The size of the release binary.
    fn bytes(&self, written: &Written) -> f64 {
        self.cpu_time("build --release", written, HANDLERS);
        let binary = written.package(HANDLERS) + env::consts::EXE_SUFFIX;
        fs::metadata(self.root.join("target/release").join(binary)).unwrap().len() as f64
    }

    /// The median CPU time of each size, with the attribute and by hand. Every round measures all of them.
    fn rounds(&self, command: &str, written: &Written, sizes: &[usize]) -> Vec<(f64, f64)> {
        // Builds the dependencies.
        self.cpu_time(command, &BY_HAND, sizes[0]);
        let mut times = vec![(Vec::new(), Vec::new()); sizes.len()];
        for _ in 0..ROUNDS {
            for (size, (attributed, by_hand)) in sizes.iter().zip(&mut times) {
                attributed.push(self.cpu_time(command, written, *size));
                by_hand.push(self.cpu_time(command, &BY_HAND, *size));
            }
        }
        times.into_iter().map(|(attributed, by_hand)| (median(attributed), median(by_hand))).collect()
    }
}

impl Written {
    fn package(&self, size: usize) -> String {
        format!("{}-{size}", self.name)
    }

    fn program(&self, size: usize) -> String {
        let mut program = format!("use axum::{{Json, extract::Path}};\n{}\n{}", self.router, self.tree);
        let mut router = String::from("fn main() {\n    let router = Router::<()>::new();\n");
        // Each function has 50 handlers, because large function bodies are disproportionately slow to compile.
        for start in (0..size).step_by(50) {
            writeln!(router, "    let router = routes_{start}(router);").unwrap();
            writeln!(program, "fn routes_{start}(mut router: Router) -> Router {{").unwrap();
            for n in start..size.min(start + 50) {
                writeln!(program, "    router = router.route(\"/{n}/{{id}}\", get(handler_{n}));").unwrap();
            }
            program.push_str("    router\n}\n");
            for n in start..size.min(start + 50) {
                program.push_str(&self.handler.replace("handler_N", &format!("handler_{n}")));
            }
        }
        program + &router + "    let _ = std::hint::black_box(router);\n}\n"
    }
}

/// Reads a time such as `1m2.345s`.
fn milliseconds(time: &str) -> f64 {
    let (minutes, seconds) = time.trim_end_matches('s').split_once('m').unwrap();
    minutes.parse::<f64>().unwrap() * 60e3 + seconds.parse::<f64>().unwrap() * 1e3
}

/// Prints the additional cost of a handler with the attribute, and returns whether it is within the budget.
fn report(what: &str, size: usize, (attributed, by_hand): (f64, f64), most: f64) -> bool {
    let each = (attributed - by_hand) / size as f64;
    let verdict = if each <= most { "kept" } else { "MISSED" };
    println!("{what:<13} {size:>5} {attributed:>11.0} {by_hand:>9.0} {each:>9.2} {most:>8.2} {verdict}");
    each <= most
}

fn main() -> ExitCode {
    let only_check = env::args().any(|argument| argument == "check");
    let bench = Bench::generate();
    println!("{:<13} {:>5} {:>11} {:>9} {:>9} {:>8}", "", "size", "attributed", "by hand", "each", "at most");
    let check = bench.rounds("check", &ATTRIBUTED, if only_check { &SIZES[..1] } else { &SIZES });
    let mut kept = report("check, ms", HANDLERS, check[0], MOST_IN_CHECK);
    let results = bench.rounds("check", &RESULTS, &SIZES[..1]);
    kept &= report("Result, ms", HANDLERS, results[0], MOST_WITH_RESULT);
    let secured = bench.rounds("check", &SECURED, &SIZES[..1]);
    kept &= report("secured, ms", HANDLERS, secured[0], MOST_IN_CHECK);
    let alternatives = bench.rounds("check", &ALTERNATIVES, &SIZES[..1]);
    kept &= report("any(…), ms", HANDLERS, alternatives[0], MOST_WITH_ALTERNATIVES);
    if !only_check {
        let most = (check[0].0 - check[0].1) / HANDLERS as f64 * MOST_GROWTH;
        for (size, times) in SIZES.into_iter().zip(check).skip(1) {
            kept &= report("check, ms", size, times, most);
        }
        kept &= report("build, ms", HANDLERS, bench.rounds("build", &ATTRIBUTED, &SIZES[..1])[0], MOST_IN_BUILD);
        let bytes = (bench.bytes(&ATTRIBUTED), bench.bytes(&BY_HAND));
        kept &= report("binary, bytes", HANDLERS, bytes, MOST_IN_BINARY);
    }
    if kept { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
