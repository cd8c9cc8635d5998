//! Finds the modules of its own crate that a file names, in `use` items and in its code.

use std::collections::BTreeSet;

use proc_macro2::{TokenStream, TokenTree};
use syn::{
    Attribute, Expr, ImplItem, Item, ItemMod, ItemUse, Macro, Stmt, UseTree, VisRestricted,
    visit::{self, Visit},
};

use crate::sources::{Source, is_test};

/// The paths that a file names outside of test modules, such as `["scheme", "info", "SchemeInfo"]`. Each begins at the root
/// of the crate, and has the line that names it.
pub(crate) fn named(source: &Source) -> BTreeSet<(Vec<String>, usize)> {
    let children = source.children().map(|child| child.ident.to_string()).collect();
    let mut reader = Reader { module: source.module.clone(), children, named: BTreeSet::new() };
    reader.visit_file(&source.file);
    reader.named
}

/// The macros that a file exports. Their path is that of the crate's root.
pub(crate) fn exported_macros(source: &Source) -> impl Iterator<Item = String> {
    source.file.items.iter().filter_map(|item| match item {
        Item::Macro(item) if has(&item.attrs, "macro_export") => item.ident.as_ref().map(ToString::to_string),
        _ => None,
    })
}

struct Reader {
    /// The place of the reader: the module of the file, and the inline modules around.
    module: Vec<String>,
    /// The modules that are declared in this place.
    children: BTreeSet<String>,
    named: BTreeSet<(Vec<String>, usize)>,
}

impl Reader {
    /// Notes a path that leads to something of this crate.
    fn note(&mut self, path: &[String], line: usize) {
        let Some((first, rest)) = path.split_first() else { return };
        let path = match first.as_str() {
            "crate" => rest.to_vec(),
            "self" => self.module.iter().chain(rest).cloned().collect(),
            "super" => {
                let ups = path.iter().take_while(|name| *name == "super").count();
                let base = &self.module[..self.module.len().saturating_sub(ups)];
                base.iter().chain(&path[ups..]).cloned().collect()
            }
            child if self.children.contains(child) => self.module.iter().chain(path).cloned().collect(),
            _ => return,
        };
        // A path of only `crate` is part of `pub(crate)`, which uses nothing.
        if !path.is_empty() {
            self.named.insert((path, line));
        }
    }

    fn tree(&mut self, tree: &UseTree, before: &mut Vec<String>) {
        match tree {
            UseTree::Path(path) => {
                before.push(path.ident.to_string());
                self.tree(&path.tree, before);
                before.pop();
            }
            UseTree::Group(group) => group.items.iter().for_each(|tree| self.tree(tree, before)),
            UseTree::Name(name) => self.leaf(name.ident.to_string(), name.ident.span().start().line, before),
            UseTree::Rename(rename) => self.leaf(rename.ident.to_string(), rename.ident.span().start().line, before),
            UseTree::Glob(glob) => {
                let line = glob.star_token.spans[0].start().line;
                self.note(&before.clone(), line);
            }
        }
    }

    fn leaf(&mut self, name: String, line: usize, before: &[String]) {
        let name = (name != "self").then_some(name);
        let path: Vec<_> = before.iter().cloned().chain(name).collect();
        self.note(&path, line);
    }

    /// The input of a macro is not parsed, so this looks for `crate::…`, `$crate::…` and `super::…` among its tokens.
    fn tokens(&mut self, tokens: TokenStream) {
        let mut path = Vec::new();
        let mut line = 0;
        let mut tokens = tokens.into_iter().peekable();
        while let Some(token) = tokens.next() {
            match &token {
                TokenTree::Ident(name) if !path.is_empty() || name == "crate" || name == "super" => {
                    path.push(name.to_string());
                    line = name.span().start().line;
                }
                TokenTree::Group(group) => self.tokens(group.stream()),
                _ => {}
            }
            let goes_on = is_punct(&token, ':') || tokens.peek().is_some_and(|next| is_punct(next, ':'));
            if !goes_on {
                self.note(&path, line);
                path.clear();
            }
        }
    }
}

fn is_punct(token: &TokenTree, char: char) -> bool {
    matches!(token, TokenTree::Punct(punct) if punct.as_char() == char)
}

impl<'ast> Visit<'ast> for Reader {
    fn visit_item(&mut self, item: &'ast Item) {
        // An exported macro writes code for services, which uses public names and those of `private`.
        let is_exported = matches!(item, Item::Macro(item) if has(&item.attrs, "macro_export"));
        if !is_test(attributes(item)) && !is_exported {
            visit::visit_item(self, item);
        }
    }

    fn visit_impl_item(&mut self, item: &'ast ImplItem) {
        let is_test = matches!(item, ImplItem::Fn(function) if is_test(&function.attrs));
        if !is_test {
            visit::visit_impl_item(self, item);
        }
    }

    fn visit_stmt(&mut self, statement: &'ast Stmt) {
        let is_test = matches!(statement, Stmt::Expr(Expr::Call(call), _) if is_test(&call.attrs));
        if !is_test {
            visit::visit_stmt(self, statement);
        }
    }

    fn visit_item_mod(&mut self, module: &'ast ItemMod) {
        let Some((_, items)) = &module.content else { return };
        let children = items.iter().filter_map(|item| match item {
            Item::Mod(module) => Some(module.ident.to_string()),
            _ => None,
        });
        let outside = std::mem::replace(&mut self.children, children.collect());
        self.module.push(module.ident.to_string());
        visit::visit_item_mod(self, module);
        self.module.pop();
        self.children = outside;
    }

    fn visit_item_use(&mut self, item: &'ast ItemUse) {
        // `::axum::…` is always another crate.
        if item.leading_colon.is_none() {
            self.tree(&item.tree, &mut Vec::new());
        }
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        // A single name is a local or an imported item.
        if path.leading_colon.is_none() && path.segments.len() > 1 {
            let names: Vec<_> = path.segments.iter().map(|segment| segment.ident.to_string()).collect();
            self.note(&names, path.segments[0].ident.span().start().line);
        }
        visit::visit_path(self, path);
    }

    fn visit_macro(&mut self, mac: &'ast Macro) {
        visit::visit_macro(self, mac);
        self.tokens(mac.tokens.clone());
    }

    // Documentation may link to any item.
    fn visit_attribute(&mut self, _: &'ast Attribute) {}

    // `pub(in crate::token)` only restricts the visibility, and uses nothing.
    fn visit_vis_restricted(&mut self, _: &'ast VisRestricted) {}
}

fn has(attributes: &[Attribute], name: &str) -> bool {
    attributes.iter().any(|attribute| attribute.path().is_ident(name))
}

fn attributes(item: &Item) -> &[Attribute] {
    match item {
        Item::Const(item) => &item.attrs,
        Item::Fn(item) => &item.attrs,
        Item::Impl(item) => &item.attrs,
        Item::Macro(item) => &item.attrs,
        Item::Mod(item) => &item.attrs,
        Item::Static(item) => &item.attrs,
        Item::Struct(item) => &item.attrs,
        Item::Use(item) => &item.attrs,
        _ => &[],
    }
}
