//! Measures that no token that anybody can make costs more than twice as much as a valid one of its size.
//!
//! The shortest of several measurements counts for both, so that other work of the machine is not counted.
#![allow(clippy::unwrap_used, missing_docs, reason = "a benchmark")]

#[path = "../hostile/mod.rs"]
mod hostile;

use std::{
    collections::HashMap,
    hint::black_box,
    process::ExitCode,
    time::{Duration, Instant},
};

use axum_scopes::{TokenVerifier, jose::Algorithm};
use hostile::{Hostile, Place, Setting};

/// The times of valid tokens by algorithm, number of keys and length.
type ValidTimes = HashMap<(Algorithm, usize, usize), Duration>;

const MOST: f64 = 2.0;
/// The bound for the densest possible claims. The valid token has one long string instead.
const MOST_SIGNED: f64 = 15.0;
const SHOWN: usize = 40;
const TIMES: usize = 7;
/// The number of further measurements before a token counts as too slow.
const MORE_TIMES: usize = 200;

fn time(verifier: &TokenVerifier, token: &str, times: usize) -> Duration {
    let once = || {
        let start = Instant::now();
        let _ = black_box(verifier.verify(black_box(token)));
        start.elapsed()
    };
    (0..times).map(|_| once()).min().unwrap()
}

/// The largest cost of a token, compared with a valid one of its size.
#[derive(Clone, Copy, Default)]
struct Worst {
    ratio: f64,
    size: usize,
    time: Duration,
}

/// The bound for tokens that anybody can make, and for those that an attacker made the issuer sign.
fn most(place: Place) -> f64 {
    if place == Place::SignedClaims { MOST_SIGNED } else { MOST }
}

fn compare(hostile: &Hostile<'_>, valid_times: &mut ValidTimes) -> (Worst, bool) {
    let Hostile { setting, kind, size, ref token } = *hostile;
    let verifier = &setting.verifier;
    let valid = || setting.valid(&setting.header(), token.len());
    let key = (setting.algorithm, setting.keys, token.len());
    let valid_time = *valid_times.entry(key).or_insert_with(|| time(verifier, &valid(), MORE_TIMES));
    let worst = |time: Duration, valid: Duration| Worst { ratio: time.as_secs_f64() / valid.as_secs_f64(), size, time };
    let keeps = |worst: &Worst| worst.ratio <= most(kind.place);
    let first = worst(time(verifier, token, TIMES), valid_time);
    if keeps(&first) {
        return (first, true);
    }
    let again = worst(time(verifier, token, MORE_TIMES), time(verifier, &valid(), MORE_TIMES));
    (again, keeps(&again))
}

/// For each family, settings with one key without a name, and with two and four keys with names.
fn settings() -> Vec<Setting> {
    let algorithms = [Algorithm::HS256, Algorithm::RS256, Algorithm::ES256, Algorithm::EdDSA];
    algorithms.into_iter().flat_map(|algorithm| [1, 2, 4].map(|keys| Setting::new(algorithm, keys))).collect()
}

fn main() -> ExitCode {
    let settings = settings();
    let (mut valid_times, mut all) = (ValidTimes::new(), HashMap::<_, Worst>::new());
    let (mut count, mut missed) = (0, 0);
    for hostile in hostile::tokens(&settings) {
        let (worst, keeps) = compare(&hostile, &mut valid_times);
        let known = all.entry((hostile.kind.place, hostile.kind.what, hostile.setting.algorithm)).or_default();
        if worst.ratio > known.ratio {
            *known = worst;
        }
        count += 1;
        missed += usize::from(!keeps);
    }
    let mut all: Vec<_> = all.into_iter().collect();
    all.sort_by(|(_, one), (_, other)| other.ratio.total_cmp(&one.ratio));
    println!("{:<14}{:<24}{:<7}{:>6}{:>7}{:>9}", "where", "what", "key", "ratio", "bytes", "ns");
    for ((place, what, algorithm), Worst { ratio, size, time }) in all.iter().take(SHOWN) {
        let (place, what) = (format!("{place:?}"), format!("{what:?}"));
        println!("{place:<14}{what:<24}{algorithm:<7}{ratio:>6.2}{size:>7}{:>9}", time.as_nanos());
    }
    println!(
        "{}: of {count} hostile tokens {missed} cost over {MOST} x a valid one of their size, or {MOST_SIGNED} x where the \
         issuer has signed them",
        if missed == 0 { "kept" } else { "MISSED" }
    );
    if missed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
