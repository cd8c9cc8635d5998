//! Lists of scopes (RFC 6749 §3.3): [`Scopes`] holds one, and [`Grants`] is the trait of everything that grants scopes.

pub(crate) mod clause;
pub(crate) mod closed;
pub(crate) mod gathered;
pub(crate) mod grammar;
pub(crate) mod grants;
pub(crate) mod implied;
pub(crate) mod limits;
pub(crate) mod merge;
pub(crate) mod merged;
#[cfg(test)]
pub(crate) mod model_tests;
pub(crate) mod names;
pub(crate) mod own;
pub(crate) mod required;
pub(crate) mod set;
pub(crate) mod template;
pub(crate) mod text;

pub use grants::Grants;
pub use names::{ScopeNames, UnknownScope};
pub use set::Scopes;

// Only here are the entries of a list known. No other module compares lists itself.
