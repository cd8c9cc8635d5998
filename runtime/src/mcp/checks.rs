//! The compiler's checks of an endpoint: the trees of its functions come in, and whether they may decide goes out.

use crate::{
    scopes::{grammar::same, own::OwnScopes},
    tree::{
        node::{Kind, Node},
        says::{ASKS, says},
    },
};

/// Whether the metadata of each protected resource name an authorization server, as MCP requires (RFC 9728 leaves it open). Those that are
/// known at run time are checked there.
pub(super) const fn leads_to_issuers(tree: &Node) -> bool {
    if let Kind::Scheme(scheme) = tree.kind
        && let Some(resource) = scheme.protected_resource()
    {
        return !resource.authorization_servers.is_empty();
    }
    let mut children = tree.children;
    while let [child, rest @ ..] = children {
        if !leads_to_issuers(child.node) {
            return false;
        }
        children = rest;
    }
    true
}

/// Compiles only if nobody passes without a credential.
pub(super) const fn asks(tree: &Node) {
    assert!(says(tree) == ASKS, "this function lets callers through without a credential");
}

/// Whether whoever passes `tree` has passed the function `base` as well. What is optional may be passed without it.
pub(super) const fn includes(tree: &Node, base: &Node) -> bool {
    if is_same(tree, base) {
        return true;
    }
    if !matches!(tree.kind, Kind::Function | Kind::Group) {
        return false;
    }
    let mut children = tree.children;
    while let [child, rest @ ..] = children {
        if includes(child.node, base) {
            return true;
        }
        children = rest;
    }
    false
}

/// Whether both are trees of one function, as far as a tree tells: constants have no addresses to be compared.
const fn is_same(a: &Node, b: &Node) -> bool {
    if !same(a.name, b.name) || !is_same_list(a.own, b.own) || a.children.len() != b.children.len() {
        return false;
    }
    let mut i = 0;
    while i < a.children.len() {
        if !is_same(a.children[i].node, b.children[i].node) {
            return false;
        }
        i += 1;
    }
    true
}

const fn is_same_list(a: OwnScopes, b: OwnScopes) -> bool {
    let mut i = 0;
    while i < a.len() && i < b.len() {
        if !same(a.name(i, 0), b.name(i, 0)) {
            return false;
        }
        i += 1;
    }
    a.len() == b.len()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        scheme::{OAuth2Scheme, ProtectedResource, SchemeInfo, flows::Flows},
        tree::node::{Child, function, group},
    };

    struct With;
    impl OAuth2Scheme for With {
        const FLOWS: Flows = Flows::password("token");
        const SCOPES: &'static [(&'static str, &'static str)] = &[];
        const PROTECTED_RESOURCE: Option<ProtectedResource> =
            Some(ProtectedResource::new("https://a.example").with_authorization_servers(&["https://id.example"]));
    }

    struct Without;
    impl OAuth2Scheme for Without {
        const FLOWS: Flows = Flows::password("token");
        const SCOPES: &'static [(&'static str, &'static str)] = &[];
        const PROTECTED_RESOURCE: Option<ProtectedResource> = Some(ProtectedResource::new("https://a.example"));
    }

    #[test]
    fn a_resource_without_authorization_servers_is_no_mcp_server() {
        static WITH: SchemeInfo = SchemeInfo::oauth2::<With>();
        static WITHOUT: SchemeInfo = SchemeInfo::oauth2::<Without>();
        static NEITHER: SchemeInfo = SchemeInfo::new("Api");
        let of = |scheme| function("caller", &[], vec![Child::part(Box::leak(Box::new(Node::scheme(scheme))))].leak());
        assert!(leads_to_issuers(&of(&WITH)) && leads_to_issuers(&of(&NEITHER)));
        assert!(!leads_to_issuers(&of(&WITHOUT)));
    }

    static API: SchemeInfo = SchemeInfo::new("Api").with_scopes(&[("read", "Read.")]);
    static TOKEN: Node = Node::scheme(&API);
    static BASE: Node = function("caller", &["read"], &[Child::part(&TOKEN)]);

    #[test]
    fn a_tool_includes_the_endpoint_if_it_depends_on_its_function() {
        static THROUGH: Node = function("writer", &["write"], &[Child::part(&TOKEN), Child::part(&BASE)]);
        static DEEP: Node = function("editor", &[], &[Child::part(&group(&[Child::part(&THROUGH)]))]);
        for tree in [&BASE, &THROUGH, &DEEP] {
            assert!(includes(tree, &BASE), "{tree:?}");
        }
        static OTHER_NAME: Node = function("reader", &["read"], &[Child::part(&TOKEN)]);
        static OTHER_SCOPES: Node = function("caller", &[], &[Child::part(&TOKEN)]);
        static OTHER_SCOPE: Node = function("caller", &["write"], &[Child::part(&TOKEN)]);
        static OTHER_PARAMETERS: Node = function("caller", &["read"], &[]);
        static OPTIONAL: Node = function("maybe", &[], &[Child::part(&Node::optional(&[Child::part(&BASE)]))]);
        for tree in [&TOKEN, &OTHER_NAME, &OTHER_SCOPES, &OTHER_SCOPE, &OTHER_PARAMETERS, &OPTIONAL] {
            assert!(!includes(tree, &BASE), "{tree:?}");
        }
    }
}
