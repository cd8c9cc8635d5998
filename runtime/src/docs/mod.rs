//! A page that shows an OpenAPI document and calls what it describes, behind the feature `docs`: the document in, a router
//! with the page (Swagger UI) and the document out.

mod answer;
mod assets;
mod document;
mod page;
mod path;
mod policy;
#[cfg(test)]
mod tests;

use std::{collections::BTreeMap, fmt, future::ready, sync::Arc};

use axum::{Router, extract::OriginalUri, routing::get};
use serde::Serialize;
use serde_json::{Value, json};

use self::{answer::File, assets::Asset, document::Document, page::Page, path::Path};
use crate::openapi::document::DocumentError;

/// The page and the document of a service.
///
/// The page is [Swagger UI](https://swagger.io/tools/swagger-ui/): it lists the operations, and its dialog *Authorize* logs
/// in with the flows of the document and offers their scopes. All of it is served from here. Its
/// `Content-Security-Policy` lets it connect to this service and to the origins that the document names in `servers`,
/// `tokenUrl`, `refreshUrl` and `openIdConnectUrl`, and to no other but those of [`connect_to`](Docs::connect_to). Variables
/// in `servers` count with their defaults.
///
/// Page and document are as public as the routes beside them; protect the router if they must not be. The browser keeps the
/// access tokens of OAuth2 across reloads, until *Logout*, in its `localStorage`, which every script of this origin can
/// read; [`keep_nothing`](Docs::keep_nothing) has it keep none. It never keeps passwords, client secrets, API keys, refresh
/// tokens or tokens that somebody typed. An API key that is sent as a cookie is one until the page is left.
///
/// All links are relative, so the router can be nested, or stand behind a proxy that strips a prefix. A document of OpenAPI 3
/// without `servers` is served with one: the root of this router, relative to the document's own URL. Calls from the page and
/// relative URLs of a flow, such as the token URL `token`, lead there. axum serves the route `/` of a router that is nested at
/// `/shop` as `/shop`, where the page calls `/shop/`: give that route another path.
///
/// ```
/// use axum::Router;
/// use axum_scopes::docs::Docs;
/// use serde_json::json;
///
/// let api = json!({ "openapi": "3.1.0", "info": { "title": "Items", "version": "1" }, "paths": {} });
/// let router: Router = Router::new().merge(Docs::new(&api)?.into_router());
/// # Ok::<(), axum_scopes::access::DocumentError>(())
/// ```
pub struct Docs {
    document: Document,
    at: Path,
    document_at: Path,
    client_id: String,
    preselected: Vec<String>,
    keeps_tokens: bool,
}

impl Docs {
    /// The page at `/docs` and `api` at `/openapi.json`; `api` is whatever serialises as an OpenAPI document.
    ///
    /// # Errors
    ///
    /// Where `api` does not serialise as a JSON object, and where it has operations whose scopes are not in it yet.
    ///
    /// ```
    /// use axum_scopes::docs::Docs;
    ///
    /// assert_eq!(Docs::new("openapi").unwrap_err().to_string(), "the document is not a JSON object");
    /// ```
    pub fn new<T: Serialize + ?Sized>(api: &T) -> Result<Self, DocumentError> {
        Ok(Self {
            document: Document::new(api)?,
            at: Path::new("/docs"),
            document_at: Path::new("/openapi.json"),
            client_id: String::new(),
            preselected: Vec::new(),
            keeps_tokens: true,
        })
    }

    /// The page's own path, which is taken literally. What the page loads is below it.
    ///
    /// ```
    /// # use axum_scopes::{access::DocumentError, docs::Docs};
    /// # fn with(api: serde_json::Value) -> Result<axum::Router, DocumentError> {
    /// // `/internal/docs`, and for instance `/internal/docs/swagger-ui.css`
    /// Ok(Docs::new(&api)?.at("/internal/docs").into_router())
    /// # }
    /// ```
    #[must_use]
    pub fn at(self, path: &str) -> Self {
        Self { at: Path::new(path), ..self }
    }

    /// The document's path, which is taken literally and differs from the page's.
    ///
    /// ```
    /// # use axum_scopes::{access::DocumentError, docs::Docs};
    /// # fn with(api: serde_json::Value) -> Result<axum::Router, DocumentError> {
    /// Ok(Docs::new(&api)?.document_at("/v1/openapi.json").into_router())
    /// # }
    /// ```
    #[must_use]
    pub fn document_at(self, path: &str) -> Self {
        Self { document_at: Path::new(path), ..self }
    }

    /// The `client_id` that the dialog proposes. It is public; there is no way to set a secret, because that would be, too.
    ///
    /// ```
    /// # use axum_scopes::{access::DocumentError, docs::Docs};
    /// # fn with(api: serde_json::Value) -> Result<axum::Router, DocumentError> {
    /// Ok(Docs::new(&api)?.client_id("docs-page").into_router())
    /// # }
    /// ```
    #[must_use]
    pub fn client_id(self, client_id: impl Into<String>) -> Self {
        Self { client_id: client_id.into(), ..self }
    }

    /// Lets the page connect to the origin of `url` as well: a token endpoint that only the metadata of an OpenID provider
    /// names. What is no absolute URL of http or https allows nothing, and that is logged.
    ///
    /// ```
    /// # use axum_scopes::{access::DocumentError, docs::Docs};
    /// # fn with(api: serde_json::Value) -> Result<axum::Router, DocumentError> {
    /// Ok(Docs::new(&api)?.connect_to("https://login.example.com/token").into_router())
    /// # }
    /// ```
    #[must_use]
    pub fn connect_to(mut self, url: &str) -> Self {
        match document::origin(url) {
            Some(origin) => drop(self.document.origins.insert(origin)),
            None => tracing::error!("the docs page cannot connect to what is no absolute URL of http or https"),
        }
        self
    }

    /// The scopes that are ticked in the dialog before the user has ticked any.
    ///
    /// ```
    /// # use axum_scopes::{access::DocumentError, docs::Docs};
    /// # fn with(api: serde_json::Value) -> Result<axum::Router, DocumentError> {
    /// Ok(Docs::new(&api)?.preselect(["me"]).into_router())
    /// # }
    /// ```
    #[must_use]
    pub fn preselect(self, scopes: impl IntoIterator<Item: Into<String>>) -> Self {
        Self { preselected: scopes.into_iter().map(Into::into).collect(), ..self }
    }

    /// Has the browser keep nothing: after a reload, users log in again. Tokens that it has kept of this page so far are
    /// deleted when the page is opened.
    ///
    /// ```
    /// # use axum_scopes::{access::DocumentError, docs::Docs};
    /// # fn with(api: serde_json::Value) -> Result<axum::Router, DocumentError> {
    /// Ok(Docs::new(&api)?.keep_nothing().into_router())
    /// # }
    /// ```
    #[must_use]
    pub fn keep_nothing(self) -> Self {
        Self { keeps_tokens: false, ..self }
    }

    /// The routes of the page, of what it loads, and of the document.
    ///
    /// ```
    /// # use axum_scopes::{access::DocumentError, docs::Docs};
    /// # fn with(api: serde_json::Value) -> Result<axum::Router, DocumentError> {
    /// let docs = Docs::new(&api)?.into_router();
    /// Ok(axum::Router::new().nest("/v1", docs))
    /// # }
    /// ```
    pub fn into_router<S: Clone + Send + Sync + 'static>(self) -> Router<S> {
        let page = Arc::new(Page::new(&self.document, &self.options()));
        // By path, because the router panics where two routes have the same.
        let mut routes = BTreeMap::new();
        for path in [self.at.as_str().to_owned(), self.at.child("")] {
            let page = Arc::clone(&page);
            routes.insert(path, get(move |OriginalUri(uri): OriginalUri| ready(page.answer(uri.path()))));
        }
        for asset in Asset::all() {
            routes.insert(self.at.child(asset.name), asset.into_route());
        }
        routes.insert(
            self.document_at.as_str().to_owned(),
            File::json(self.document.served_at(&self.document_at)).into_route(),
        );
        routes.into_iter().fold(Router::new(), |router, (path, route)| router.route(&path, route))
    }

    /// What the script that starts the page is told.
    fn options(&self) -> Value {
        json!({
            "document": self.at.link_to(&self.document_at),
            "clientId": self.client_id,
            "scopes": self.preselected,
            "keep": self.keeps_tokens,
        })
    }
}

impl fmt::Debug for Docs {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Docs")
            .field("title", &self.document.title)
            .field("at", &self.at.as_str())
            .field("document_at", &self.document_at.as_str())
            .finish_non_exhaustive()
    }
}
