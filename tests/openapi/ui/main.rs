//! Operations whose documents would lack their requirements do not compile, and the compiler explains why.

#[path = "../../ui/flags.rs"]
mod flags;

use trybuild::TestCases;

#[test]
fn operations_without_their_requirements_do_not_compile() {
    flags::with_one_set("operations_without_their_requirements_do_not_compile", || {
        TestCases::new().compile_fail("ui/fail/*.rs");
    });
}

#[test]
fn mistakes_that_only_a_build_finds_are_explained() {
    flags::with_one_set("mistakes_that_only_a_build_finds_are_explained", || {
        let cases = TestCases::new();
        cases.pass("ui/pass/*.rs");
        cases.compile_fail("ui/fail_when_built/*.rs");
    });
}
