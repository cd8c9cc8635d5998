//! The dependency tree, printed.

use std::fmt;

use crate::{
    scopes::gathered::Gathered,
    tree::{
        node::{Child, Kind, Node},
        secured::Secured,
    },
};

/// The dependency tree of a function, for people. `Display` prints each function with the scopes that are required of it, and
/// with `credential_required` if it has this argument.
///
/// ```
/// use axum_scopes::{AuthError, Depends, Flows, OAuth2Scheme, Tree, security, verified};
///
/// struct Api;
/// impl OAuth2Scheme for Api {
///     const FLOWS: Flows = Flows::password("token");
///     const SCOPES: &[(&str, &str)] = &[("items", "Read items.")];
/// }
///
/// #[security]
/// async fn get_current_user(Depends(claims): Depends<verified<Api>>) -> Result<String, AuthError> {
///     Ok(claims.sub.into())
/// }
///
/// #[security(scopes = ["items"])]
/// async fn read_items(Depends(user): Depends<get_current_user>) -> String {
///     user
/// }
///
/// assert_eq!(
///     Tree::of::<read_items>().to_string(),
///     "\
/// read_items [items]
/// └─ get_current_user [items]
///    └─ verified [items]
///       ├─ SecurityScopes
///       └─ OAuth2PasswordBearer
/// "
/// );
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Tree(pub(crate) &'static Node);

impl Tree {
    /// The tree of a function with `#[security]`.
    #[must_use]
    pub fn of<F: Secured>() -> Self {
        Self(F::DEPENDENCY_TREE)
    }
}

impl fmt::Display for Tree {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let required = Gathered::default().and(self.0.own);
        line(f, self.0, &required)?;
        branches(f, self.0, &required, "")
    }
}

fn branches(f: &mut fmt::Formatter<'_>, node: &Node, required: &Gathered, indent: &str) -> fmt::Result {
    let shown: Vec<&Child> = node.children.iter().filter(|child| is_shown(child.node)).collect();
    for (i, child) in shown.iter().enumerate() {
        let last = i + 1 == shown.len();
        let required = required.and(child.scopes).and(child.node.own);
        write!(f, "{indent}{} ", if last { "└─" } else { "├─" })?;
        line(f, child.node, &required)?;
        branches(f, child.node, &required, &format!("{indent}{}  ", if last { " " } else { "│" }))?;
    }
    Ok(())
}

fn line(f: &mut fmt::Formatter<'_>, node: &Node, required: &Gathered) -> fmt::Result {
    match node.kind {
        Kind::Function => {
            let condition = if node.credential_required { " credential_required" } else { "" };
            writeln!(f, "{} [{required}]{condition}", node.name)
        }
        Kind::SecurityScopes => writeln!(f, "SecurityScopes"),
        Kind::RequiredScopes => writeln!(f, "RequiredScopes"),
        Kind::Group => writeln!(f, "(…)"),
        Kind::Optional => writeln!(f, "Option<…>"),
        Kind::Scheme(_) | Kind::Body | Kind::Verifier | Kind::Other | Kind::Open => writeln!(f, "{}", node.name),
    }
}

/// Extractors that have nothing to do with security are left out.
fn is_shown(node: &Node) -> bool {
    match node.kind {
        Kind::Body | Kind::Verifier | Kind::Other | Kind::Open => false,
        Kind::Group | Kind::Optional => node.children.iter().any(|child| is_shown(child.node)),
        Kind::Function | Kind::Scheme(_) | Kind::SecurityScopes | Kind::RequiredScopes => true,
    }
}
