//! Finishing a document: markers become requirements and schemes.

use std::mem;

use ::aide::{
    openapi::{Components, OpenApi, Operation, ReferenceOr, Response, SecurityRequirement, StatusCode},
    util::iter_operations_mut,
};
use serde_json::{Map, Value};

use super::operation::{put_offered_refusals, settle};
use crate::openapi::{
    alternatives::Requirements,
    endpoints::sealed::Document,
    finishing::{ENFORCED, Said, Schemes},
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
    // Not in the types that aide has for them: those write `null` for each flow without a URL for refreshing.
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

/// The schemes that the document has already, taken out of it.
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
        put_offered_refusals(operation, &marker);
        secure(operation, &schemes.finish(&marker, said(operation), of_document));
    }
    describe(operation);
}

/// What the operation says. No `security` and an empty one are the same in aide's types.
fn said(operation: &Operation) -> Said {
    let security = requirements(&operation.security);
    Said {
        security: Some(security).filter(|list| !list.is_empty()),
        enforced: operation.extensions.get(ENFORCED).cloned(),
    }
}

fn secure(operation: &mut Operation, said: &Said) {
    let security = said.security.iter().flatten().map(|requirement| requirement.clone().into_iter().collect());
    operation.security = security.collect();
    // aide leaves an empty list out, so this is said by an empty requirement.
    if said.security.as_ref().is_some_and(Vec::is_empty) {
        operation.security.push(SecurityRequirement::default());
    }
    operation.extensions.extend(said.enforced.clone().map(|enforced| (ENFORCED.to_owned(), enforced)));
}

fn requirements(list: &[SecurityRequirement]) -> Requirements {
    list.iter().map(|requirement| requirement.clone().into_iter().collect()).collect()
}

/// OpenAPI requires a description.
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
