//! The message about a scope that no scheme declares.

use crate::{
    scheme::mistake::Message,
    scopes::grammar::distance,
    tree::node::{Kind, Node},
};

/// Names the enforcer, its schemes, and the closest name that one of them declares.
pub(super) const fn undeclared(enforcer: &Node, scope: &str) -> Message {
    let message = Message::new().put("scope `").put(scope).put("` is not declared by ");
    let message = put_schemes(message, enforcer, 0).0;
    let message = message.put(", against which `").put(enforcer.name).put("` checks it; ");
    match closest(enforcer, scope, (None, 2 + scope.len() / 4)).0 {
        Some(name) => message.put("did you mean `").put(name).put("`?"),
        None => match put_declared(message.put("declared are "), enforcer, 0) {
            (_, 0) => message.put("add it to `SCOPES` there"),
            (message, _) => message,
        },
    }
}

/// The declared name with the fewest edits, fewer than `found.1`.
const fn closest<'a>(node: &'a Node, scope: &str, mut found: (Option<&'a str>, usize)) -> (Option<&'a str>, usize) {
    if let Kind::Scheme(info) = &node.kind {
        let list = info.scopes();
        let mut i = 0;
        while i < list.len() {
            let edits = distance(list[i].0, scope, found.1);
            if edits < found.1 {
                found = (Some(list[i].0), edits);
            }
            i += 1;
        }
    }
    let mut i = 0;
    while i < node.children.len() {
        found = closest(node.children[i].node, scope, found);
        i += 1;
    }
    found
}

/// Appends the names of all schemes below. The message already shows `shown` names.
const fn put_schemes(mut message: Message, node: &Node, mut shown: usize) -> (Message, usize) {
    if let Kind::Scheme(info) = &node.kind {
        (message, shown) = (put_name(message, info.name(), shown), shown + 1);
    }
    let mut i = 0;
    while i < node.children.len() {
        (message, shown) = put_schemes(message, node.children[i].node, shown);
        i += 1;
    }
    (message, shown)
}

/// Appends the scopes that the schemes below declare.
const fn put_declared(mut message: Message, node: &Node, mut shown: usize) -> (Message, usize) {
    if let Kind::Scheme(info) = &node.kind {
        let list = info.scopes();
        let mut i = 0;
        while i < list.len() {
            (message, shown) = (put_name(message, list[i].0, shown), shown + 1);
            i += 1;
        }
    }
    let mut i = 0;
    while i < node.children.len() {
        (message, shown) = put_declared(message, node.children[i].node, shown);
        i += 1;
    }
    (message, shown)
}

const fn put_name(message: Message, name: &str, shown: usize) -> Message {
    match shown {
        0 => message.put("`").put(name).put("`"),
        1..8 => message.put(", `").put(name).put("`"),
        8 => message.put(", …"),
        _ => message,
    }
}
