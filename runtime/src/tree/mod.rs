//! What a function depends on: [`Tree`] prints it with the required scopes, and [`Describe`] tells it of an extractor of
//! your own, as a [`Node`].
//!
//! The tree of a function is a constant, which the compiler checks.

mod body;
pub(crate) mod check;
pub(crate) mod describe;
mod known;
pub(crate) mod node;
pub(crate) mod parameters;
pub(crate) mod parts;
pub(crate) mod requirement;
pub(crate) mod says;
pub(crate) mod secured;
pub(crate) mod shown;
pub(crate) mod summary;

pub use describe::Describe;
pub use node::Node;
pub use secured::Secured;
pub use shown::Tree;
