//! Functions that other functions take as parameters: how they are placed on a path, extracted, checked and shown.

pub(crate) mod cache;
pub(crate) mod check;
pub(crate) mod depends;
pub(crate) mod describe;
pub(crate) mod extract;
pub(crate) mod function;
pub(crate) mod judge;
pub(crate) mod mounted;
pub(crate) mod node;
pub(crate) mod path;
pub(crate) mod requirement;
pub(crate) mod security_scopes;
pub(crate) mod tree;
