//! The nodes of the dependency tree. Every check, document and listing reads this constant.

use crate::{
    scheme::SchemeInfo,
    scopes::{
        implied::Implies,
        own::{OwnScopes, Written, WrittenClauses},
    },
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
    /// Whether `any(…)` occurs in this tree.
    pub(crate) has_alternatives: bool,
    /// The `IMPLIES` of the first scheme with scopes. Those below another function that takes `SecurityScopes` come last,
    /// because only that function compares scopes with theirs.
    implies: Inclusions,
}

/// The `IMPLIES` of the schemes below.
#[derive(Clone, Copy, Debug)]
struct Inclusions {
    compared_here: Option<Implies>,
    anywhere: Option<Implies>,
}

impl Inclusions {
    const NONE: Self = Self { compared_here: None, anywhere: None };

    const fn of_children(children: &[Child]) -> Self {
        let mut found = Self::NONE;
        let mut i = 0;
        while i < children.len() {
            let node = children[i].node;
            if found.compared_here.is_none() && !node.takes_scopes() {
                found.compared_here = node.implies.compared_here;
            }
            if found.anywhere.is_none() {
                found.anywhere = node.implies.anywhere;
            }
            i += 1;
        }
        found
    }
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

/// A part of a tree that a check or a call looks for.
#[derive(Clone, Copy)]
pub(crate) enum Part {
    Function,
    SecurityScopes,
    /// A parameter by which a function sees the required scopes.
    VisibleScopes,
    /// A function with `cache`.
    Cache,
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
        let implies = if info.scopes().is_empty() { None } else { Some(info.implies()) };
        let implies = Inclusions { compared_here: implies, anywhere: implies };
        Self { name: info.name(), implies, ..Self::leaf(Kind::Scheme(info)) }
    }

    /// An extractor that has nothing to do with scopes.
    pub(crate) const OTHER: Self = Self::leaf(Kind::Other);

    pub(crate) const fn leaf(kind: Kind) -> Self {
        Self {
            name: "",
            own: OwnScopes::NONE,
            kind,
            children: &[],
            cached: false,
            values: &[],
            generic: false,
            credential_required: false,
            public: None,
            has_alternatives: false,
            implies: Inclusions::NONE,
        }
    }

    /// `Option` or `Result` of its one child.
    pub(crate) const fn optional(child: &'static [Child]) -> Self {
        Self::leaf(Kind::Optional).with_children(child)
    }

    const fn with_children(mut self, children: &'static [Child]) -> Self {
        let mut i = 0;
        while i < children.len() {
            self.has_alternatives |= children[i].scopes.has_alternatives() || children[i].node.has_alternatives;
            i += 1;
        }
        (self.children, self.implies) = (children, Inclusions::of_children(children));
        self
    }

    /// The same function with these scopes.
    #[must_use]
    pub const fn any(mut self, own: WrittenClauses) -> Self {
        (self.own, self.has_alternatives) = (OwnScopes::of_clauses(own), true);
        self
    }

    /// The scopes that include others, where this function compares them.
    pub(crate) const fn implies(&self) -> Implies {
        match (self.implies.compared_here, self.implies.anywhere) {
            (Some(implies), _) | (None, Some(implies)) => implies,
            (None, None) => &[],
        }
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

    /// Whether this is an `Option` or a `Result` of an extractor or a dependency.
    pub(crate) const fn is_optional(&self) -> bool {
        matches!(self.kind, Kind::Optional)
    }

    /// The function of a parameter that is a dependency, or one in an `Option`.
    pub(crate) const fn dependency(&self) -> Option<&Self> {
        match (self.kind, self.children) {
            (Kind::Function, _) => Some(self),
            (Kind::Optional, [Child { node, .. }]) if matches!(node.kind, Kind::Function) => Some(node),
            _ => None,
        }
    }

    /// Whether `parameter` is one of the credentials of which this function requires one.
    pub(crate) const fn chooses(&self, parameter: &Self) -> bool {
        let is_credential = parameter.first_scheme().is_some() || parameter.has(Part::Open);
        self.credential_required && parameter.is_optional() && is_credential
    }

    /// The name of an optional dependency, or that of an optional scheme.
    pub(crate) const fn dependency_or_scheme(&self) -> &str {
        match (self.dependency(), self.first_scheme()) {
            (Some(dependency), _) => dependency.name,
            (None, Some(scheme)) => scheme.name(),
            (None, None) => "",
        }
    }

    /// Whether a credential has to be in the request, whatever scopes are required. An unknown part requires none.
    pub(crate) const fn requires_credential(&self) -> bool {
        match self.kind {
            Kind::Scheme(_) => return true,
            Kind::Optional => return false,
            _ if self.credential_required => return true,
            _ => {}
        }
        let mut i = 0;
        while i < self.children.len() {
            if self.children[i].node.requires_credential() {
                return true;
            }
            i += 1;
        }
        false
    }

    /// Whether this function takes `SecurityScopes` itself.
    pub(crate) const fn takes_scopes(&self) -> bool {
        let mut i = 0;
        while i < self.children.len() {
            if let Kind::SecurityScopes = self.children[i].node.kind {
                return true;
            }
            i += 1;
        }
        false
    }

    /// Whether this node or one below it is this part, or has it.
    pub(crate) const fn has(&self, part: Part) -> bool {
        let mut has = match part {
            Part::Function => matches!(self.kind, Kind::Function),
            Part::SecurityScopes => matches!(self.kind, Kind::SecurityScopes),
            Part::VisibleScopes => matches!(self.kind, Kind::SecurityScopes | Kind::RequiredScopes | Kind::Open),
            Part::Cache => self.cached,
            Part::Open => matches!(self.kind, Kind::Open),
        };
        let mut i = 0;
        while i < self.children.len() && !has {
            has = self.children[i].node.has(part);
            i += 1;
        }
        has
    }

    /// Whether this function takes a verifier that may be unavailable.
    pub(crate) fn takes_verifier(&self) -> bool {
        self.children.iter().any(|child| matches!(child.node.kind, Kind::Verifier))
    }

    /// The first scheme below, in the order of the parameters.
    pub(crate) const fn first_scheme(&self) -> Option<&'static SchemeInfo> {
        if let Kind::Scheme(info) = self.kind {
            return Some(info);
        }
        let mut i = 0;
        while i < self.children.len() {
            if let Some(info) = self.children[i].node.first_scheme() {
                return Some(info);
            }
            i += 1;
        }
        None
    }
}

/// A function and its parameters, as expansions write it.
#[must_use]
pub const fn function(name: &'static str, own: Written, children: &'static [Child]) -> Node {
    Node { name, own: OwnScopes::new(own), ..Node::leaf(Kind::Function).with_children(children) }
}

/// A tuple, as expansions write it.
#[must_use]
pub const fn group(children: &'static [Child]) -> Node {
    Node::leaf(Kind::Group).with_children(children)
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
