//! No target fails on the corpus, which has the findings of coverage-guided runs and of former mistakes.

use axum_scopes_fuzz::{TARGETS, corpus};

#[test]
fn no_target_fails_on_its_corpus() {
    for (name, target) in TARGETS {
        let inputs = corpus::of(name);
        assert!(inputs.len() >= 50, "{name} has {}", inputs.len());
        for input in inputs {
            println!("{}", input.escape_ascii());
            target(&input);
        }
    }
}

/// Runs every target on each byte alone, and on each byte behind another one.
#[test]
fn no_target_fails_on_short_inputs() {
    for (_, target) in TARGETS {
        target(&[]);
        for second in 0..=255 {
            let first = second % 16;
            target(&[second]);
            target(&[first, second]);
            target(&[first, second, b'{', b'}']);
        }
    }
}
