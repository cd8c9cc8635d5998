//! The corpus: what coverage-guided runs have found, and what once was wrong. No target fails on any of it.

use std::{fs, path::Path};

use axum_scopes_fuzz::TARGETS;

#[test]
fn no_target_fails_on_its_corpus() {
    for (name, target) in TARGETS {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus").join(name);
        let mut files: Vec<_> = fs::read_dir(&folder).unwrap().map(|file| file.unwrap().path()).collect();
        files.sort();
        assert!(files.len() >= 20, "{name} has {} files", files.len());
        for file in files {
            println!("{}", file.display());
            target(&fs::read(&file).unwrap());
        }
    }
}

/// Whatever comes, nothing panics: short inputs of every byte.
#[test]
fn no_target_fails_on_short_inputs() {
    for (_, target) in TARGETS {
        target(&[]);
        for [first, second] in (0..16).flat_map(|first| (0..=255).map(move |second| [first, second])) {
            target(&[second]);
            target(&[first, second]);
            target(&[first, second, b'{', b'}']);
        }
    }
}
