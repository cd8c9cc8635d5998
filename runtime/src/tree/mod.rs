//! The dependency tree as a constant: what a function and an extractor are in it, and what the compiler checks of it.

pub(crate) mod check;
pub(crate) mod describe;
pub(crate) mod node;
pub(crate) mod requirement;
pub(crate) mod secured;
pub(crate) mod shown;

pub use describe::Describe;
pub use node::Node;
pub use shown::Tree;
