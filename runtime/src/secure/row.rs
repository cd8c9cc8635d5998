//! The rows of the table: who may call a route, as its handler, its guards or a reason say.

use crate::{
    access::{AccessTable, Reason},
    openapi::{
        finishing::Schemes,
        marker::{Marked, marked, of_scheme},
        needs::Needs,
        requirement::requirement,
        sender,
    },
    secure::path::{has_each_name_once, joined, shown},
    tree::{
        node::{Kind, Node},
        parts::Part,
    },
};

/// What says who may call a route.
#[derive(Clone, Copy, Debug)]
pub struct Statement(pub(super) Says);

#[derive(Clone, Copy, Debug)]
pub(super) enum Says {
    /// The tree of its handler.
    Handler(&'static Node),
    Public(&'static str),
    Elsewhere(&'static str),
    /// The guard in front of it.
    Guard,
}

/// Where a row stands.
#[derive(Clone, Debug)]
pub(super) enum Place {
    /// At a path, relative to the router.
    Path(String),
    /// At whatever else has this prefix: the fallback of a router, or of its methods.
    Rest { prefix: String, label: &'static str },
}

/// The label of the handler for paths without a route.
pub(super) const FALLBACK: &str = "(fallback)";

/// The label of the handler for methods that the routes have no handler for.
pub(super) const METHODS: &str = "(method not allowed)";

/// A route, or several of which nothing else is known.
#[derive(Clone, Debug)]
pub struct Row {
    pub(super) method: &'static str,
    pub(super) place: Place,
    /// What of the messages to this path the row is about, such as `tools/call write_note`. Empty if it is about all others.
    pub(super) operation: String,
    /// The trees of the guards in front, outermost first.
    pub(super) guards: Vec<&'static Node>,
    pub(super) says: Says,
    /// The paths that the row stands for beside its own, as far as they are known. `None` if they are not.
    pub(super) inner: Option<Vec<String>>,
}

impl Row {
    /// A row at a path that is known when the routes are added to a router.
    pub(super) fn new(method: &'static str, says: Says) -> Self {
        let (place, inner) = (Place::Path("/".to_owned()), Some(Vec::new()));
        Self { method, place, operation: String::new(), guards: Vec::new(), says, inner }
    }

    /// A row of what the function with this tree decides about: all requests of a method, or some of its messages.
    #[cfg(feature = "mcp")]
    pub(crate) fn decided(method: &'static str, operation: String, tree: &'static Node) -> Self {
        Self { operation, ..Self::new(method, Says::Handler(tree)) }
    }

    /// The same row at `path`.
    #[track_caller]
    pub(super) fn at(self, path: &str) -> Self {
        has_each_name_once(path);
        Self { place: Place::Path(path.to_owned()), ..self }
    }

    /// The same row for whatever has no row of its own.
    pub(super) fn rest(self, label: &'static str) -> Self {
        Self { place: Place::Rest { prefix: String::new(), label }, ..self }
    }

    /// The same row for methods that these routes have no handler for.
    pub(super) fn of_methods(self, routes: &[Self]) -> Self {
        let paths = routes.iter().filter_map(|row| if let Place::Path(path) = &row.place { Some(path) } else { None });
        Self { inner: Some(paths.cloned().collect()), ..self.rest(METHODS) }
    }

    /// The same row in a router that is nested at `prefix`.
    #[track_caller]
    pub(super) fn nested(mut self, prefix: &str) -> Self {
        match &mut self.place {
            Place::Path(path) => {
                *path = joined(prefix, path);
                has_each_name_once(path);
            }
            Place::Rest { prefix: inner, .. } => *inner = joined(prefix, inner),
        }
        match &mut self.inner {
            Some(paths) => {
                for path in paths {
                    *path = joined(prefix, path);
                    has_each_name_once(path);
                }
            }
            None => assert!(
                super::path::parameters(prefix).next().is_none(),
                "the paths of a router of axum that is nested at `{prefix}` are not known, so its parameters may have the same \
                 name; make it of `axum_scopes::secure`"
            ),
        }
        self
    }

    /// Whether it is that of the router's own fallback.
    pub(super) fn is_fallback(&self) -> bool {
        matches!(&self.place, Place::Rest { prefix, label: FALLBACK } if prefix.is_empty())
    }

    /// Whether it is that of a fallback, also of a nested router.
    pub(super) fn is_of_a_fallback(&self) -> bool {
        matches!(self.place, Place::Rest { label: FALLBACK, .. })
    }

    /// The row's path, as the table shows it.
    fn shown_path(&self) -> String {
        match &self.place {
            Place::Path(path) if self.operation.is_empty() => shown(path),
            Place::Path(path) => format!("{} {}", shown(path), self.operation),
            Place::Rest { prefix, label } if prefix.is_empty() => (*label).to_owned(),
            Place::Rest { prefix, label } => format!("{prefix} {label}"),
        }
    }

    /// The paths at which a request meets the scopes of [`trees`](Self::trees).
    pub(super) fn asked_at(&self) -> Vec<&str> {
        match &self.place {
            Place::Rest { label: METHODS, .. } => self.inner.iter().flatten().map(String::as_str).collect(),
            Place::Path(path) | Place::Rest { prefix: path, .. } => vec![path],
        }
    }

    /// All trees whose scopes a request meets here.
    pub(super) fn trees(&self) -> impl Iterator<Item = &'static Node> {
        let handler = if let Says::Handler(tree) = self.says { Some(tree) } else { None };
        self.guards.iter().copied().chain(handler)
    }

    fn add_to(&self, table: &mut AccessTable, schemes: &mut Schemes) {
        let mut needs = Needs::default();
        let (mut unchecked, mut reason) = (Vec::new(), None);
        match self.says {
            Says::Handler(tree) => {
                needs = marked(&requirement(tree));
                unchecked = unchecked_schemes(tree, &self.guards);
                reason = tree.public.map(|why| Reason::Public(why.to_owned()));
            }
            Says::Public(why) => reason = Some(Reason::Public(why.to_owned())),
            Says::Elsewhere(who) => reason = Some(Reason::Elsewhere(who.to_owned())),
            Says::Guard => {}
        }
        for guard in self.guards.iter().rev() {
            needs.behind(marked(&requirement(guard)));
        }
        let show = |scheme: &Marked, name: String| {
            if unchecked.contains(scheme) {
                format!("{name} (unchecked)")
            } else {
                sender::shown(name, &scheme.definition)
            }
        };
        table.add(self.method, self.shown_path(), schemes.shown(&needs, show), reason);
    }
}

/// The table of these rows.
pub(super) fn table(rows: &[Row]) -> AccessTable {
    let (mut table, mut schemes) = (AccessTable::new(), Schemes::default());
    for row in rows {
        row.add_to(&mut table, &mut schemes);
    }
    table.sorted()
}

/// The schemes that a handler takes itself while nothing compares scopes with their credentials. It may verify them, but this library
/// does not know.
fn unchecked_schemes(handler: &'static Node, guards: &[&'static Node]) -> Vec<Marked> {
    if handler.has(Part::SecurityScopes) {
        return Vec::new();
    }
    let mut of_handler = Vec::new();
    own_schemes(handler, &mut of_handler);
    let checked: Vec<_> = guards.iter().flat_map(|guard| requirement(guard).credentials).collect();
    of_handler.retain(|scheme| !checked.iter().any(|known| of_scheme(known.scheme) == *scheme));
    of_handler
}

/// The schemes of the function's own parameters.
fn own_schemes(node: &'static Node, found: &mut Vec<Marked>) {
    for child in node.children {
        match child.node.kind {
            Kind::Scheme(scheme) => found.push(of_scheme(scheme)),
            Kind::Group | Kind::Optional => own_schemes(child.node, found),
            _ => {}
        }
    }
}
