//! The CPU time of this thread for a request, for each guard, in interleaved rounds.

use std::env;

use axum_scopes_peers::{
    Bench,
    guards::{ALL, BY_HAND},
    keys::{Algorithm, Issuer},
    requests::Kind,
};
use cpu_time::ThreadTime;

/// How many rounds are measured, and how many requests each guard answers in one.
fn rounds(algorithm: Algorithm) -> (usize, usize) {
    if algorithm == Algorithm::HS256 { (2000, 50) } else { (300, 20) }
}

/// Prints a line for each guard and kind of request: algorithm, kind, guard, ratio to the one that is written by hand, and
/// nanoseconds, with tabs between them.
pub(crate) fn print() {
    for algorithm in Algorithm::ALL {
        let issuer = Issuer::new(algorithm);
        let kinds: &[Kind] = if algorithm == Algorithm::HS256 { &Kind::ALL } else { &[Kind::Accepted] };
        for kind in kinds {
            measure(&issuer, *kind);
        }
    }
}

fn measure(issuer: &Issuer, kind: Kind) {
    let mut benches: Vec<_> = ALL.iter().filter_map(|guard| Bench::new(guard, issuer, kind)).collect();
    let by_hand = benches.iter().position(|bench| bench.guard.name == BY_HAND).unwrap();
    let (count, requests) = rounds(issuer.algorithm);
    let count = env::var("ROUNDS").map_or(count, |count| count.parse().expect("a number of rounds"));
    // The first rounds are for warming up.
    let warm = count / 10;
    let times: Vec<Vec<f64>> =
        (0..warm + count).map(|number| round(&mut benches, number, requests)).skip(warm).collect();
    for (place, bench) in benches.iter().enumerate() {
        let ratio = median(times.iter().map(|times| times[place] / times[by_hand]));
        let each = median(times.iter().map(|times| times[place]));
        let (algorithm, kind) = (issuer.algorithm.name(), kind.name());
        println!("{algorithm}\t{kind}\t{}\t{ratio:.4}\t{each:.0}", bench.guard.name);
    }
}

/// The nanoseconds of a request of each guard. Another guard is first in each round, and every other round is backwards, so
/// that none always follows the same one.
fn round(benches: &mut [Bench<'_>], number: usize, requests: usize) -> Vec<f64> {
    let mut times = vec![0.0; benches.len()];
    for place in 0..benches.len() {
        let place = (place + number / 2) % benches.len();
        let place = if number.is_multiple_of(2) { place } else { benches.len() - 1 - place };
        let bench = &mut benches[place];
        let asked: Vec<_> = (0..requests).map(|_| bench.asked()).collect();
        let start = ThreadTime::now();
        for asked in asked {
            bench.answer(asked);
        }
        times[place] = start.elapsed().as_secs_f64() * 1e9 / requests as f64;
    }
    times
}

pub(crate) fn median(values: impl Iterator<Item = f64>) -> f64 {
    let mut values: Vec<_> = values.collect();
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}
