//! Random material for tests. A run without further words takes few rounds, and the same ones on every machine.

use std::{env, ops::Range};

/// SplitMix64.
pub(crate) struct Random(pub(crate) u64);

impl Random {
    pub(crate) fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (z ^ (z >> 31)) as usize % bound
    }
}

/// The seeds of a test: as many as it says, times `ROUNDS` of the environment, from `SEED` on.
pub(crate) fn seeds(usual: u64) -> Range<u64> {
    let first = said("SEED").unwrap_or(0);
    first..first + usual * said("ROUNDS").unwrap_or(1)
}

fn said(name: &str) -> Option<u64> {
    env::var(name).ok().map(|said| said.parse().unwrap_or_else(|_| panic!("{name} is no number: {said}")))
}

pub(crate) fn leak<T>(value: T) -> &'static T {
    Box::leak(Box::new(value))
}
