//! What does not compile, and how the compiler says so; and the shapes that do.
//!
//! Mistakes and shapes are two tests: where no case has to be linked, trybuild checks all of them at once, and that
//! they fail in `cargo check` is part of what they show.

use trybuild::TestCases;

#[test]
fn mistakes_are_explained() {
    TestCases::new().compile_fail("ui/fail/*/*.rs");
}

#[test]
fn shapes_compile_and_run() {
    let cases = TestCases::new();
    cases.pass("ui/pass/*.rs");
    // What can be known of generic functions only where they are used.
    cases.compile_fail("ui/fail_when_built/*.rs");
}
