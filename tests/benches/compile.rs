//! What the attribute costs the compiler: many handlers on a three-deep tree, with it and written by hand.
//!
//! `cargo bench --bench compile -- check` measures `cargo check` alone. Works offline, from the workspace's lock file.
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs, reason = "a benchmark")]

use std::{
    env,
    fmt::Write,
    fs,
    path::{Path, PathBuf},
    process::{Command, ExitCode},
};

/// For what the budgets are.
const HANDLERS: usize = 500;
const SIZES: [usize; 3] = [HANDLERS, 2 * HANDLERS, 4 * HANDLERS];
const ROUNDS: usize = 5;
/// Milliseconds of CPU time per handler, and bytes.
const MOST_IN_CHECK: f64 = 4.5;
const MOST_IN_BUILD: f64 = 20.0;
const MOST_IN_BINARY: f64 = 1024.0;
/// By how much a handler among 2,000 may cost more than one among 500.
const MOST_GROWTH: f64 = 1.25;

const ATTRIBUTED: &str = r#"
pub struct Api;
impl axum_scopes::OAuth2Scheme for Api {
    const FLOWS: axum_scopes::Flows = axum_scopes::Flows::password("token");
    const SCOPES: &[(&str, &str)] = &[("me", "Read me."), ("items", "Read items.")];
}

#[security]
pub async fn get_current_user(required: SecurityScopes, Bearer(token): Bearer<Api>) -> Result<User, AuthError> {
    let (name, granted) = token.as_str().split_once(':').ok_or_else(|| required.unauthorized("Bad token"))?;
    required.check(granted)?;
    Ok(User(name.to_owned()))
}

#[security(scopes = ["me"])]
pub async fn get_current_active_user(Depends(user): Depends<get_current_user>) -> Result<User, AuthError> {
    if user.0.is_empty() { Err(AuthError::bad_request("Inactive user")) } else { Ok(user) }
}
"#;

const ATTRIBUTED_HANDLER: &str = r#"
#[security(scopes = ["items"])]
async fn handler_N(Depends(user): Depends<get_current_active_user>, Path(id): Path<u32>) -> Json<u32> {
    Json(id + user.0.len() as u32)
}
"#;

const BY_HAND: &str = r#"
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
"#;

const HANDLER_BY_HAND: &str = r#"
async fn handler_N(user: ActiveUser, Path(id): Path<u32>) -> Result<Json<u32>, Response> {
    let user = user.with(&["items", "me"], "Bearer scope=\"items me\"")?;
    Ok(Json(id + user.0.len() as u32))
}
"#;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Written {
    Attributed,
    ByHand,
}

/// A workspace of generated packages with one target directory.
struct Bench {
    root: PathBuf,
}

impl Bench {
    fn generate() -> Self {
        let bench = Self { root: Path::new(env!("CARGO_TARGET_TMPDIR")).join("compile") };
        let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
        let mut members = Vec::new();
        for written in [Written::Attributed, Written::ByHand] {
            for size in SIZES {
                members.push(name(written, size));
                bench.package(workspace, written, size);
            }
        }
        let manifest = format!(
            "[workspace]\nresolver = \"3\"\nmembers = {members:?}\n[profile.release]\nstrip = true\n\
             [profile.dev]\nincremental = false\n"
        );
        fs::write(bench.root.join("Cargo.toml"), manifest).unwrap();
        // The versions that the tests use.
        fs::copy(workspace.join("Cargo.lock"), bench.root.join("Cargo.lock")).unwrap();
        bench
    }

    fn package(&self, workspace: &Path, written: Written, size: usize) {
        let (name, runtime) = (name(written, size), workspace.join("runtime"));
        let manifest = format!(
            "[package]\nname = {name:?}\nedition = \"2024\"\n[dependencies]\n\
             axum = {{ version = \"0.8.9\", default-features = false, features = [\"json\"] }}\n\
             axum-scopes = {{ path = {runtime:?}, default-features = false }}\n"
        );
        fs::create_dir_all(self.root.join(&name).join("src")).unwrap();
        fs::write(self.root.join(&name).join("Cargo.toml"), manifest).unwrap();
        fs::write(self.main_of(written, size), program(written, size)).unwrap();
    }

    fn main_of(&self, written: Written, size: usize) -> PathBuf {
        self.root.join(name(written, size)).join("src/main.rs")
    }

    /// Milliseconds of CPU time that a cargo command takes for one package, its dependencies being built.
    fn cpu_time(&self, command: &str, written: Written, size: usize) -> f64 {
        // Makes cargo take it for changed.
        fs::write(self.main_of(written, size), program(written, size)).unwrap();
        let script = format!("\"$CARGO\" {command} --quiet --offline --package {} && times", name(written, size));
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

    fn bytes(&self, written: Written) -> f64 {
        let binary = name(written, HANDLERS) + env::consts::EXE_SUFFIX;
        fs::metadata(self.root.join("target/release").join(binary)).unwrap().len() as f64
    }

    /// The median CPU time of each size, attributed and by hand; both in every round.
    fn rounds(&self, command: &str, sizes: &[usize], rounds: usize) -> Vec<(f64, f64)> {
        let mut times = vec![(Vec::new(), Vec::new()); sizes.len()];
        for round in 0..=rounds {
            for (size, (attributed, by_hand)) in sizes.iter().zip(&mut times) {
                let both = (
                    self.cpu_time(command, Written::Attributed, *size),
                    self.cpu_time(command, Written::ByHand, *size),
                );
                // The first builds the dependencies.
                if round > 0 {
                    attributed.push(both.0);
                    by_hand.push(both.1);
                }
            }
        }
        times.into_iter().map(|(attributed, by_hand)| (median(attributed), median(by_hand))).collect()
    }
}

fn name(written: Written, size: usize) -> String {
    format!("{}-{size}", if written == Written::Attributed { "attributed" } else { "by-hand" })
}

fn program(written: Written, size: usize) -> String {
    let (uses, tree, handler) = match written {
        Written::Attributed => {
            ("use axum_scopes::{AuthError, Bearer, Depends, SecurityScopes, security};", ATTRIBUTED, ATTRIBUTED_HANDLER)
        }
        Written::ByHand => (
            "use axum::{extract::FromRequestParts, http::{StatusCode, header, request::Parts}, \
             response::{IntoResponse, Response}};",
            BY_HAND,
            HANDLER_BY_HAND,
        ),
    };
    let mut program = format!("{uses}\nuse axum::{{Json, Router, extract::Path, routing::get}};\n");
    program.push_str("pub struct User(String);\n");
    program.push_str(tree);
    let mut router = String::from("fn main() {\n    let router = Router::<()>::new();\n");
    // In functions of 50, since large function bodies cost the compiler more than their share.
    for start in (0..size).step_by(50) {
        writeln!(router, "    let router = routes_{start}(router);").unwrap();
        writeln!(program, "fn routes_{start}(mut router: Router) -> Router {{").unwrap();
        for n in start..size.min(start + 50) {
            writeln!(program, "    router = router.route(\"/{n}/{{id}}\", get(handler_{n}));").unwrap();
        }
        program.push_str("    router\n}\n");
        for n in start..size.min(start + 50) {
            program.push_str(&handler.replace("handler_N", &format!("handler_{n}")));
        }
    }
    program + &router + "    let _ = std::hint::black_box(router);\n}\n"
}

/// From `1m2.345s`.
fn milliseconds(time: &str) -> f64 {
    let (minutes, seconds) = time.trim_end_matches('s').split_once('m').unwrap();
    minutes.parse::<f64>().unwrap() * 60e3 + seconds.parse::<f64>().unwrap() * 1e3
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

/// Prints one line, and returns whether the budget is kept.
fn report(what: &str, (attributed, by_hand): (f64, f64), size: usize, most: Option<(f64, &str)>) -> bool {
    let each = (attributed - by_hand) / size as f64;
    let kept = most.is_none_or(|(most, _)| each <= most);
    let verdict = most.map(|(most, unit)| format!("{}: at most {most} {unit}", if kept { "kept" } else { "MISSED" }));
    println!("{what:<14} {size:>5} {attributed:>11.0} {by_hand:>11.0} {each:>9.2}  {}", verdict.unwrap_or_default());
    kept
}

fn main() -> ExitCode {
    let all = !env::args().any(|argument| argument == "check");
    let bench = Bench::generate();
    println!("{:<14} {:>5} {:>11} {:>11} {:>9}", "", "size", "attributed", "by hand", "each");
    let check = bench.rounds("check", &SIZES[..1], ROUNDS);
    let mut kept = report("check, ms", check[0], HANDLERS, Some((MOST_IN_CHECK, "ms")));
    if all {
        let build = bench.rounds("build", &SIZES[..1], ROUNDS);
        kept &= report("build, ms", build[0], HANDLERS, Some((MOST_IN_BUILD, "ms")));
        for written in [Written::Attributed, Written::ByHand] {
            bench.cpu_time("build --release", written, HANDLERS);
        }
        let bytes = (bench.bytes(Written::Attributed), bench.bytes(Written::ByHand));
        kept &= report("binary, bytes", bytes, HANDLERS, Some((MOST_IN_BINARY, "bytes")));
        let larger = bench.rounds("check", &SIZES[1..], 1);
        report("check, ms", larger[0], SIZES[1], None);
        report("check, ms", larger[1], SIZES[2], None);
        // What is there for any size cancels out between two sizes.
        let slope = |small: f64, large: f64, handlers: usize| (large - small) / handlers as f64;
        let growth = slope(larger[0].0, larger[1].0, 2 * HANDLERS) / slope(check[0].0, larger[0].0, HANDLERS);
        let linear = growth <= MOST_GROWTH;
        println!("{}: linear, growth {growth:.2}, at most {MOST_GROWTH}", if linear { "kept" } else { "MISSED" });
        kept &= linear;
    }
    if kept { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
