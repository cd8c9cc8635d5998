//! Finishing a document: markers become requirements and schemes.

use std::collections::BTreeMap;

use ::utoipa::openapi::{
    OpenApi, PathItem, RefOr, Response,
    path::Operation,
    security::{Flow, OAuth2, SecurityRequirement, SecurityScheme},
};
use serde_json::Value;

use crate::openapi::{
    alternatives::Requirements,
    endpoints::sealed::Document,
    finishing::{ENFORCED, PUBLIC, Schemes, Security},
    marker::{MARKER, Marker},
    refusal::reason,
};

pub(super) fn finish(api: &mut OpenApi) {
    let of_document = api.security.as_deref().map(requirements).unwrap_or_default();
    let components = api.components.get_or_insert_default();
    let known = components.security_schemes.iter();
    let known = known.filter_map(|(name, scheme)| Some((name.clone(), serde_json::to_value(scheme).ok()?)));
    let mut schemes = Schemes(known.collect());
    for operation in api.paths.paths.values_mut().flat_map(operations) {
        finish_operation(operation, &mut schemes, &of_document);
    }
    for (name, scheme) in schemes.0 {
        if let Some(scheme) = typed(scheme) {
            components.security_schemes.entry(name).or_insert(RefOr::T(scheme));
        }
    }
}

pub(super) fn operations(item: &mut PathItem) -> impl Iterator<Item = &mut Operation> {
    operations_of(item).map(|(_, operation)| operation)
}

/// The operations, each with its method. Methods without a member of their own are not told apart.
pub(crate) fn operations_of(item: &mut PathItem) -> impl Iterator<Item = (&'static str, &mut Operation)> {
    let PathItem { get, put, post, delete, options, head, patch, trace, query, additional_operations, .. } = item;
    let own = [
        ("GET", get),
        ("PUT", put),
        ("POST", post),
        ("DELETE", delete),
        ("OPTIONS", options),
        ("HEAD", head),
        ("PATCH", patch),
        ("TRACE", trace),
        ("QUERY", query),
    ];
    own.into_iter()
        .filter_map(|(method, operation)| Some((method, operation.as_mut()?)))
        .chain(additional_operations.values_mut().map(|operation| ("*", operation)))
}

fn finish_operation(operation: &mut Operation, schemes: &mut Schemes, of_document: &Requirements) {
    for (status, response) in &mut operation.responses.responses {
        if let RefOr::T(response) = response {
            describe(status, response);
        }
    }
    let Some(extensions) = &mut operation.extensions else { return };
    let Some(marker) = extensions.get(MARKER).and_then(Marker::read) else { return };
    extensions.remove(MARKER);
    let security = operation.security.as_deref().map(requirements);
    let before = Security { security, enforced: extensions.remove(ENFORCED) };
    let Security { security, enforced } = schemes.finish(&marker, before, of_document);
    extensions.extend(enforced.map(|enforced| (ENFORCED.to_owned(), enforced)));
    extensions.extend(marker.public.map(|why| (PUBLIC.to_owned(), Value::String(why))));
    if extensions.is_empty() {
        operation.extensions = None;
    }
    operation.security = security.map(|list| list.into_iter().map(typed_requirement).collect());
}

fn requirements(list: &[SecurityRequirement]) -> Requirements {
    let list = list.iter().filter_map(|requirement| serde_json::to_value(requirement).ok());
    list.filter_map(|requirement| serde_json::from_value(requirement).ok()).collect()
}

fn typed_requirement(requirement: BTreeMap<String, Vec<String>>) -> SecurityRequirement {
    requirement.into_iter().fold(SecurityRequirement::default(), |all, (name, scopes)| all.add(name, scopes))
}

/// Adds the description that OpenAPI requires. utoipa omits an empty one.
fn describe(status: &str, response: &mut Response) {
    if response.description.is_empty() {
        response.description = reason(status.parse().ok()).to_owned();
    }
}

impl Document for OpenApi {
    fn scheme(&self, name: &str) -> Option<Value> {
        serde_json::to_value(self.components.as_ref()?.security_schemes.get(name)?).ok()
    }

    fn replace(&mut self, name: &str, scheme: Value) -> Option<()> {
        *self.components.as_mut()?.security_schemes.get_mut(name)? = RefOr::T(typed(scheme)?);
        Some(())
    }
}

/// A Security Scheme Object in utoipa's types. serde alone would read each flow as the first kind that fits, and lose URLs.
fn typed(scheme: Value) -> Option<SecurityScheme> {
    let flows = scheme.get("flows").and_then(Value::as_object).cloned().unwrap_or_default();
    let mut scheme = serde_json::from_value(scheme).ok()?;
    if let SecurityScheme::OAuth2(OAuth2 { flows: misread, .. }) = &mut scheme {
        *misread =
            flows.into_iter().filter_map(|(name, flow)| Some((name.clone(), typed_flow(&name, flow)?))).collect();
    }
    Some(scheme)
}

fn typed_flow(name: &str, flow: Value) -> Option<Flow> {
    let flow = match name {
        "implicit" => serde_json::from_value(flow).map(Flow::Implicit),
        "password" => serde_json::from_value(flow).map(Flow::Password),
        "clientCredentials" => serde_json::from_value(flow).map(Flow::ClientCredentials),
        _ => serde_json::from_value(flow).map(Flow::AuthorizationCode),
    };
    flow.ok()
}
