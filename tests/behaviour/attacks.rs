//! The lists in `attacks.md` and `checklists.md` name tests for each row, and each of these tests exists.

use crate::named_tests::each_row_has_its_tests;

#[test]
fn each_way_to_lose_a_scope_has_its_test() {
    assert!(each_row_has_its_tests(include_str!("../attacks.md"), "") > 190);
}

#[test]
fn each_requirement_of_a_specification_has_its_test() {
    assert!(each_row_has_its_tests(include_str!("../checklists.md"), "") > 110);
}
