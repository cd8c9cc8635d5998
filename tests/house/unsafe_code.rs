//! No crate of ours has unsafe code, and no expansion brings some into a service.

use crate::sources::{below, read};

/// The crates that services compile.
const PUBLISHED: [&str; 3] = ["macros", "runtime", "runtime/sql"];

#[test]
fn no_crate_has_unsafe_code() {
    // `forbid` cannot be switched off further down.
    let workspace = read("Cargo.toml");
    let lints = workspace.split("[workspace.lints.rust]").nth(1).and_then(|rest| rest.split("\n[").next());
    assert!(
        lints.is_some_and(|lints| lints.contains("\nunsafe_code = \"forbid\"\n")),
        "the workspace allows unsafe code"
    );
    for published in PUBLISHED {
        let manifest = read(&format!("{published}/Cargo.toml"));
        assert!(manifest.contains("\n[lints]\nworkspace = true\n"), "{published} does not keep to the lints");
    }
}

#[test]
fn no_expansion_has_unsafe_code() {
    let mut words = 0;
    for path in below("macros/snapshots") {
        let text = read(&path);
        let found = text.split(|letter: char| !letter.is_alphanumeric() && letter != '_').inspect(|_| words += 1);
        assert!(!found.into_iter().any(|word| word == "unsafe"), "{path}");
    }
    assert!(words > 1000, "{words} words of expansions");
}
