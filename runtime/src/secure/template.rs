//! The check of a route's path against the scopes that are filled from it.

use crate::{
    secure::path::parameters,
    tree::{node::Node, parameters::path_parameters},
};

/// Checks that the path has each parameter that a scope of the trees takes from it.
///
/// # Panics
///
/// If it lacks one.
#[track_caller]
pub(super) fn parameters_are_there(path: &str, trees: impl Iterator<Item = &'static Node>) {
    for tree in trees {
        for name in path_parameters(tree) {
            assert!(
                parameters(path).any(|known| known == name),
                "`{}` requires a scope with `{{{name}}}`, and the path `{path}` has no such parameter; add it to the path, or give \
                 its value by `SecurityScopes::with` in a function with `values(\"{name}\")`",
                tree.name,
            );
        }
    }
}
