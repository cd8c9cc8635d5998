//! The dependency tree as a constant: its nodes, the compiler's checks of it, and its printed form.

pub(crate) mod check;
pub(crate) mod describe;
pub(crate) mod node;
pub(crate) mod requirement;
pub(crate) mod secured;
pub(crate) mod shown;

pub use describe::Describe;
pub use node::Node;
pub use secured::Secured;
pub use shown::Tree;
