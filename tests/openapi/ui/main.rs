//! Operations whose documents would lack their requirements do not compile, and the compiler explains why.

#[test]
fn operations_without_their_requirements_do_not_compile() {
    trybuild::TestCases::new().compile_fail("ui/fail/*.rs");
}

#[test]
fn mistakes_that_only_a_build_finds_are_explained() {
    let cases = trybuild::TestCases::new();
    cases.pass("ui/pass/*.rs");
    cases.compile_fail("ui/fail_when_built/*.rs");
}
