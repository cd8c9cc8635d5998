//! Reads the user's tokens, once. What comes out keeps their spans.

pub(crate) mod arguments;
pub(crate) mod function;
mod named;
pub(crate) mod scopes;
