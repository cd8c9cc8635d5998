//! The check of a route's path against the scopes that are filled from it.

use crate::tree::node::Node;

/// Checks that the path has each parameter that a scope of the trees takes from it. A fallback has no path.
///
/// # Panics
///
/// If it lacks one.
#[track_caller]
pub(super) fn parameters_are_there(path: Option<&str>, trees: impl Iterator<Item = &'static Node>) {
    // No scope takes anything from the path yet.
    let _ = (path, trees);
}
