//! What an MCP server declares: functions for its tools, prompts and resources come in, and a route with their rows goes out.

use std::{collections::BTreeMap, convert::Infallible, fmt, sync::Arc};

use axum::{
    extract::{Request, State},
    response::IntoResponse,
    routing::{self, MethodFilter},
};
use tower_service::Service;

use super::{
    decide::{Admits, Caller, Decides, Decision, includes},
    gate::answer,
    message::Target,
    resources::{Pattern, Resources},
};
use crate::{
    dependency::result::DependencyResult,
    secure::{MethodRouter, row::Row},
    tree::{
        node::Node,
        says::{ASKS, says},
        secured::Returns,
    },
};

/// The most bytes of a message, unless the service says otherwise.
const BODY_LIMIT: usize = 1 << 20;

/// The scopes of an MCP server: who may use it at all, and who may use each tool, prompt and resource.
///
/// The [module](crate::mcp) has an example. `B` is the function that all callers pass, and `S` is the state of the router. Each tool has a
/// function as well, which depends on `B`. So it requires the scopes of `B`, too, and it has the same output. The compiler checks both. The
/// output is put into the extensions of the request for the server, so it is `Clone`.
#[must_use = "it protects a server only by `serve`"]
pub struct Endpoint<B: Returns<Ret: DependencyResult>, S> {
    pub(super) base: Decision<S, Caller<B>>,
    tools: Names<S, Caller<B>>,
    prompts: Names<S, Caller<B>>,
    methods: Names<S, Caller<B>>,
    resources: Resources<Decision<S, Caller<B>>>,
    other_resources: Option<Decision<S, Caller<B>>>,
    pub(super) body_limit: usize,
}

/// What decides about names, and about all others.
struct Names<S, C> {
    declared: BTreeMap<String, Decision<S, C>>,
    others: Option<Decision<S, C>>,
}

impl<B, S> Endpoint<B, S>
where
    B: Admits<S>,
    S: Clone + Send + Sync + 'static,
{
    /// An endpoint whose callers all pass the function `B`. Nothing else is declared, so they may list what the server has, and use nothing of
    /// it.
    #[expect(clippy::new_without_default, reason = "`default` would not say who may use it")]
    pub fn new() -> Self {
        const { asks(B::DEPENDENCY_TREE) }
        Self {
            base: Decision::of::<B>(),
            tools: Names::default(),
            prompts: Names::default(),
            methods: Names::default(),
            resources: Resources::default(),
            other_resources: None,
            body_limit: BODY_LIMIT,
        }
    }

    /// The same with a tool that callers may use if `F` lets them through.
    ///
    /// # Panics
    ///
    /// If the tool is declared already.
    #[track_caller]
    pub fn tool<F: Decides<B, S>>(mut self, name: &str) -> Self {
        self.tools.add("tool", name, decision::<B, S, F>());
        self
    }

    /// The same with a function for all tools that are not declared. Without one, they are refused.
    pub fn other_tools<F: Decides<B, S>>(mut self) -> Self {
        self.tools.others = Some(decision::<B, S, F>());
        self
    }

    /// The same with a prompt that callers may get if `F` lets them through.
    ///
    /// # Panics
    ///
    /// If the prompt is declared already.
    #[track_caller]
    pub fn prompt<F: Decides<B, S>>(mut self, name: &str) -> Self {
        self.prompts.add("prompt", name, decision::<B, S, F>());
        self
    }

    /// The same with a function for all prompts that are not declared. Without one, they are refused.
    pub fn other_prompts<F: Decides<B, S>>(mut self) -> Self {
        self.prompts.others = Some(decision::<B, S, F>());
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

    /// The same with a function for all resources that are not declared, whatever their URIs look like. Without one, they are refused.
    pub fn other_resources<F: Decides<B, S>>(mut self) -> Self {
        self.other_resources = Some(decision::<B, S, F>());
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
        self.methods.add("method", name, decision::<B, S, F>());
        self
    }

    /// The same with another limit for the bytes of a message. It is 1 MiB otherwise.
    pub fn body_limit(self, bytes: usize) -> Self {
        Self { body_limit: bytes, ..self }
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
        self.tools.declared.keys().map(String::as_str)
    }

    /// The server behind this endpoint, as a route. The state of the router is that of the functions.
    ///
    /// Requests of other methods than `GET`, `POST` and `DELETE` do not reach the server.
    pub fn serve<T>(self, server: T) -> MethodRouter<S>
    where
        T: Service<Request, Response: IntoResponse, Error = Infallible, Future: Send> + Clone + Send + Sync + 'static,
    {
        let rows = self.rows();
        let endpoint = Arc::new(self);
        let methods = MethodFilter::GET.or(MethodFilter::POST).or(MethodFilter::DELETE);
        let handler =
            async move |State(state): State<S>, request: Request| answer(&endpoint, state, request, server).await;
        MethodRouter::new(routing::on(methods, handler), rows)
    }

    #[track_caller]
    fn add_resource(mut self, pattern: Pattern, decision: Decision<S, Caller<B>>) -> Self {
        let message = format!("{pattern:?} is declared twice; remove one");
        assert!(self.resources.add(pattern, decision), "{message}");
        self
    }
}

impl<B: Returns<Ret: DependencyResult>, S> Endpoint<B, S> {
    /// What decides about a message. `None` if nothing is declared about it.
    pub(super) fn decision(&self, method: Option<&str>, target: &Target) -> Option<&Decision<S, Caller<B>>> {
        match target {
            Target::Tool(name) => self.tools.find(name),
            Target::Prompt(name) => self.prompts.find(name),
            Target::Resources(uris) => {
                let mut found = uris.iter().map(|uri| self.resources.find(uri).or(self.other_resources.as_ref()));
                let first = found.next()??;
                // One function decides about a message, so all of its resources have to be of this one.
                found.all(|other| other.is_some_and(|other| other.is_same(first))).then_some(first)
            }
            Target::Endpoint | Target::Unknown => match method.and_then(|method| self.methods.find(method)) {
                None if *target == Target::Endpoint => Some(&self.base),
                declared => declared,
            },
        }
    }

    /// What is declared, and what decides about it.
    fn declared(&self) -> impl Iterator<Item = (String, &Decision<S, Caller<B>>)> {
        let others = self.other_resources.iter().map(|decision| ("*".to_owned(), decision));
        let resources = self.resources.iter().chain(others);
        self.tools
            .operations("tools/call ")
            .chain(self.prompts.operations("prompts/get "))
            .chain(resources.map(|(uri, decision)| (format!("resources/read {uri}"), decision)))
            .chain(self.methods.operations(""))
    }

    fn rows(&self) -> Vec<Row> {
        let base = ["GET", "POST", "DELETE"].map(|method| Row::decided(method, String::new(), self.base.tree));
        let declared = self.declared().map(|(operation, decision)| Row::decided("POST", operation, decision.tree));
        base.into_iter().chain(declared).collect()
    }
}

impl<S, C> Names<S, C> {
    #[track_caller]
    fn add(&mut self, kind: &str, name: &str, decision: Decision<S, C>) {
        let before = self.declared.insert(name.to_owned(), decision);
        assert!(before.is_none(), "the {kind} `{name}` is declared twice; remove one");
    }

    fn find(&self, name: &str) -> Option<&Decision<S, C>> {
        self.declared.get(name).or(self.others.as_ref())
    }

    fn operations(&self, operation: &'static str) -> impl Iterator<Item = (String, &Decision<S, C>)> {
        let declared = self.declared.iter().map(|(name, decision)| (name.as_str(), decision));
        let others = self.others.iter().map(|decision| ("*", decision));
        declared.chain(others).map(move |(name, decision)| (format!("{operation}{name}"), decision))
    }
}

/// The decision of the function `F`.
fn decision<B: Returns<Ret: DependencyResult>, S: Send + Sync + 'static, F: Decides<B, S>>() -> Decision<S, Caller<B>> {
    const {
        asks(F::DEPENDENCY_TREE);
        assert!(
            includes(F::DEPENDENCY_TREE, B::DEPENDENCY_TREE),
            "this function does not depend on that of the endpoint, so it would let callers through that the endpoint refuses"
        );
    }
    Decision::of::<F>()
}

/// Compiles only if nobody passes without a credential.
const fn asks(tree: &Node) {
    assert!(says(tree) == ASKS, "this function lets callers through without a credential");
}

impl<S, C> Default for Names<S, C> {
    fn default() -> Self {
        Self { declared: BTreeMap::new(), others: None }
    }
}

impl<B: Returns<Ret: DependencyResult>, S> fmt::Debug for Endpoint<B, S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let operations: Vec<_> = self.declared().map(|(operation, _)| operation).collect();
        f.debug_tuple("Endpoint").field(&operations).finish()
    }
}
