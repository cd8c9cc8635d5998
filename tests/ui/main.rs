//! Mistakes do not compile, and the compiler explains them. Allowed shapes are the programs of `shapes`.
//!
//! The tests are two, because trybuild checks all cases at once if it has to link none of them. So the first test also shows that
//! the mistakes fail in `cargo check`.

mod flags;

use trybuild::TestCases;

#[test]
fn mistakes_are_explained() {
    flags::with_one_set("mistakes_are_explained", || TestCases::new().compile_fail("ui/fail/*/*.rs"));
}

/// In generic functions, the compiler finds some mistakes only where they are used.
#[test]
fn mistakes_that_only_a_build_finds_are_explained() {
    flags::with_one_set("mistakes_that_only_a_build_finds_are_explained", || {
        let cases = TestCases::new();
        // trybuild builds the cases, and does not only check them, if one of them is to run.
        cases.pass("ui/pass/*.rs");
        cases.compile_fail("ui/fail_when_built/*.rs");
    });
}
