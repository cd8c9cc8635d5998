//! What a hostile token costs, beside a valid one of its size: never more than twice as much.
//!
//! In both the shortest of several measurements counts, so that what else the machine does is not taken for the token's.
#![allow(clippy::unwrap_used, missing_docs, reason = "a benchmark")]

#[path = "../hostile/mod.rs"]
mod hostile;

use std::{
    collections::HashMap,
    hint::black_box,
    process::ExitCode,
    time::{Duration, Instant},
};

use axum_scopes::TokenVerifier;

const MOST: f64 = 2.0;
const TIMES: usize = 7;
/// Measured again before a token is said to cost too much.
const MORE_TIMES: usize = 200;

fn time(verifier: &TokenVerifier, token: &str, times: usize) -> Duration {
    let once = || {
        let start = Instant::now();
        let _ = black_box(verifier.verify(black_box(token)));
        start.elapsed()
    };
    (0..times).map(|_| once()).min().unwrap()
}

fn main() -> ExitCode {
    let settings = hostile::settings();
    let mut valid_times = HashMap::new();
    let (mut worst, mut count, mut kept): (HashMap<_, (f64, usize, Duration)>, _, _) = (HashMap::new(), 0, true);
    for hostile::Hostile { setting, kind, size, token } in hostile::tokens(&settings) {
        let length = token.len().min(size);
        let valid = setting.valid(&setting.header(), length);
        assert!(setting.verifier.verify(&valid).is_ok());
        let valid_time = *valid_times
            .entry((setting.algorithm, setting.keys, length))
            .or_insert_with(|| time(&setting.verifier, &valid, 50));
        let mut ratio = time(&setting.verifier, &token, TIMES).as_secs_f64() / valid_time.as_secs_f64();
        if ratio > MOST {
            ratio = time(&setting.verifier, &token, MORE_TIMES).as_secs_f64()
                / time(&setting.verifier, &valid, MORE_TIMES).as_secs_f64();
        }
        let entry =
            worst.entry((format!("{:?}", kind.place), format!("{:?}", kind.what), setting.algorithm)).or_default();
        if ratio > entry.0 {
            *entry = (ratio, size, valid_time);
        }
        kept &= ratio <= MOST;
        count += 1;
    }
    println!("{:<14}{:<24}{:<7}{:>7}{:>7}{:>10}", "where", "what", "key", "ratio", "bytes", "valid ns");
    let mut worst: Vec<_> = worst.into_iter().collect();
    worst.sort_by(|one, other| other.1.0.total_cmp(&one.1.0));
    for ((place, what, algorithm), (ratio, size, valid)) in worst.iter().take(40) {
        println!("{place:<14}{what:<24}{algorithm:<7}{ratio:>7.2}{size:>7}{:>10}", valid.as_nanos());
    }
    println!(
        "{}: {count} hostile tokens, none over {MOST} x a valid one of its size",
        if kept { "kept" } else { "MISSED" }
    );
    if kept { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
