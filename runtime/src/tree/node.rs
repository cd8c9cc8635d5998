//! The nodes of the dependency tree. Every check, document and listing reads this constant.

use crate::{
    scheme::SchemeInfo,
    scopes::own::{OwnScopes, Written, WrittenClauses},
    tree::summary::Summary,
};

/// A function or an extractor in the dependency tree.
///
/// `#[security]` writes the node of a function. [`Describe`](crate::tree::Describe) has the node of an extractor.
#[derive(Debug)]
pub struct Node {
    pub(crate) name: &'static str,
    pub(crate) own: OwnScopes,
    pub(crate) kind: Kind,
    pub(crate) children: &'static [Child],
    /// Whether a function's output is kept for the rest of its tree.
    pub(crate) cached: bool,
    /// The parameters of required scopes for which a function has values itself.
    pub(crate) values: &'static [&'static str],
    /// Whether a function has type parameters.
    pub(crate) generic: bool,
    /// Whether a function runs only if one of its optional credentials is present.
    pub(crate) credential_required: bool,
    /// Why everybody may call a handler.
    pub(crate) public: Option<&'static str>,
    /// What its parameters have.
    pub(crate) within: Summary,
}

/// One parameter of a function, as expansions write it.
#[derive(Debug)]
pub struct Child {
    /// The scopes that the function requires of this parameter alone.
    pub(crate) scopes: OwnScopes,
    pub(crate) node: &'static Node,
}

/// The kind of a [`Node`].
#[derive(Clone, Copy, Debug)]
pub(crate) enum Kind {
    /// A function with `#[security]`.
    Function,
    /// Reads a credential from the request.
    Scheme(&'static SchemeInfo),
    /// Lends the required scopes to the function that enforces them.
    SecurityScopes,
    /// Shows the required scopes.
    RequiredScopes,
    /// Consumes the request.
    Body,
    /// Several parameters in one: a tuple.
    Group,
    /// An `Option` or a `Result` of one extractor.
    Optional,
    /// Verifies tokens. It may be unavailable.
    #[cfg_attr(not(feature = "jwt"), allow(dead_code, reason = "verifiers are behind these features"))]
    Verifier,
    /// Any other extractor.
    Other,
    /// Unknown: a type parameter, or a function whose attribute has a mistake. No check concludes anything from it.
    Open,
}

impl Node {
    /// The node of an extractor that reads the credential of this scheme, for [`Describe`](crate::tree::Describe).
    ///
    /// ```
    /// use axum_scopes::{scheme::SchemeInfo, tree::{Describe, Node}};
    ///
    /// struct SessionCookie(String);
    ///
    /// impl Describe for SessionCookie {
    ///     const NODE: &'static Node = &Node::scheme(&SchemeInfo::new("SessionCookie"));
    /// }
    /// ```
    #[must_use]
    pub const fn scheme(info: &'static SchemeInfo) -> Self {
        node(info.name(), OwnScopes::NONE, Kind::Scheme(info), &[], Summary::of_scheme(info))
    }

    /// An extractor that has nothing to do with scopes.
    pub(crate) const OTHER: Self = Self::leaf(Kind::Other);

    pub(crate) const fn leaf(kind: Kind) -> Self {
        node("", OwnScopes::NONE, kind, &[], Summary::NOTHING)
    }

    /// `Option` or `Result` of its one child.
    pub(crate) const fn optional(child: &'static [Child]) -> Self {
        node("", OwnScopes::NONE, Kind::Optional, child, Summary::of_children(child))
    }

    /// The same function with these scopes.
    #[must_use]
    pub const fn any(mut self, own: WrittenClauses) -> Self {
        self.own = OwnScopes::of_clauses(own);
        self
    }

    /// The same function with `#[security(cache)]`.
    #[must_use]
    pub const fn cached(mut self) -> Self {
        self.cached = true;
        self
    }

    /// The same function with type parameters.
    #[must_use]
    pub const fn generic(mut self) -> Self {
        self.generic = true;
        self
    }

    /// The same function with `#[security(credential_required)]`.
    #[must_use]
    pub const fn credential_required(mut self) -> Self {
        self.credential_required = true;
        self
    }

    /// The same function with `#[security(public = "…")]`.
    #[must_use]
    pub const fn public(mut self, reason: &'static str) -> Self {
        self.public = Some(reason);
        self
    }
}

// The compiler evaluates this for each function, so it copies no node.
const fn node(name: &'static str, own: OwnScopes, kind: Kind, children: &'static [Child], within: Summary) -> Node {
    Node {
        name,
        own,
        kind,
        children,
        cached: false,
        values: &[],
        generic: false,
        credential_required: false,
        public: None,
        within,
    }
}

/// A function and its parameters, as expansions write it.
#[must_use]
pub const fn function(name: &'static str, own: Written, children: &'static [Child]) -> Node {
    node(name, OwnScopes::new(own), Kind::Function, children, Summary::of_children(children))
}

/// A tuple, as expansions write it.
#[must_use]
pub const fn group(children: &'static [Child]) -> Node {
    node("", OwnScopes::NONE, Kind::Group, children, Summary::of_children(children))
}

/// A dependency in an `Option`, as expansions write it.
#[must_use]
pub const fn optional(dependency: &'static [Child]) -> Node {
    Node::optional(dependency)
}

/// A function whose attribute has a mistake, which the compiler has reported.
pub const UNKNOWN: &Node = &Node::leaf(Kind::Open);

impl Child {
    /// A parameter.
    #[must_use]
    pub const fn new(scopes: Written, node: &'static Node) -> Self {
        Self { scopes: OwnScopes::new(scopes), node }
    }

    /// The same parameter with these scopes.
    #[must_use]
    pub const fn any(mut self, scopes: WrittenClauses) -> Self {
        self.scopes = OwnScopes::of_clauses(scopes);
        self
    }

    /// A part of a parameter, such as an element of a tuple. It has no scopes of its own.
    pub(crate) const fn part(node: &'static Node) -> Self {
        Self { scopes: OwnScopes::NONE, node }
    }

    /// A parameter whose type depends on a type parameter that is not known yet.
    pub const OPEN: Self = Self::part(UNKNOWN);
}
