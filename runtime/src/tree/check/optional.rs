//! The message about a dependency that cannot be in an `Option`, or cannot be one of several of which a function requires one.

use crate::{
    scheme::{info::SchemeInfo, mistake::Message, place::Place},
    scopes::grammar::same,
    tree::{
        node::{Kind, Node},
        parts::Part,
    },
};

/// The mistake in parameter `i` of `function`, if it is a dependency in an `Option`, and if there is one.
pub(super) const fn mistake(function: &Node, i: usize) -> Option<Message> {
    let parameter = function.children[i].node;
    let Some(dependency) = parameter.dependency() else { return None };
    if !parameter.is_optional() || dependency.has(Part::Open) {
        return None;
    }
    let message = Message::new().put("`").put(dependency.name);
    if function.credential_required && !dependency.requires_credential() {
        let message = message.put("` accepts requests without a credential, so it is none of those of which `");
        return Some(message.put(function.name).put(
            "` requires one; let it take a credential that is not in an `Option`, or give it `credential_required`",
        ));
    }
    if dependency.first_scheme().is_none() {
        return Some(message.put("` reads no credential, so it is never `None`; write `Depends<…>` without `Option`"));
    }
    let mut before = 0;
    while before < i {
        let other = function.children[before].node;
        if let (true, Some(other)) = (other.is_optional(), other.dependency())
            && let Some(schemes) = shared_place(other, dependency, function.credential_required)
        {
            return Some(in_one_place(other, dependency, schemes));
        }
        before += 1;
    }
    None
}

/// All credentials that are presented have to be good. So two dependencies that read two schemes in one place refuse each
/// other's credentials. If one of both is required, and they read the same scheme, then both are required.
const fn in_one_place(first: &Node, second: &Node, (one, two): (&SchemeInfo, &SchemeInfo)) -> Message {
    let message = Message::new().put("`").put(first.name).put("` and `").put(second.name);
    if same(one.name(), two.name()) {
        return message
            .put("` both read `")
            .put(one.name())
            .put("`, so whoever presents it needs both; take one of them, and depend on the other by `Depends<…>`");
    }
    message.put("` read `").put(one.name()).put("` and `").put(two.name()).put(
        "` from the same place of a request, so each refuses the credentials of the other; write one dependency that accepts both",
    )
}

/// A scheme of each tree whose credentials are in the same place. The same scheme in both counts only if `even_one`.
const fn shared_place<'a>(a: &'a Node, b: &'a Node, even_one: bool) -> Option<(&'a SchemeInfo, &'a SchemeInfo)> {
    if let Kind::Scheme(scheme) = a.kind
        && let Some(place) = scheme.place()
        && let Some(other) = scheme_at(b, place)
        && (even_one || !same(scheme.name(), other.name()))
    {
        return Some((scheme, other));
    }
    let mut i = 0;
    while i < a.children.len() {
        if let Some(found) = shared_place(a.children[i].node, b, even_one) {
            return Some(found);
        }
        i += 1;
    }
    None
}

/// A scheme below `node` whose credential is in this place.
const fn scheme_at(node: &Node, place: Place) -> Option<&SchemeInfo> {
    if let Kind::Scheme(scheme) = node.kind
        && let Some(other) = scheme.place()
        && place.is(other)
    {
        return Some(scheme);
    }
    let mut i = 0;
    while i < node.children.len() {
        if let Some(found) = scheme_at(node.children[i].node, place) {
            return Some(found);
        }
        i += 1;
    }
    None
}
