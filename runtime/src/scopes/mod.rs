//! The vocabulary: what a scope name is, which scopes a place requires, and who holds which.
//!
//! What one entry of a list is, only this room knows: elsewhere nobody goes through a list or compares two.

pub(crate) mod grammar;
pub(crate) mod grants;
pub(crate) mod merge;
#[cfg(test)]
mod model_tests;
pub(crate) mod own;
pub(crate) mod required;
pub(crate) mod set;

pub use grants::Grants;
pub use set::Scopes;
