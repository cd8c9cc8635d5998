//! Finds the files of a crate that the compiler reads outside of tests.

use std::{
    fs,
    path::{Path, PathBuf},
};

use syn::{Attribute, Item, ItemMod, Meta};

/// A file of a crate, and its module.
pub(crate) struct Source {
    /// Its path in the repository.
    pub(crate) path: String,
    /// Its module, `["dependency", "cache"]`. The root is empty.
    pub(crate) module: Vec<String>,
    pub(crate) file: syn::File,
}

impl Source {
    /// The modules that it declares, test modules left out.
    pub(crate) fn children(&self) -> impl Iterator<Item = &ItemMod> {
        self.file.items.iter().filter_map(|item| match item {
            Item::Mod(module) if !is_test(&module.attrs) => Some(module),
            _ => None,
        })
    }
}

/// The files of the crate with this root, `runtime/src/lib.rs`.
pub(crate) fn of_crate(root: &str) -> Vec<Source> {
    let mut sources = Vec::new();
    add(root.to_owned(), Vec::new(), &mut sources);
    sources
}

fn add(path: String, module: Vec<String>, sources: &mut Vec<Source>) {
    let source = Source { file: parse(&path), path, module };
    let folder = match source.path.strip_suffix("/mod.rs").or_else(|| source.path.strip_suffix("/lib.rs")) {
        Some(folder) => folder,
        None => source.path.trim_end_matches(".rs"),
    };
    let below: Vec<_> = source
        .children()
        .filter(|child| child.content.is_none())
        .map(|child| {
            let name = child.ident.to_string();
            let [file, folder] = [format!("{folder}/{name}.rs"), format!("{folder}/{name}/mod.rs")];
            let path = if repository().join(&file).exists() { file } else { folder };
            (path, source.module.iter().cloned().chain([name]).collect())
        })
        .collect();
    sources.push(source);
    for (path, module) in below {
        add(path, module, sources);
    }
}

/// The syntax of the file at this path of the repository.
pub(crate) fn parse(path: &str) -> syn::File {
    syn::parse_file(&read(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

pub(crate) fn read(path: &str) -> String {
    fs::read_to_string(repository().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// Every `.rs` file below a folder of the repository.
pub(crate) fn below(folder: &str) -> Vec<String> {
    files(folder, &|path| path.ends_with(".rs"))
}

/// Every file below a folder of the repository whose path is wanted. What was built or fetched is left out.
pub(crate) fn files(folder: &str, wanted: &dyn Fn(&str) -> bool) -> Vec<String> {
    let entries = fs::read_dir(repository().join(folder)).expect("a folder");
    let mut names: Vec<_> = entries.map(|entry| entry.expect("an entry").file_name()).collect();
    names.sort();
    let mut found = Vec::new();
    for name in names {
        let name = name.to_str().expect("a name in UTF-8");
        let path = format!("{folder}/{name}");
        let is_folder = repository().join(&path).is_dir();
        if is_folder && ![".git", "target", "node_modules"].contains(&name) {
            found.extend(files(&path, wanted));
        } else if !is_folder && wanted(&path) {
            found.push(path);
        }
    }
    found
}

pub(crate) fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// Whether an item is compiled only in tests: `#[cfg(test)]`, `#[cfg(all(test, …))]`.
pub(crate) fn is_test(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|attribute| match &attribute.meta {
        Meta::List(list) if list.path.is_ident("cfg") => {
            let predicate = list.tokens.to_string().replace(' ', "");
            predicate == "test" || predicate.starts_with("all(test,")
        }
        _ => false,
    })
}
