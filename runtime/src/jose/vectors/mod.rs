//! Published vectors, where they are at hand: what is good is accepted, all else refused, and nothing panics.

#![allow(clippy::unwrap_used, reason = "a failed test may panic")]

mod rfc;
mod secrets;
mod wycheproof;

use std::{fs, io::Write as _, path::PathBuf};

use serde_json::Value;

/// `None`, which is said, where there are no vectors.
pub(crate) fn directory() -> Option<PathBuf> {
    let shared = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../shared");
    if !shared.is_dir() {
        // Past the test harness, which would keep it to itself.
        let _ = writeln!(std::io::stderr(), "skipped: no vectors in {}", shared.display());
        return None;
    }
    Some(shared.join("vectors"))
}

fn vectors(name: &str) -> Option<Value> {
    let text = fs::read(directory()?.join(name)).unwrap();
    Some(serde_json::from_slice(&text).unwrap())
}

/// Not empty, so that a list of another name is noticed.
#[track_caller]
fn list<'a>(vectors: &'a Value, name: &str) -> &'a [Value] {
    vectors[name].as_array().filter(|list| !list.is_empty()).unwrap()
}
