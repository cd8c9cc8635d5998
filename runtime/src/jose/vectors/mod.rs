//! Published vectors: the valid are accepted, the invalid refused, and none panics.

#![allow(clippy::unwrap_used, reason = "a failed test may panic")]

mod rfc;
mod secrets;
mod wycheproof;

use std::{fs, io::Write as _, path::PathBuf};

use serde_json::Value;

/// `None`, with a message, in a crate that was taken out of its repository.
pub(crate) fn directory() -> Option<PathBuf> {
    let tests = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../tests");
    if !tests.join("attacks.md").is_file() {
        // Written past the test harness, which would hide it.
        let _ = writeln!(std::io::stderr(), "skipped: the vectors are in the repository, and not in the crate");
        return None;
    }
    Some(tests.join("vectors"))
}

fn vectors(name: &str) -> Option<Value> {
    let text = fs::read(directory()?.join(name)).unwrap();
    Some(serde_json::from_slice(&text).unwrap())
}

/// The list must not be empty, so that a renamed list is noticed.
#[track_caller]
fn list<'a>(vectors: &'a Value, name: &str) -> &'a [Value] {
    vectors[name].as_array().filter(|list| !list.is_empty()).unwrap()
}
