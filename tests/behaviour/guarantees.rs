//! What README, SECURITY.md and the chapter `guarantees` promise has tests, and each of these tests exists.

use crate::named_tests::each_row_has_its_tests;

#[test]
fn each_guarantee_of_the_readme_has_its_test() {
    assert!(each_row_has_its_tests(include_str!("../../README.md"), "..") >= 20);
}

#[test]
fn each_promise_of_the_threat_model_has_its_test() {
    assert!(each_row_has_its_tests(include_str!("../../SECURITY.md"), "..") >= 20);
}

#[test]
fn each_guarantee_of_the_guide_has_its_test() {
    assert!(each_row_has_its_tests(include_str!("../../runtime/src/guide/guarantees.md"), "..") >= 20);
}
