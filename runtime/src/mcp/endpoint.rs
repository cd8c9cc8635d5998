//! What an MCP server declares: functions for its tools, prompts and resources come in, and a route with their rows goes out.

use std::{convert::Infallible, fmt, sync::Arc};

use axum::{
    extract::{Request, State},
    response::IntoResponse,
    routing::{self, MethodFilter},
};
use tower_service::Service;

use super::{
    checks::{asks, leads_to_issuers},
    decide::{Admits, Caller, Decides, Decision, decision},
    declared::Declared,
    gate::answer,
    resources::Pattern,
};
use crate::{
    dependency::result::DependencyResult,
    secure::{MethodRouter, row::Row},
    tree::secured::Returns,
};

/// The scopes of an MCP server: who may use it at all, and who may use each tool, prompt and resource.
///
/// The [module](crate::mcp) has an example. `B` is the function that all callers pass, and `S` is the state of the router. Each tool has a
/// function as well, which depends on `B`. So it requires the scopes of `B`, too, and it has the same output. The compiler checks both. The
/// output is put into the extensions of the request for the server, so it is `Clone`.
///
/// A tool whose function goes around `B` does not compile:
///
/// ```compile_fail
/// # use axum_scopes::{AuthError, Claims, Depends, Flows, OAuth2Scheme, TokenVerifier, mcp::Endpoint, security, verified};
/// # struct Api;
/// # impl OAuth2Scheme for Api {
/// #     const FLOWS: Flows = Flows::password("token");
/// #     const SCOPES: &[(&str, &str)] = &[("read", "Read."), ("write", "Write.")];
/// # }
/// # #[security(scopes = ["read"])]
/// # async fn reader(Depends(claims): Depends<verified<Api>>) -> Result<Claims, AuthError> {
/// #     Ok(claims)
/// # }
/// #[security(scopes = ["write"])]
/// async fn writer(Depends(claims): Depends<verified<Api>>) -> Result<Claims, AuthError> {
///     Ok(claims)
/// }
///
/// let endpoint = Endpoint::<reader, TokenVerifier>::new().tool::<writer>("write_note");
/// ```
#[must_use = "it protects a server only by `serve`"]
pub struct Endpoint<B: Returns<Ret: DependencyResult>, S> {
    declared: Declared<S, Caller<B>>,
}

impl<B: Returns<Ret: DependencyResult>, S> Endpoint<B, S> {
    /// An endpoint whose callers all pass the function `B`. Nothing else is declared, so they may list what the server has, and use nothing of
    /// it.
    #[expect(clippy::new_without_default, reason = "`default` would not say who may use it")]
    pub fn new() -> Self
    where
        // Not at the block, where the compiler would say only that there is no such function.
        B: Admits<S>,
        S: Clone + Send + Sync + 'static,
    {
        const {
            asks(B::DEPENDENCY_TREE);
            assert!(
                leads_to_issuers(B::DEPENDENCY_TREE),
                "the `PROTECTED_RESOURCE` of this scheme has no authorization server, so no client of MCP can log in; add \
                 `.with_authorization_servers(&[…])`"
            );
        }
        Self { declared: Declared::new(Decision::of::<B>()) }
    }
}

impl<B, S> Endpoint<B, S>
where
    B: Admits<S>,
    S: Clone + Send + Sync + 'static,
{
    /// The same with a tool that callers may use if `F` lets them through.
    ///
    /// # Panics
    ///
    /// If the tool is declared already.
    #[track_caller]
    pub fn tool<F: Decides<B, S>>(mut self, name: &str) -> Self {
        self.declared.tools.add("tool", name, decision::<B, S, F>());
        self
    }

    /// The same with a function for all tools that are not declared. Without one, they are refused, and so is always what differs from a
    /// declared one only in case or in space around it.
    pub fn other_tools<F: Decides<B, S>>(mut self) -> Self {
        self.declared.tools.others = Some(decision::<B, S, F>());
        self
    }

    /// The same with a prompt that callers may get if `F` lets them through.
    ///
    /// # Panics
    ///
    /// If the prompt is declared already.
    #[track_caller]
    pub fn prompt<F: Decides<B, S>>(mut self, name: &str) -> Self {
        self.declared.prompts.add("prompt", name, decision::<B, S, F>());
        self
    }

    /// The same with a function for all prompts that are not declared. Without one, they are refused, and so is always what differs from a
    /// declared one only in case or in space around it.
    pub fn other_prompts<F: Decides<B, S>>(mut self) -> Self {
        self.declared.prompts.others = Some(decision::<B, S, F>());
        self
    }

    /// The same with a resource that callers may read if `F` lets them through. The URI is compared byte for byte.
    ///
    /// # Panics
    ///
    /// If the resource is declared already.
    #[track_caller]
    pub fn resource<F: Decides<B, S>>(self, uri: &str) -> Self {
        self.add_resource(Pattern::Uri(uri.to_owned()), decision::<B, S, F>())
    }

    /// The same with all resources whose URI begins with `prefix`. If several declarations fit, the longest decides. End it with a slash,
    /// or with what else ends a part: `notes://shared/`, `notes://search?q=`.
    ///
    /// A URI that may lead elsewhere is refused: with `..`, an empty segment, a backslash, a query or a fragment behind the prefix, or an
    /// escape that URIs do not need.
    ///
    /// ```
    /// # use axum_scopes::{AuthError, Claims, Depends, Flows, OAuth2Scheme, TokenVerifier, mcp::Endpoint, security, verified};
    /// # struct Api;
    /// # impl OAuth2Scheme for Api {
    /// #     const FLOWS: Flows = Flows::password("token");
    /// #     const SCOPES: &[(&str, &str)] = &[("read", "Read."), ("admin", "All.")];
    /// # }
    /// # #[security(scopes = ["read"])]
    /// # async fn reader(Depends(claims): Depends<verified<Api>>) -> Result<Claims, AuthError> {
    /// #     Ok(claims)
    /// # }
    /// # #[security(scopes = ["admin"])]
    /// # async fn admin(Depends(claims): Depends<reader>) -> Result<Claims, AuthError> {
    /// #     Ok(claims)
    /// # }
    /// let endpoint = Endpoint::<reader, TokenVerifier>::new()
    ///     .resources_below::<reader>("notes://")
    ///     .resources_below::<admin>("notes://staff/");
    /// assert_eq!(format!("{endpoint:?}"), r#"Endpoint(["resources/read notes://*", "resources/read notes://staff/*"])"#);
    /// ```
    ///
    /// # Panics
    ///
    /// If the same prefix is declared already.
    #[track_caller]
    pub fn resources_below<F: Decides<B, S>>(self, prefix: &str) -> Self {
        self.add_resource(Pattern::Below(prefix.to_owned()), decision::<B, S, F>())
    }

    /// The same with a function for all resources that are not declared. Without one, they are refused.
    ///
    /// Beside declared ones, a URI is still refused if somebody who resolves it may take it for one of these: in another case, with
    /// `..`, with another port.
    pub fn other_resources<F: Decides<B, S>>(mut self) -> Self {
        self.declared.other_resources = Some(decision::<B, S, F>());
        self
    }

    /// The same with a method of JSON-RPC that callers may use if `F` lets them through: one that this library does not know, or one
    /// that otherwise all callers may use, such as `logging/setLevel`.
    ///
    /// # Panics
    ///
    /// If the method is declared already, or is about tools, prompts or resources, which are declared by their names.
    #[track_caller]
    pub fn method<F: Decides<B, S>>(mut self, name: &str) -> Self {
        assert!(
            !super::message::is_about_names(name),
            "`{name}` is about tools, prompts or resources; declare these by `tool`, `prompt` or `resource`"
        );
        self.declared.methods.add("method", name, decision::<B, S, F>());
        self
    }

    /// The same with another limit for the bytes of a message. It is 1 MiB otherwise.
    pub fn body_limit(mut self, bytes: usize) -> Self {
        self.declared.body_limit = bytes;
        self
    }

    /// The names of the declared tools, to be compared with those of the server in a test.
    ///
    /// ```
    /// # use axum_scopes::{AuthError, Claims, Depends, Flows, OAuth2Scheme, TokenVerifier, mcp::Endpoint, security, verified};
    /// # struct Api;
    /// # impl OAuth2Scheme for Api {
    /// #     const FLOWS: Flows = Flows::password("token");
    /// #     const SCOPES: &[(&str, &str)] = &[("read", "Read.")];
    /// # }
    /// # #[security(scopes = ["read"])]
    /// # async fn reader(Depends(claims): Depends<verified<Api>>) -> Result<Claims, AuthError> {
    /// #     Ok(claims)
    /// # }
    /// let endpoint = Endpoint::<reader, TokenVerifier>::new().tool::<reader>("read_notes");
    /// assert_eq!(endpoint.tools().collect::<Vec<_>>(), ["read_notes"]);
    /// ```
    pub fn tools(&self) -> impl Iterator<Item = &str> {
        self.declared.tools.names()
    }

    /// The server behind this endpoint, as a route. The state of the router is that of the functions.
    ///
    /// Requests of other methods than `GET`, `POST` and `DELETE` do not reach the server, and only those of `POST` keep their body.
    pub fn serve<T>(self, server: T) -> MethodRouter<S>
    where
        T: Service<Request, Response: IntoResponse, Error = Infallible, Future: Send> + Clone + Send + Sync + 'static,
    {
        let rows = self.rows();
        let declared = Arc::new(self.declared);
        let methods = MethodFilter::GET.or(MethodFilter::POST).or(MethodFilter::DELETE);
        let handler =
            async move |State(state): State<S>, request: Request| answer(&declared, state, request, server).await;
        MethodRouter::new(routing::on(methods, handler), rows)
    }

    fn rows(&self) -> Vec<Row> {
        let base = ["GET", "POST", "DELETE"].map(|method| Row::decided(method, String::new(), self.declared.base.tree));
        let declared = self.declared.operations();
        let declared = declared.map(|(operation, decision)| Row::decided("POST", operation, decision.tree));
        base.into_iter().chain(declared).collect()
    }

    #[track_caller]
    fn add_resource(mut self, pattern: Pattern, decision: Decision<S, Caller<B>>) -> Self {
        let message = format!("{pattern:?} is declared twice; remove one");
        assert!(self.declared.resources.add(pattern, decision), "{message}");
        self
    }
}

impl<B: Returns<Ret: DependencyResult>, S> fmt::Debug for Endpoint<B, S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let operations: Vec<_> = self.declared.operations().map(|(operation, _)| operation).collect();
        f.debug_tuple("Endpoint").field(&operations).finish()
    }
}
