//! Who may call what: [`AccessTable`] makes a text of a service's routes or of its OpenAPI document, for people and for
//! tests.

use std::fmt;

use serde::Serialize;

pub use crate::openapi::document::DocumentError;
use crate::{
    dependency::marked::Attributed,
    openapi::{
        alternatives::{Alternatives, Asked},
        document::{self, METHODS},
        finishing::Schemes,
        marker::{Marked, marked},
        requirement::requirement,
        sender,
    },
    tree::secured::Secured,
};

/// The routes of a service, and who may call them. `Display` prints a table, sorted by path.
///
/// Compare it with a text in a test, so that nobody opens a route by mistake. The routers of [`secure`](crate::secure) make it by
/// [`table`](crate::secure::Router::table), and [`of_document`](Self::of_document) makes it of any finished document. A row shows who
/// may call the route:
///
/// | row | meaning |
/// |---|---|
/// | `OAuth2PasswordBearer [items me]` | clients with this credential, if it grants these scopes |
/// | `OAuth2PasswordBearer [items\|admin me]` | clients with this credential, if it grants `me` and one of the other two scopes |
/// | `OAuth2PasswordBearer [items] and ApiKeyHeader` | clients with both credentials |
/// | `OAuth2PasswordBearer [items] or ApiKeyHeader` | clients with one of the credentials |
/// | `public` | everybody |
/// | `public (load balancers have no token)` | everybody, for this reason |
/// | `elsewhere (the mesh decides)` | whom something else lets in, as somebody states here |
/// | `OAuth2 (DPoP) [items]` | clients with a token that is bound to a key, and a proof; `(certificate)` and `(DPoP or certificate)` likewise |
/// | `OAuth2PasswordBearer (unchecked)` | clients with some token; the handler takes it itself, and this library does not know whether it verifies it |
/// | `public or OAuth2PasswordBearer` | everybody; a credential is read if there is one, and an invalid one is refused |
/// | `claimed ApiKeyHeader` | everybody, as far as this library knows; only the `security` of the document names the key |
/// | `OAuth2PasswordBearer [items], claimed ApiKeyHeader` | clients with the token; only the document names the key |
///
/// Dependency trees enforce everything that is not `claimed`. A finished document lists that in the extension
/// `x-enforced-security` of each operation, in the shape of `security`.
///
/// No code of the service runs to make it, so it needs no state. A guard can take its state from requests, by
/// [`Guard::with_extension`](crate::dependency::Guard::with_extension).
///
/// ```
/// use axum_scopes::AccessTable;
///
/// let document = serde_json::json!({
///     "openapi": "3.1.0",
///     "info": {"title": "Shop", "version": "1.0.0"},
///     "paths": {
///         "/items": {
///             "get": {
///                 "security": [{"OAuth2PasswordBearer": ["items", "me"]}],
///                 "x-enforced-security": [{"OAuth2PasswordBearer": ["items", "me"]}],
///             },
///             "post": {"security": [{"OAuth2PasswordBearer": ["items"]}]},
///         },
///         "/token": {"post": {}},
///     },
/// });
/// assert_eq!(
///     AccessTable::of_document(&document)?.to_string(),
///     "\
/// GET   /items  OAuth2PasswordBearer [items me]
/// POST  /items  claimed OAuth2PasswordBearer [items]
/// POST  /token  public
/// "
/// );
/// # Ok::<(), axum_scopes::access::DocumentError>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AccessTable(Vec<Row>);

#[derive(Clone, Debug, PartialEq, Eq)]
struct Row {
    path: String,
    method: String,
    enforced: Alternatives<String>,
    /// The requirements that only a document states, if there are any.
    claimed: Option<Alternatives<String>>,
    /// Why nobody is asked here.
    reason: Option<Reason>,
}

/// Why a route asks nobody for a credential.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Reason {
    /// Everybody may call it.
    Public(String),
    /// Something else decides.
    Elsewhere(String),
}

impl AccessTable {
    /// A table without routes, for a service with a router of axum and without a document.
    ///
    /// ```
    /// use axum_scopes::{AccessTable, AuthError, Depends, security};
    ///
    /// #[security]
    /// async fn opening_hours() -> Result<(), AuthError> {
    ///     Ok(())
    /// }
    ///
    /// #[security]
    /// async fn shop(_: Depends<opening_hours>) {}
    ///
    /// let table = AccessTable::new().route("GET", "/shop", shop);
    /// assert_eq!(table.to_string(), "GET  /shop  public\n");
    /// ```
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// All operations of an OpenAPI document: of utoipa, of aide, or of any other type that can be serialised. Requirements that
    /// another library has written are `claimed`.
    ///
    /// # Errors
    ///
    /// Returns [`DocumentError`] if it is no OpenAPI document, or one that was not finished.
    pub fn of_document<T: Serialize + ?Sized>(document: &T) -> Result<Self, DocumentError> {
        let document = document::values(document)?;
        let rows = document::operations(&document)?.into_iter().map(|(path, method, operation)| {
            let enforced = document::enforced(operation)?;
            let claimed = claimed(&enforced, document::security(&document, operation)?);
            let shown = |alternatives: Alternatives<String>| {
                alternatives.gathered().map(|name| sender::shown(name.clone(), document::scheme(&document, name)))
            };
            let (enforced, claimed) = (shown(enforced), claimed.map(shown));
            let public = document::public(operation).map(|why| Reason::Public(why.to_owned()));
            let reason = public.or_else(|| document::elsewhere(operation).map(|who| Reason::Elsewhere(who.to_owned())));
            Ok(Row { path: path.to_owned(), method: method.to_uppercase(), enforced, claimed, reason })
        });
        Ok(Self(rows.collect::<Result<_, _>>()?).sorted())
    }

    /// The same table with one more route. `handler` is the function that is mounted there. The tree of a handler does not have the
    /// requirements of guards.
    #[must_use]
    pub fn route<H: Attributed<T>, T>(mut self, method: &str, path: &str, handler: H) -> Self {
        drop(handler);
        let tree = H::Function::DEPENDENCY_TREE;
        let show = |scheme: &Marked, name| sender::shown(name, &scheme.definition);
        let enforced = Schemes::default().shown(&marked(&requirement(tree)), show);
        let reason = tree.public.map(|reason| Reason::Public(reason.to_owned()));
        self.add(method, path.to_owned(), enforced, reason);
        self.sorted()
    }

    /// Adds a row, out of order.
    pub(crate) fn add(&mut self, method: &str, path: String, enforced: Alternatives<String>, reason: Option<Reason>) {
        self.0.push(Row { path, method: method.to_owned(), enforced, claimed: None, reason });
    }

    pub(crate) fn sorted(mut self) -> Self {
        let known = |method: &str| METHODS.iter().position(|known| known.eq_ignore_ascii_case(method));
        let order = |method: &str| known(method).unwrap_or(METHODS.len());
        self.0.sort_by_cached_key(|row| (row.path.clone(), order(&row.method)));
        self
    }
}

impl fmt::Display for AccessTable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let width = |column: fn(&Row) -> &str| self.0.iter().map(|row| column(row).chars().count()).max().unwrap_or(0);
        let (method, path) = (width(|row| &row.method), width(|row| &row.path));
        self.0.iter().try_for_each(|row| writeln!(f, "{:method$}  {:path$}  {}", row.method, row.path, access(row)))
    }
}

/// The requirements that only the document states. If it adds the same to all that are enforced, these are only the additions.
fn claimed(enforced: &Alternatives<String>, said: Alternatives<String>) -> Option<Alternatives<String>> {
    let said = said.reduced();
    if said.same(enforced) {
        return None;
    }
    let added = said.beyond(enforced).reduced();
    let is_all = enforced.and(&added).reduced().same(&said);
    Some(if is_all { added } else { said })
}

fn access(row: &Row) -> String {
    let enforced = any_of(&row.enforced, row.reason.as_ref());
    match (&row.claimed, &row.reason) {
        (Some(claimed), _) if row.enforced.asks_nothing() => format!("claimed {}", any_of(claimed, None)),
        (Some(claimed), _) => format!("{enforced}, claimed {}", any_of(claimed, None)),
        (None, Some(Reason::Elsewhere(who))) if !row.enforced.asks_nothing() => {
            format!("{enforced}, elsewhere ({who})")
        }
        (None, _) => enforced,
    }
}

fn any_of(alternatives: &Alternatives<String>, reason: Option<&Reason>) -> String {
    alternatives.0.iter().map(|together| all_of(together, reason)).collect::<Vec<_>>().join(" or ")
}

fn all_of(together: &[Asked<String>], reason: Option<&Reason>) -> String {
    if together.is_empty() {
        return match reason {
            None => "public".to_owned(),
            Some(Reason::Public(why)) => format!("public ({why})"),
            Some(Reason::Elsewhere(who)) => format!("elsewhere ({who})"),
        };
    }
    let one = |asked: &Asked<String>| {
        if asked.scopes.is_empty() { asked.scheme.clone() } else { format!("{} [{}]", asked.scheme, asked.scopes) }
    };
    together.iter().map(one).collect::<Vec<_>>().join(" and ")
}
