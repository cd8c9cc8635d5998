//! Counts the allocations of one accepted request, for each guard: `name`, how many, and how many bytes, with tabs between them.
#![allow(clippy::unwrap_used, reason = "a benchmark")]

use axum_scopes_peers::{
    Bench,
    guards::ALL,
    keys::{Algorithm, Issuer},
    requests::Kind,
};

fn main() {
    let issuer = Issuer::new(Algorithm::HS256);
    for guard in &ALL {
        let mut bench = Bench::new(guard, &issuer, Kind::Accepted).unwrap();
        // The first requests fill what is kept.
        let mut counts = Vec::new();
        for _ in 0..100 {
            let asked = bench.asked();
            let counted = allocation_counter::measure(|| bench.answer(asked));
            counts.push((counted.count_total, counted.bytes_total));
        }
        counts.sort_unstable();
        let (count, bytes) = counts[counts.len() / 2];
        println!("{}\t{count}\t{bytes}", guard.name);
    }
}
