//! What tests fetch from PyPI and npm has one version and a digest, and is fetched by the scripts that compare it.

use serde_json::Value;

use crate::sources::{files, read};

/// Where packages may be installed.
const INSTALLERS: &str = "tests/tools/";

#[test]
fn packages_of_npm_have_versions_and_digests() {
    let lists = files(".", &|path| path.ends_with("/package.json"));
    assert!(!lists.is_empty());
    for path in lists {
        let list: Value = serde_json::from_str(&read(&path)).expect(&path);
        let packages = list["dependencies"].as_object().expect(&path);
        for (name, version) in packages {
            let version = version.as_str().expect(&path);
            assert!(
                version.split('.').all(|part| part.parse::<u32>().is_ok()),
                "{path}: {name} {version} is not one version"
            );
            let digest = list["integrity"][name].as_str().unwrap_or_default();
            assert!(digest.starts_with("sha512-") && digest.len() == 95, "{path}: {name} has no digest");
        }
        assert_eq!(packages.len(), list["integrity"].as_object().expect(&path).len(), "{path}");
        assert!(list.get("devDependencies").is_none(), "{path}: tests/tools/npm.sh reads only `dependencies`");
    }
}

#[test]
fn packages_of_python_have_versions_and_digests() {
    let lists = files(".", &|path| path.ends_with("/requirements.txt"));
    assert!(!lists.is_empty());
    for path in lists {
        for line in read(&path).lines() {
            let (package, digest) = line.split_once(" --hash=sha256:").unwrap_or((line, ""));
            assert!(package.contains("=="), "{path}: {line} is not one version");
            assert!(digest.len() == 64, "{path}: {line} has no digest");
        }
    }
}

#[test]
fn packages_are_installed_where_they_are_compared() {
    let scripts = files(".", &|path| path.ends_with(".sh") || path.starts_with("./.ci/"));
    assert!(scripts.iter().any(|path| path == "./.ci/run"));
    for path in scripts {
        for line in read(&path).lines().filter(|line| !line.trim_start().starts_with('#')) {
            let installs = |program: &str, command: &str| line.contains(program) && line.contains(command);
            let fetches = installs("npm", " install") || installs("pip", " install") || line.contains("npx ");
            assert!(!fetches || path.contains(INSTALLERS), "{path} installs packages without {INSTALLERS}: {line}");
            if installs("cargo", " install ") {
                let one_version = line.contains('@') || line.contains("--version");
                assert!(line.contains("--locked") && one_version, "{path}: not one version, or not locked: {line}");
            }
        }
    }
}
