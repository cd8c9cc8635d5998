//! Makes a crate outside of the workspace from the `cargo add` lines and the program of the README.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::Command,
};

pub(crate) struct Project {
    manifest: String,
    program: String,
}

impl Project {
    /// The README adds crates in one block, and has one program with a `main`.
    pub(crate) fn of_readme(readme: &str) -> Self {
        let added = readme.lines().filter_map(|line| line.strip_prefix("cargo add "));
        let dependencies: String = added.map(dependency).collect();
        let blocks = readme.split("```rust\n").skip(1).filter_map(|rest| rest.split("```").next());
        let program = blocks.filter(|block| block.contains("async fn main()")).collect::<Vec<_>>();
        let [program] = program[..] else { panic!("the README has {} programs", program.len()) };
        let manifest = format!(
            "[package]\nname = \"items\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n[workspace]\n\n[dependencies]\n{dependencies}{}",
            patches()
        );
        Self { manifest, program: program.to_owned() }
    }

    /// The path of the built program.
    pub(crate) fn build(&self) -> PathBuf {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("readme");
        fs::create_dir_all(folder.join("src")).unwrap();
        write(&folder.join("Cargo.toml"), &self.manifest);
        write(&folder.join("src/main.rs"), &self.program);
        // Uses the same versions as all other tests.
        fs::copy(root.join("Cargo.lock"), folder.join("Cargo.lock")).unwrap();
        // Uses the target folder and the profile of the workspace, so that nothing is built twice.
        let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().unwrap();
        let build = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
            .args(["build", "--quiet"])
            .current_dir(&folder)
            .env("CARGO_TARGET_DIR", target)
            .env("CARGO_PROFILE_DEV_DEBUG", "line-tables-only")
            .env_remove("RUSTFLAGS")
            .status()
            .unwrap();
        assert!(build.success(), "the README's program does not compile");
        target.join("debug").join(if cfg!(windows) { "items.exe" } else { "items" })
    }
}

/// Writes a file, unless it is so already: Cargo builds again what is newer.
fn write(path: &Path, text: &str) {
    if !fs::read_to_string(path).is_ok_and(|there| there == text) {
        fs::write(path, text).unwrap();
    }
}

/// The line of the manifest for the arguments of `cargo add`. The library itself comes from this repository, or from its packages.
fn dependency(added: &str) -> String {
    let (name, features) = added.split_once(" --features ").unwrap_or((added, ""));
    let features: Vec<_> = features.split(',').filter(|feature| !feature.is_empty()).collect();
    let source = match (name, packages()) {
        ("axum-scopes", None) => {
            format!("path = {:?}", Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().join("runtime"))
        }
        _ => "version = \"*\"".to_owned(),
    };
    format!("{name} = {{ {source}, features = {features:?} }}\n")
}

/// The folder of the unpacked packages, if they are used in the place of the repository's sources.
pub(crate) fn packages() -> Option<PathBuf> {
    env::var_os("AXUM_SCOPES_PACKAGES").map(PathBuf::from)
}

/// What makes the packages the crates of these names.
fn patches() -> String {
    let Some(folder) = packages() else { return String::new() };
    let crates =
        ["axum-scopes", "axum-scopes-macros"].map(|name| format!("{name} = {{ path = {:?} }}\n", folder.join(name)));
    format!("\n[patch.crates-io]\n{}", crates.concat())
}
