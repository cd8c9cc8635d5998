//! The parameters of handlers that describe themselves: dependencies, credentials and login forms.

use std::any::TypeId;

use ::aide::{
    OperationInput,
    generate::GenContext,
    openapi::{MediaType, Operation, RequestBody, Response, SchemaObject, StatusCode},
    operation::set_body,
};
use schemars::JsonSchema;

use super::operation::{add_optional_requirement, add_refusals, mark};
#[cfg(feature = "jwt")]
use crate::credential::access_token::AccessToken;
#[cfg(feature = "login")]
use crate::login::{RevocationRequest, TokenRequest};
use crate::{
    credential::{
        api_key::{ApiKeyCookie, ApiKeyHeader, ApiKeyQuery},
        basic::HttpBasic,
        bearer::{Bearer, HttpBearer, HttpDigest, OAuth2, OpenIdConnect},
    },
    dependency::{
        depends::Depends,
        function::Provides,
        path::{Path, Placed, Root},
        required_scopes::RequiredScopes,
    },
    login::{OAuth2PasswordRequestForm, OAuth2PasswordRequestFormStrict},
    openapi::requirement::{Requirement, requirement, requirement_below},
    scheme::{
        api_key::ApiKeyScheme,
        http::{HttpBasicScheme, HttpBearerScheme, HttpDigestScheme},
        oauth2::OAuth2Scheme,
        open_id_connect::OpenIdConnectScheme,
    },
    scopes::{merge::Merge, text::Told},
    tree::{describe::Describe, secured::Secured},
};

/// The requirement of a dependency in its place.
fn below<D: Secured, P: Path>() -> Requirement {
    requirement_below(D::DEPENDENCY_TREE, Told::<Merge<P>>::REQUIRED.into())
}

impl<D: Secured + Provides<P>, P: Placed> OperationInput for Depends<D, P> {
    fn operation_input(_: &mut GenContext, operation: &mut Operation) {
        mark_placed::<P>(operation);
        add_optional_requirement(operation, &below::<D, P>(), true);
    }

    fn inferred_early_responses(_: &mut GenContext, operation: &mut Operation) -> Vec<(Option<StatusCode>, Response)> {
        // They are not returned, because aide would report those of a second dependency as an error.
        add_refusals(operation, &below::<D, P>().credentials);
        Vec::new()
    }
}

impl<P: Placed> OperationInput for RequiredScopes<P> {
    fn operation_input(_: &mut GenContext, operation: &mut Operation) {
        mark_placed::<P>(operation);
    }
}

/// Marks the operation of a function with `#[security]`. Only such a function is part of a path.
fn mark_placed<P: Placed>(operation: &mut Operation) {
    if TypeId::of::<P>() != TypeId::of::<Root>() {
        mark(operation);
    }
}

/// Describes a credential extractor of your own, so that operations require its scheme. Its `OperationInput` calls this.
///
/// ```
/// use aide::{OperationInput, generate::GenContext, openapi::Operation};
/// use axum_scopes::{openapi::describe_credential, scheme::SchemeInfo, tree::{Describe, Node}};
///
/// struct ApiToken(String);
///
/// impl Describe for ApiToken {
///     const NODE: &'static Node = &Node::scheme(&SchemeInfo::new("ApiToken"));
/// }
///
/// impl OperationInput for ApiToken {
///     fn operation_input(_: &mut GenContext, operation: &mut Operation) {
///         describe_credential::<Self>(operation);
///     }
/// }
/// ```
pub fn describe_credential<T: Describe>(operation: &mut Operation) {
    add_optional_requirement(operation, &requirement(T::NODE), false);
}

macro_rules! credentials {
    ($($Extractor:ident<$Scheme:ident>),*) => {
        $(
            impl<S: $Scheme> OperationInput for $Extractor<S> {
                fn operation_input(_: &mut GenContext, operation: &mut Operation) {
                    describe_credential::<Self>(operation);
                }

                fn inferred_early_responses(
                    _: &mut GenContext,
                    operation: &mut Operation,
                ) -> Vec<(Option<StatusCode>, Response)> {
                    add_refusals(operation, &requirement(Self::NODE).credentials);
                    Vec::new()
                }
            }
        )*
    };
}

credentials!(
    Bearer<OAuth2Scheme>,
    OAuth2<OAuth2Scheme>,
    OpenIdConnect<OpenIdConnectScheme>,
    HttpBearer<HttpBearerScheme>,
    HttpBasic<HttpBasicScheme>,
    HttpDigest<HttpDigestScheme>,
    ApiKeyHeader<ApiKeyScheme>,
    ApiKeyQuery<ApiKeyScheme>,
    ApiKeyCookie<ApiKeyScheme>
);

#[cfg(feature = "jwt")]
credentials!(AccessToken<OAuth2Scheme>);

impl<S> OperationInput for OAuth2PasswordRequestForm<S> {
    fn operation_input(ctx: &mut GenContext, operation: &mut Operation) {
        set_form::<OAuth2PasswordRequestForm>(ctx, operation);
    }
}

impl<S> OperationInput for OAuth2PasswordRequestFormStrict<S> {
    fn operation_input(ctx: &mut GenContext, operation: &mut Operation) {
        set_form::<OAuth2PasswordRequestFormStrict>(ctx, operation);
    }
}

#[cfg(feature = "login")]
impl<S> OperationInput for TokenRequest<S> {
    fn operation_input(ctx: &mut GenContext, operation: &mut Operation) {
        set_form::<TokenRequest>(ctx, operation);
    }
}

#[cfg(feature = "login")]
impl<S> OperationInput for RevocationRequest<S> {
    fn operation_input(ctx: &mut GenContext, operation: &mut Operation) {
        set_form::<RevocationRequest>(ctx, operation);
    }
}

fn set_form<T: JsonSchema>(ctx: &mut GenContext, operation: &mut Operation) {
    let schema = SchemaObject { json_schema: ctx.schema.subschema_for::<T>(), external_docs: None, example: None };
    let form = MediaType { schema: Some(schema), ..MediaType::default() };
    let body = RequestBody {
        description: None,
        content: [("application/x-www-form-urlencoded".to_owned(), form)].into_iter().collect(),
        required: true,
        extensions: Default::default(),
    };
    set_body(ctx, operation, body);
}
