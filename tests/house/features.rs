//! What each feature brings along is listed in `features.txt`. A crate that nobody chose is seen there.

use std::{
    collections::{BTreeMap, BTreeSet},
    env, fs,
    process::Command,
};

use crate::sources::{read, repository};

const LISTED: &str = "tests/house/features.txt";

const HEAD: &str = "\
# The crates that each feature adds to those that are compiled without any, proc-macros and what build scripts need included. `×2` is a
# crate that then comes in two versions. All this is for Linux on x86_64. `UPDATE_FEATURES=1 cargo test -p axum-scopes-house` writes it.
";

#[test]
fn crates_of_each_feature_are_as_listed() {
    let found =
        [HEAD.to_owned(), section("axum-scopes", "runtime"), section("axum-scopes-sql", "runtime/sql")].concat();
    if env::var_os("UPDATE_FEATURES").is_some() {
        fs::write(repository().join(LISTED), &found).expect("a file that can be written");
    }
    let listed = read(LISTED);
    assert!(
        listed == found,
        "features bring other crates than {LISTED} says: either a manifest here, or a new version of a dependency.\n\
         Read which, then write the list with UPDATE_FEATURES=1.\nno longer there: {}\nnew: {}",
        missing(&listed, &found),
        missing(&found, &listed)
    );
}

/// The crates with their features that stand in one list and not in another.
fn missing(list: &str, other: &str) -> String {
    let crates = |list: &str| -> BTreeSet<String> {
        let lines = list.split("\n## ").skip(1).flat_map(|section| {
            let (name, lines) = section.split_once('\n').unwrap_or_default();
            lines.lines().filter_map(|line| line.split_once(": ")).map(move |line| (name.to_owned(), line))
        });
        lines
            .flat_map(|(name, (feature, crates))| {
                crates.split(' ').map(move |one| format!("{one} ({name}, {feature})"))
            })
            .collect()
    };
    let missing: Vec<_> = crates(list).difference(&crates(other)).cloned().collect();
    if missing.is_empty() { "none".to_owned() } else { missing.join(", ") }
}

/// A line for each feature of the crate in this folder.
fn section(name: &str, folder: &str) -> String {
    let manifest = read(&format!("{folder}/Cargo.toml"));
    let bare = compiled(name, "");
    let mut lines = format!("\n## {name}\n\nwithout features: {}\n", names(&bare, &bare));
    for feature in features(&manifest) {
        let all = compiled(name, feature);
        let added = all.difference(&bare).cloned().collect();
        lines.extend([feature, ": ", &names(&added, &all), "\n"]);
    }
    lines
}

/// The names of the table `[features]`.
fn features(manifest: &str) -> Vec<&str> {
    let table = manifest.split("\n[features]\n").nth(1).and_then(|rest| rest.split("\n[").next()).expect("features");
    table.lines().filter_map(|line| line.split_once(" = [")).map(|(name, _)| name).collect()
}

/// Names and versions of what is compiled with a feature.
fn compiled(name: &str, feature: &str) -> BTreeSet<(String, String)> {
    let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let tree =
        ["tree", "--quiet", "--edges", "normal,build", "--prefix", "none", "--target", "x86_64-unknown-linux-gnu"];
    let output = Command::new(cargo)
        .args(tree)
        .args(["--package", name, "--no-default-features", "--features", feature])
        .current_dir(repository())
        .output()
        .expect("cargo");
    assert!(output.status.success(), "cargo tree: {}", String::from_utf8_lossy(&output.stderr));
    let lines = String::from_utf8(output.stdout).expect("UTF-8");
    lines
        .lines()
        .map(|line| line.split(' '))
        .filter_map(|mut words| Some((words.next()?.to_owned(), words.next()?.to_owned())))
        .filter(|(crate_name, _)| crate_name != name)
        .collect()
}

/// The names of `shown`, with a mark where a crate has more than one version among `all`.
fn names(shown: &BTreeSet<(String, String)>, all: &BTreeSet<(String, String)>) -> String {
    let mut versions = BTreeMap::new();
    for (name, _) in all {
        *versions.entry(name).or_insert(0) += 1;
    }
    let mut marked: Vec<_> = shown.iter().map(|(name, _)| (name, versions[name])).collect();
    marked.dedup();
    let marked: Vec<_> = marked
        .into_iter()
        .map(|(name, count)| if count == 1 { name.clone() } else { format!("{name}×{count}") })
        .collect();
    if marked.is_empty() { "nothing".to_owned() } else { marked.join(" ") }
}
