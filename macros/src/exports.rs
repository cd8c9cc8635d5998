//! Holds the names in `names.rs` against what the runtime exports in `runtime/src/private.rs`.
#![expect(clippy::expect_used, reason = "tests")]

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

use proc_macro2::{TokenStream, TokenTree};
use syn::{Item, UseTree, Visibility};

use crate::names::EXPORTED;

/// What the runtime exports for others than expansions of the attribute.
const OTHERS: &[(&str, &str)] = &[("Judge", "a parameter of the ready-made dependencies, which are public functions")];

#[test]
fn every_name_is_exported_by_the_runtime() {
    let exported = exported();
    for name in EXPORTED {
        let name = name.as_str();
        assert!(exported.contains(name), "names.rs has `{name}`, which runtime/src/private.rs does not export");
    }
}

#[test]
fn every_export_of_the_runtime_has_a_name() {
    let mut known: BTreeSet<_> = EXPORTED.iter().map(|name| name.as_str().to_owned()).collect();
    known.extend(OTHERS.iter().map(|&(name, _)| name.to_owned()));
    known.extend(named_by_macros());
    for name in exported() {
        assert!(
            known.contains(&name),
            "nothing names `{name}`; remove it from runtime/src/private.rs, or list it in OTHERS with the reason"
        );
    }
}

#[test]
fn every_listed_exception_is_exported() {
    let exported = exported();
    for (name, _) in OTHERS {
        assert!(exported.contains(*name), "runtime/src/private.rs does not export `{name}`; remove it from OTHERS");
    }
}

/// The names that `private.rs` exports.
fn exported() -> BTreeSet<String> {
    let file = syn::parse_file(&read(&runtime().join("private.rs"))).expect("private.rs is Rust");
    let mut names = BTreeSet::new();
    for item in &file.items {
        let Item::Use(item) = item else { panic!("private.rs holds nothing but `pub use`") };
        assert!(matches!(item.vis, Visibility::Public(_)), "private.rs holds nothing but `pub use`");
        leaves(&item.tree, &mut names);
    }
    names
}

fn leaves(tree: &UseTree, names: &mut BTreeSet<String>) {
    match tree {
        UseTree::Path(path) => leaves(&path.tree, names),
        UseTree::Group(group) => group.items.iter().for_each(|tree| leaves(tree, names)),
        UseTree::Name(name) => names.extend([name.ident.to_string()]),
        UseTree::Rename(rename) => names.extend([rename.rename.to_string()]),
        UseTree::Glob(_) => panic!("a `*` in private.rs exports names that nobody has read"),
    }
}

/// What the runtime's own macros write: `$crate::private::name`.
fn named_by_macros() -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for file in sources(&runtime()) {
        let tokens: TokenStream = read(&file).parse().expect("the runtime is Rust");
        find(tokens, &mut names);
    }
    assert!(!names.is_empty(), "the runtime has macros");
    names
}

fn find(tokens: TokenStream, names: &mut BTreeSet<String>) {
    let tokens: Vec<_> = tokens.into_iter().collect();
    // `$`, `crate`, two colons, `private`, two colons, the name.
    for path in tokens.windows(8) {
        let [TokenTree::Punct(dollar), TokenTree::Ident(krate), _, _, TokenTree::Ident(private), _, _, name] = path
        else {
            continue;
        };
        if dollar.as_char() == '$' && krate == "crate" && private == "private" {
            names.insert(name.to_string());
        }
    }
    for token in tokens {
        if let TokenTree::Group(group) = token {
            find(group.stream(), names);
        }
    }
}

fn sources(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path());
    let (folders, files): (Vec<_>, Vec<_>) = entries.partition(|path| path.is_dir());
    let files = files.into_iter().filter(|path| path.extension().is_some_and(|end| end == "rs"));
    files.chain(folders.iter().flat_map(|folder| sources(folder))).collect()
}

fn runtime() -> PathBuf {
    [env!("CARGO_MANIFEST_DIR"), "..", "runtime", "src"].iter().collect()
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).expect("a readable file")
}
