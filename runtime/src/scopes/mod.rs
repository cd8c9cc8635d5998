//! Scopes: the grammar of their names, the scopes that a place requires, and the scopes that somebody is granted.
//!
//! Only this room knows the entries of a list. Other rooms do not compare lists themselves.

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
