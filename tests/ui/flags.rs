//! Runs cases of trybuild with one set of compiler flags. By itself, trybuild has other flags for the cases than for what they depend
//! on, and Cargo compiles all that they depend on once for each set.

use std::{env, process::Command};

/// Where Cargo looks for flags first.
const FLAGS: &str = "CARGO_ENCODED_RUSTFLAGS";

/// The flags that trybuild has for the cases. They are separated as Cargo wants them.
const OF_CASES: &str = "--cfg\x1ftrybuild\x1f--verbose\x1f-A\x1fdead_code\x1f--diagnostic-width=140";

/// Runs the cases of the test with this name, in a process that has the flags.
pub(crate) fn with_one_set(test: &str, cases: impl FnOnce()) {
    if env::var(FLAGS).is_ok_and(|flags| flags == OF_CASES) {
        return cases();
    }
    let again = env::current_exe()
        .and_then(|program| Command::new(program).args(["--exact", test, "--nocapture"]).env(FLAGS, OF_CASES).status());
    assert!(again.is_ok_and(|status| status.success()), "{test} has failed");
}
