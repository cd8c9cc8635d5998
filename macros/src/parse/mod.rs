//! The user's tokens, read once. What comes out still has its spans.

pub(crate) mod arguments;
pub(crate) mod function;
