//! The versions of the peers, which this crate's manifest pins.

const MANIFEST: &str = include_str!("../Cargo.toml");

/// The version that the manifest pins a dependency to.
///
/// # Panics
///
/// If it does not.
pub fn version(name: &str) -> &'static str {
    let pinned = |line: &'static str| {
        let value = line.strip_prefix(name)?.strip_prefix(" = ")?;
        value.split_once("\"=")?.1.split_once('"').map(|(version, _)| version)
    };
    MANIFEST.lines().find_map(pinned).unwrap_or_else(|| panic!("the manifest pins no version of {name}"))
}
