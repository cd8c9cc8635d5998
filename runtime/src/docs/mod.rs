//! A docs page (Swagger UI): takes an OpenAPI document, yields a router with the page and the document. It needs the feature
//! `swagger-ui`.

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

/// The docs page and the OpenAPI document of a service.
///
/// The page is [Swagger UI](https://swagger.io/tools/swagger-ui/). It lists the operations. Its dialog *Authorize* logs
/// in with the flows of the document and offers their scopes. All files are served from here. The page's
/// `Content-Security-Policy` allows connections to this service, to the origins that the document names in `servers`,
/// `tokenUrl`, `refreshUrl` and `openIdConnectUrl`, and to those of [`connect_to`](Docs::connect_to). Variables in
/// `servers` have their defaults.
///
/// Page and document are public. Protect the router if they must not be. Until *Logout*, the browser keeps OAuth2 access
/// tokens in its `localStorage`, which every script of this origin can read; [`keep_nothing`](Docs::keep_nothing) turns
/// that off. It never keeps passwords, client secrets, API keys, refresh tokens or typed tokens. An API key for a cookie
/// is a cookie until the page is left.
///
/// All links are relative, so the router can be nested or stand behind a proxy that strips a prefix. A document of
/// OpenAPI 3 without `servers` gets one: the root of this router, relative to the document's URL. The page's calls, and
/// relative URLs of a flow such as `token`, begin there. If a router with the route `/` is nested at `/shop`, axum serves
/// that route as `/shop`, but the page calls `/shop/`. Give that route another path.
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
    /// Serves the page at `/docs` and `api` at `/openapi.json`. `api` is any type that serialises as an OpenAPI document.
    ///
    /// # Errors
    ///
    /// [`DocumentError`] if `api` does not serialise as a JSON object, or is not finished, so that scopes are missing.
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

    /// Sets the path of the page, which is taken literally. The page loads files from below it.
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

    /// Sets the path of the document, which is taken literally and differs from the page's.
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

    /// Sets the `client_id` that the dialog proposes. It is public. A secret would be public too, so it cannot be set.
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

    /// Allows the page to connect to the origin of `url` as well, for example of a token endpoint that only an OpenID
    /// provider's metadata names. If `url` is not an absolute URL of http or https, it allows nothing, and that is
    /// logged.
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
            None => tracing::error!("the docs page can connect only to an absolute URL of http or https"),
        }
        self
    }

    /// Sets the scopes that the dialog selects at first.
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

    /// Makes the browser keep nothing, so that users log in again after a reload. Tokens that it has kept for this page
    /// are deleted when the page is opened.
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

    /// The routes of the page, its files and the document.
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
        // By path, because the router panics if two routes have one path.
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

    /// The options for the script that starts the page.
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
