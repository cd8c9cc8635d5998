//! The vocabulary: what a scope name is, how lists of them merge, and who holds which.

pub(crate) mod grammar;
pub(crate) mod grants;
pub(crate) mod merge;
#[cfg(test)]
mod model_tests;
pub(crate) mod set;

/// Scope names that are fixed at compile time.
pub(crate) type ScopeList = &'static [&'static str];
