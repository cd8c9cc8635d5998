//! What does not compile because its document would not say what it requires, and how the compiler says so.

#[test]
fn documents_that_would_be_silent_do_not_compile() {
    trybuild::TestCases::new().compile_fail("ui/fail/*.rs");
}

#[test]
fn what_is_known_when_built_alone_is_told_then() {
    let cases = trybuild::TestCases::new();
    cases.pass("ui/pass/*.rs");
    cases.compile_fail("ui/fail_when_built/*.rs");
}
