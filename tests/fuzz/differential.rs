//! `TokenVerifier` decides on thousands of odd headers and claims as the oracle does, and accepts nothing that
//! `jsonwebtoken::decode` refuses. The tokens are the same in each run.

use axum_scopes_fuzz::{CONFIGURATIONS, agree, recipe};

const TOKENS: usize = 6000;

/// Numbers that are the same in each run (Marsaglia's xorshift).
struct Xorshift(u64);

impl recipe::Dice for Xorshift {
    fn below(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 16) as usize % sides
    }
}

#[test]
fn no_token_is_accepted_that_others_refuse() {
    let mut dice = Xorshift(0x5eed);
    let mut accepted = [0; 6];
    for i in 0..TOKENS {
        let i = i % CONFIGURATIONS.len();
        let token = recipe::token(&mut dice, &CONFIGURATIONS[i]);
        accepted[i] += usize::from(agree(&CONFIGURATIONS[i], &token));
    }
    // Of a thousand tokens for each configuration, enough are accepted and enough are refused.
    assert!(accepted.iter().all(|accepted| (80..900).contains(accepted)), "{accepted:?}");
}
