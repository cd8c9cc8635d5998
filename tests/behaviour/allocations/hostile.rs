//! What a hostile token makes the service allocate.

#[path = "../../hostile/mod.rs"]
mod tokens;

use std::collections::HashMap;

use allocation_counter::measure;
use axum_scopes::{TokenVerifier, jose::Algorithm};
use tokens::{Hostile, Place, Setting};

/// The bytes that a thread allocates for the first token that it verifies: in total, and at one time.
fn bytes_of_the_first(verifier: &TokenVerifier, token: &str) -> (u64, u64) {
    let cost = std::thread::scope(|scope| scope.spawn(|| measure(|| drop(verifier.verify(token)))).join().unwrap());
    (cost.bytes_total, cost.bytes_max)
}

/// The tokens are those that anybody can make: with a wrong signature, or malformed.
#[test]
fn a_hostile_token_allocates_at_most_twice_as_much_as_a_valid_one() {
    let settings = [(Algorithm::HS256, 1), (Algorithm::HS256, 4), (Algorithm::EdDSA, 4)];
    let settings = settings.map(|(algorithm, keys)| Setting::new(algorithm, keys));
    let mut of_valid = HashMap::new();
    for Hostile { setting, kind, size, token } in tokens::tokens(&settings) {
        if kind.place == Place::SignedClaims {
            continue;
        }
        let (total, most) = bytes_of_the_first(&setting.verifier, &token);
        let valid = of_valid.entry((setting.algorithm, setting.keys, token.len()));
        let (valid, _) = valid.or_insert_with(|| {
            let valid = setting.valid(&setting.header(), token.len());
            bytes_of_the_first(&setting.verifier, &valid)
        });
        assert!(total <= 2 * *valid, "{kind:?} {size}: {total} bytes, a valid one {valid}");
        assert!(most <= 2 * *valid, "{kind:?} {size}: {most} bytes at once, a valid one {valid}");
    }
}
