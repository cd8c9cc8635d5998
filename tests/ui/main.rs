//! Mistakes do not compile, and the compiler explains them. Every allowed shape compiles and runs.
//!
//! Mistakes and shapes are two tests, because trybuild checks all cases at once if it has to link none of them. So the first
//! test also shows that the mistakes fail in `cargo check`.

use trybuild::TestCases;

#[test]
fn mistakes_are_explained() {
    TestCases::new().compile_fail("ui/fail/*/*.rs");
}

#[test]
fn shapes_compile_and_run() {
    let cases = TestCases::new();
    cases.pass("ui/pass/*.rs");
    // Mistakes in generic functions that the compiler finds only where they are used.
    cases.compile_fail("ui/fail_when_built/*.rs");
}
