//! The instructions of a request, counted by valgrind. They do not depend on the machine's load.

use std::{collections::HashMap, env, fs, hint::black_box, process::Command};

use axum_scopes_peers::{
    Bench,
    guards::{ALL, Guard},
    keys::{Algorithm, Issuer},
    requests::Kind,
    server::Asked,
};

const REQUESTS: u64 = 200;

/// The instructions of one request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Instructions {
    pub(crate) all: u64,
    /// Those of SHA-256. Valgrind does not know the instructions that processors have for it, so that they are many more than
    /// they are without it, and as many for each guard that hashes the same.
    pub(crate) sha: u64,
}

/// Counts those of a guard.
pub(crate) fn count(guard: &Guard, kind: Kind) -> Instructions {
    let file = env::temp_dir().join(format!("callgrind.{}", std::process::id()));
    let status = Command::new("valgrind")
        .args(["--quiet", "--tool=callgrind", "--toggle-collect=*answer_counted*"])
        .arg(format!("--callgrind-out-file={}", file.display()))
        .arg(env::current_exe().unwrap())
        .args(["requests", guard.name, kind.name(), Algorithm::HS256.name()])
        .status()
        .expect("valgrind is installed");
    assert!(status.success(), "{}: {status}", guard.name);
    let profile = fs::read_to_string(&file).unwrap();
    fs::remove_file(&file).unwrap();
    let Instructions { all, sha } = read(&profile);
    assert!(all > 0, "valgrind did not find the function");
    Instructions { all: all / REQUESTS, sha: sha / REQUESTS }
}

/// Makes the requests that valgrind counts, after some that fill what guards keep.
pub(crate) fn make_requests(guard: &str, kind: &str, algorithm: &str) {
    let issuer = Issuer::new(Algorithm::named(algorithm).expect("an algorithm"));
    let guard = Guard::named(guard).expect("a guard");
    let mut bench = Bench::new(guard, &issuer, Kind::named(kind).expect("a kind")).expect("the guard has it");
    for _ in 0..REQUESTS {
        let asked = bench.asked();
        bench.answer(asked);
    }
    for _ in 0..REQUESTS {
        let asked = bench.asked();
        answer_counted(black_box(&mut bench), asked);
    }
}

/// Valgrind counts within this function, which it finds by its name.
#[inline(never)]
fn answer_counted(bench: &mut Bench<'_>, asked: Asked) {
    bench.answer(asked);
}

/// Prints a line for each guard and kind of request.
pub(crate) fn print() {
    for kind in Kind::ALL {
        for guard in ALL.iter().filter(|guard| guard.checks || kind == Kind::Accepted) {
            let Instructions { all, sha } = count(guard, kind);
            println!("{}\t{}\t{all}\t{sha}\t{}", kind.name(), guard.name, all - sha);
        }
    }
}

/// Sums up the costs of all functions in a file that callgrind writes.
fn read(profile: &str) -> Instructions {
    let mut names: HashMap<&str, &str> = HashMap::new();
    let mut sum = Instructions { all: 0, sha: 0 };
    let mut is_sha = false;
    let mut lines = profile.lines();
    while let Some(line) = lines.next() {
        if let Some(name) = line.strip_prefix("fn=").or_else(|| line.strip_prefix("cfn=")) {
            // The first mention of a number has the name.
            let (number, name) = name.split_once(' ').unwrap_or((name, ""));
            if !name.is_empty() {
                names.insert(number, name);
            }
            if line.starts_with("fn=") {
                is_sha = names[number].contains("sha256");
            }
        } else if line.starts_with("calls=") {
            // The next line has the costs of what is called, which has lines of its own.
            lines.next();
        } else if line.starts_with(['+', '-', '*']) || line.starts_with(|c: char| c.is_ascii_digit()) {
            let cost: u64 = line.split(' ').nth(1).and_then(|cost| cost.parse().ok()).unwrap_or(0);
            sum.all += cost;
            sum.sha += if is_sha { cost } else { 0 };
        }
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn costs_of_called_functions_are_counted_once() {
        let profile = "events: Ir\n\nfn=(1) answer_counted\n0 10\ncfn=(2) sha256_block_data_order\ncalls=3 0\n0 600\n+1 5\n\
            \nfn=(2)\n0 600\n\nfn=(3) memcpy\n* 7\n";
        assert_eq!(read(profile), Instructions { all: 622, sha: 600 });
    }
}
