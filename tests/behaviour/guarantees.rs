//! What README, SECURITY.md and the chapter `guarantees` promise has tests, and each of these tests exists.

use std::path::Path;

use crate::named_tests::{has_its_tests, rows};

#[test]
fn each_guarantee_of_the_readme_has_its_test() {
    assert!(each_row_has_its_tests(include_str!("../../README.md")) >= 20);
}

#[test]
fn each_promise_of_the_threat_model_has_its_test() {
    assert!(each_row_has_its_tests(include_str!("../../SECURITY.md")) >= 20);
}

#[test]
fn each_guarantee_of_the_guide_has_its_test() {
    assert!(each_row_has_its_tests(include_str!("../../runtime/src/guide/guarantees.md")) >= 20);
}

/// Yields the number of rows.
#[track_caller]
fn each_row_has_its_tests(document: &str) -> usize {
    let rows = rows(document);
    rows.iter().for_each(|row| has_its_tests(row, &Path::new(env!("CARGO_MANIFEST_DIR")).join("..")));
    rows.len()
}
