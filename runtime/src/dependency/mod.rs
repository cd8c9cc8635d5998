//! Functions that other functions take as parameters: how they are placed on a path, extracted and called.

pub(crate) mod cache;
pub(crate) mod depends;
pub(crate) mod extract;
pub(crate) mod function;
pub(crate) mod judge;
pub(crate) mod mounted;
pub(crate) mod path;
pub(crate) mod requirement;
pub(crate) mod security_scopes;
