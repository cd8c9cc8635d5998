//! The lists in `attacks.md` and `checklists.md` name tests for each row, and each of these tests exists.

use std::path::Path;

use crate::named_tests::{has_its_tests, rows};

#[test]
fn each_way_to_lose_a_scope_has_its_test() {
    assert!(each_row_has_its_tests(include_str!("../attacks.md")) > 190);
}

#[test]
fn each_requirement_of_a_specification_has_its_test() {
    assert!(each_row_has_its_tests(include_str!("../checklists.md")) > 110);
}

/// Yields the number of rows.
#[track_caller]
fn each_row_has_its_tests(list: &str) -> usize {
    let rows = rows(list);
    rows.iter().for_each(|row| has_its_tests(row, Path::new(env!("CARGO_MANIFEST_DIR"))));
    rows.len()
}
