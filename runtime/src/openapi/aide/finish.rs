//! Finishing a document: markers become requirements and schemes.

use std::mem;

use ::aide::{
    openapi::{Components, OpenApi, Operation, ReferenceOr, Response, SecurityRequirement, StatusCode},
    util::iter_operations_mut,
};
use serde_json::{Map, Value};

use super::operation::{add_optional_refusals, settle};
use crate::openapi::{
    alternatives::Requirements,
    endpoints::sealed::Document,
    finishing::{ENFORCED, PUBLIC, Schemes, Security},
    marker::{MARKER, Marker},
    refusal::reason,
};

/// The member of the components that lists the schemes.
const SECURITY_SCHEMES: &str = "securitySchemes";

pub(super) fn finish(api: &mut OpenApi) {
    let of_document = requirements(&api.security);
    let components = api.components.get_or_insert_default();
    let mut schemes = Schemes(taken(components));
    let items = api.paths.iter_mut().flat_map(|paths| paths.paths.values_mut()).filter_map(ReferenceOr::as_item_mut);
    for (_, operation) in items.flat_map(iter_operations_mut) {
        finish_operation(operation, &mut schemes, &of_document);
    }
    // aide's own types would write `null` for a flow without a refresh URL.
    if !schemes.0.is_empty() {
        components.extensions.insert(SECURITY_SCHEMES.to_owned(), schemes.0.into());
    }
}

impl Document for OpenApi {
    fn scheme(&self, name: &str) -> Option<Value> {
        self.components.as_ref()?.extensions.get(SECURITY_SCHEMES)?.get(name).cloned()
    }

    fn replace(&mut self, name: &str, scheme: Value) -> Option<()> {
        *self.components.as_mut()?.extensions.get_mut(SECURITY_SCHEMES)?.get_mut(name)? = scheme;
        Some(())
    }
}

/// Takes the existing schemes out of the document.
fn taken(components: &mut Components) -> Map<String, Value> {
    let finished = components.extensions.shift_remove(SECURITY_SCHEMES);
    let mut schemes = finished.as_ref().and_then(Value::as_object).cloned().unwrap_or_default();
    for (name, scheme) in mem::take(&mut components.security_schemes) {
        if let Ok(mut scheme) = serde_json::to_value(scheme) {
            let flows = scheme.get_mut("flows").and_then(Value::as_object_mut);
            for flow in flows.into_iter().flat_map(|flows| flows.values_mut()).filter_map(Value::as_object_mut) {
                flow.retain(|_, value| !value.is_null());
            }
            schemes.insert(name, scheme);
        }
    }
    schemes
}

fn finish_operation(operation: &mut Operation, schemes: &mut Schemes, of_document: &Requirements) {
    settle(operation);
    if let Some(marker) = operation.extensions.get(MARKER).and_then(Marker::read) {
        operation.extensions.shift_remove(MARKER);
        add_optional_refusals(operation, &marker);
        set_security(operation, &schemes.finish(&marker, security(operation), of_document));
        operation.extensions.extend(marker.public.map(|why| (PUBLIC.to_owned(), Value::String(why))));
    }
    describe(operation);
}

/// The security of the operation. aide's types do not distinguish an empty `security` from none.
fn security(operation: &Operation) -> Security {
    Security {
        security: Some(requirements(&operation.security)).filter(|list| !list.is_empty()),
        enforced: operation.extensions.get(ENFORCED).cloned(),
    }
}

fn set_security(operation: &mut Operation, Security { security, enforced }: &Security) {
    let list = security.iter().flatten().map(|requirement| requirement.clone().into_iter().collect());
    operation.security = list.collect();
    // aide does not serialise an empty list. An empty requirement means the same.
    if security.as_ref().is_some_and(Vec::is_empty) {
        operation.security.push(SecurityRequirement::default());
    }
    operation.extensions.extend(enforced.clone().map(|enforced| (ENFORCED.to_owned(), enforced)));
}

fn requirements(list: &[SecurityRequirement]) -> Requirements {
    list.iter().map(|requirement| requirement.clone().into_iter().collect()).collect()
}

/// Adds the descriptions that OpenAPI requires.
fn describe(operation: &mut Operation) {
    let Some(responses) = &mut operation.responses else { return };
    if let Some(ReferenceOr::Item(response)) = &mut responses.default {
        name(response, None);
    }
    for (status, response) in &mut responses.responses {
        if let (StatusCode::Code(code), ReferenceOr::Item(response)) = (status, response) {
            name(response, Some(*code));
        }
    }
}

fn name(response: &mut Response, code: Option<u16>) {
    if response.description.is_empty() {
        response.description = reason(code).to_owned();
    }
}
