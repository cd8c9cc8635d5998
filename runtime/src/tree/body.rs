//! Whether the request's body is read: a node comes in, and its parameters are looked through.

use crate::tree::node::{Kind, Node};

impl Node {
    /// Whether this extractor, or one in its tuple, consumes the request.
    pub(crate) const fn is_body(&self) -> bool {
        match self.kind {
            Kind::Body => true,
            Kind::Group | Kind::Optional => self.takes_body(),
            _ => false,
        }
    }

    /// Whether one of the parameters consumes the request.
    pub(crate) const fn takes_body(&self) -> bool {
        let mut i = 0;
        while i < self.children.len() {
            if self.children[i].node.is_body() {
                return true;
            }
            i += 1;
        }
        false
    }
}
