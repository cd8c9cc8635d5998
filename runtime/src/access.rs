//! Who may call what, as a text for people and for tests.

use std::fmt;

use serde::Serialize;

use crate::{
    dependency::{function::Signature, mounted::Takes},
    openapi::{
        document::{self, DocumentError, METHODS},
        marker::{Alternative, Schemes, marker},
        requirement::requirements,
    },
};

/// The routes of a service with what each requires: its `Display` is a table, sorted by path.
///
/// Compare it with a text in a test, and nobody opens a route by mistake. A scheme is followed by the scopes that its
/// credential must grant; what requires nothing is `public`.
///
/// ```
/// use axum_scopes::AccessTable;
///
/// let document = serde_json::json!({
///     "openapi": "3.1.0",
///     "info": {"title": "Shop", "version": "1.0.0"},
///     "paths": {
///         "/items": {
///             "get": {"security": [{"OAuth2PasswordBearer": ["items", "me"]}]},
///             "post": {"security": [{"OAuth2PasswordBearer": ["items"]}, {"ApiKeyHeader": []}]},
///         },
///         "/token": {"post": {}},
///     },
/// });
/// assert_eq!(
///     AccessTable::of_document(&document)?.to_string(),
///     "\
/// GET   /items  OAuth2PasswordBearer [items me]
/// POST  /items  OAuth2PasswordBearer [items] or ApiKeyHeader
/// POST  /token  public
/// "
/// );
/// # Ok::<(), axum_scopes::DocumentError>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AccessTable(Vec<Row>);

#[derive(Clone, Debug, PartialEq, Eq)]
struct Row {
    path: String,
    method: String,
    /// Any of these is enough; none are needed where there is none.
    alternatives: Vec<Alternative>,
}

impl AccessTable {
    /// Without routes, for a service without a document.
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
    /// let table = AccessTable::new().route::<shop>("GET", "/shop", shop);
    /// assert_eq!(table.to_string(), "GET  /shop  public\n");
    /// ```
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// All operations of an OpenAPI document: utoipa's, aide's, or any other that can be serialised.
    ///
    /// # Errors
    ///
    /// Where it is no OpenAPI document, or one that was not finished.
    pub fn of_document<T: Serialize + ?Sized>(document: &T) -> Result<Self, DocumentError> {
        let (_, document) = document::read(document)?;
        let rows = document::operations(&document)?.into_iter().map(|(path, method, operation)| {
            let alternatives = document::security(&document, operation)?;
            Ok(Row { path: path.to_owned(), method: method.to_uppercase(), alternatives })
        });
        Ok(Self(rows.collect::<Result<_, _>>()?).sorted())
    }

    /// With one more route. `handler` is the function that is mounted there, and `F` the same name: it does not compile if
    /// the two are different functions. What guards require is not in a handler's tree.
    #[must_use]
    pub fn route<F: Signature>(mut self, method: &str, path: &str, _handler: impl Takes<F::Args>) -> Self {
        let marker = marker(&requirements(F::DEPENDENCY_TREE), None);
        let alternatives = Schemes::default().security(Some(marker), Vec::new()).unwrap_or_default();
        self.0.push(Row { path: path.to_owned(), method: method.to_owned(), alternatives });
        self.sorted()
    }

    fn sorted(mut self) -> Self {
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

fn access(row: &Row) -> String {
    if row.alternatives.is_empty() {
        return "public".to_owned();
    }
    row.alternatives.iter().map(together).collect::<Vec<_>>().join(" or ")
}

fn together(alternative: &Alternative) -> String {
    if alternative.is_empty() {
        return "public".to_owned();
    }
    let one = |(name, scopes): (&String, &Vec<String>)| match scopes.as_slice() {
        [] => name.clone(),
        scopes => format!("{name} [{}]", scopes.join(" ")),
    };
    alternative.iter().map(one).collect::<Vec<_>>().join(" and ")
}
