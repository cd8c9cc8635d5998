//! Functions and files are short enough to be read at once.

use syn::{
    Block, ImplItemFn, ItemFn, Signature, TraitItemFn,
    visit::{self, Visit},
};

use crate::sources;

const LONGEST_FUNCTION: usize = 60;
const LONGEST_FILE: usize = 300;

/// The folders for which the rule holds.
const FOLDERS: &[&str] = &["runtime/src", "runtime/sql", "macros/src", "examples", "tests"];

/// Files that nobody reads on their own: programs with mistakes.
const OTHERS: &[&str] = &["tests/ui/", "tests/openapi/ui/"];

/// Longer files, and why.
const LONG_FILES: &[(&str, &str)] = &[("tests/benches/login.rs", "to be cut")];

/// Longer functions, and why.
const LONG_FUNCTIONS: &[(&str, &str)] = &[];

#[test]
fn files_are_short() {
    let mut long: Vec<_> = files().map(|path| (sources::read(&path).lines().count(), path)).collect();
    long.retain(|(lines, _)| *lines > LONGEST_FILE);
    allow(long, LONG_FILES, "LONG_FILES");
}

#[test]
fn functions_are_short() {
    let mut long = Vec::new();
    // No function is longer than its file.
    for path in files().filter(|path| sources::read(path).lines().count() > LONGEST_FUNCTION) {
        let mut reader = Reader { path: path.clone(), long: Vec::new() };
        reader.visit_file(&sources::parse(&path));
        long.extend(reader.long);
    }
    allow(long, LONG_FUNCTIONS, "LONG_FUNCTIONS");
}

fn files() -> impl Iterator<Item = String> {
    let all = FOLDERS.iter().flat_map(|folder| sources::below(folder));
    all.filter(|path| !OTHERS.iter().any(|other| path.starts_with(other)))
}

fn allow(mut long: Vec<(usize, String)>, allowed: &[(&str, &str)], list: &str) {
    for (name, _) in allowed {
        let at = long.iter().position(|(_, long)| long == name);
        let at = at.unwrap_or_else(|| panic!("`{name}` is short; remove it from {list}"));
        long.swap_remove(at);
    }
    let lines: String = long.iter().map(|(lines, name)| format!("{name}: {lines} lines\n")).collect();
    assert!(long.is_empty(), "these are too long. Cut them, or list them in {list} with the reason:\n{lines}");
}

struct Reader {
    path: String,
    long: Vec<(usize, String)>,
}

impl Reader {
    /// From the first line of the signature to the last of the body.
    fn function(&mut self, signature: &Signature, body: &Block) {
        let first = signature.fn_token.span.start().line;
        let last = body.brace_token.span.close().end().line;
        let lines = last - first + 1;
        if lines > LONGEST_FUNCTION {
            self.long.push((lines, format!("{}: {}", self.path, signature.ident)));
        }
    }
}

impl<'ast> Visit<'ast> for Reader {
    fn visit_item_fn(&mut self, function: &'ast ItemFn) {
        self.function(&function.sig, &function.block);
        visit::visit_item_fn(self, function);
    }

    fn visit_impl_item_fn(&mut self, function: &'ast ImplItemFn) {
        self.function(&function.sig, &function.block);
        visit::visit_impl_item_fn(self, function);
    }

    fn visit_trait_item_fn(&mut self, function: &'ast TraitItemFn) {
        if let Some(body) = &function.default {
            self.function(&function.sig, body);
        }
        visit::visit_trait_item_fn(self, function);
    }
}
