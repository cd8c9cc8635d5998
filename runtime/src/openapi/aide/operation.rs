//! Adds to an operation the marker that finishing reads, and the responses by which the operation refuses.

use ::aide::openapi::{
    Header, HeaderStyle, MediaType, Operation, Parameter, ParameterData, ParameterSchemaOrContent, ReferenceOr,
    Response, SchemaObject, StatusCode,
};
use schemars::Schema;
use serde::Deserialize;
use serde_json::{Map, Value, json};

use crate::{
    openapi::{
        finishing::ELSEWHERE,
        marker::{MARKER, Marker, marked},
        refusal::{Content, Refusal, refusals},
        requirement::{Credential, Requirement, requirement},
    },
    tree::node::Node,
};

/// The description of an added parameter that stands for a dependency.
const DEPENDENCY: &str = "dependency";

/// Marks the operation of a handler with `#[security]`, whether its next parameter requires something or not.
pub(super) fn mark(operation: &mut Operation) {
    change(operation, |_| {});
}

/// The same for a handler that everybody may call, with the reason.
pub(crate) fn mark_public(operation: &mut Operation, why: &str) {
    change(operation, |marker| marker.public = Some(why.to_owned()));
}

/// Tells what else decides who may call an operation.
pub(crate) fn mark_elsewhere(operation: &mut Operation, who: &str) {
    operation.extensions.insert(ELSEWHERE.to_owned(), who.into());
}

/// Adds the requirement of a handler's next parameter.
fn add_requirement(operation: &mut Operation, requirement: &Requirement) {
    if requirement.credentials.is_empty() {
        settle(operation);
    } else {
        change(operation, |marker| marker.needs.extend(marked(requirement)));
    }
}

/// The same for a parameter that may be in an `Option`.
///
/// aide describes `Option<T>` as `T` and makes the added parameters optional. So this adds a parameter, and [`settle`]
/// removes it and looks whether it is optional.
pub(super) fn add_optional_requirement(operation: &mut Operation, requirement: &Requirement, is_dependency: bool) {
    if requirement.credentials.is_empty() || requirement.needs.has_choice() {
        return add_requirement(operation, requirement);
    }
    change(operation, |marker| marker.needs.require_all(marked(requirement)));
    let refusals = refusals(&requirement.credentials)
        .filter_map(|refusal| Some((refusal.status.to_string(), serde_json::to_value(response(&refusal)).ok()?)));
    operation.parameters.push(ReferenceOr::Item(Parameter::Header {
        parameter_data: ParameterData {
            name: MARKER.to_owned(),
            description: is_dependency.then(|| DEPENDENCY.to_owned()),
            required: true,
            deprecated: None,
            format: string(),
            example: None,
            examples: Default::default(),
            explode: None,
            extensions: refusals.collect(),
        },
        style: HeaderStyle::Simple,
    }));
}

/// Finds out whether the last parameter was in an `Option`.
pub(super) fn settle(operation: &mut Operation) {
    let is_ours = |parameter: &ReferenceOr<Parameter>| {
        parameter.as_item().is_some_and(|parameter| parameter.parameter_data_ref().name == MARKER)
    };
    let Some(at) = operation.parameters.iter().position(is_ours) else { return };
    let Some(parameter) = operation.parameters.remove(at).into_item() else { return };
    let ParameterData { required: false, extensions: refusals, description, .. } = parameter.parameter_data() else {
        return;
    };
    change(operation, |marker| {
        marker.needs.offer_last(description.as_deref() == Some(DEPENDENCY));
        marker.refusals.extend(refusals);
    });
}

/// Changes the marker of an operation.
fn change(operation: &mut Operation, change: impl FnOnce(&mut Marker)) {
    settle(operation);
    let marker = operation.extensions.entry(MARKER.to_owned()).or_default();
    let mut changed = Marker::read(marker).unwrap_or_default();
    changed.handler = true;
    change(&mut changed);
    *marker = changed.write();
}

/// Adds the requirement of a guard to an operation that it protects.
pub(super) fn add_guard(operation: &mut Operation, tree: &'static Node) {
    let guard = requirement(tree);
    if let Some(marker) = Marker::behind(&guard, operation.extensions.get(MARKER)) {
        operation.extensions.insert(MARKER.to_owned(), marker.write());
    }
    add_refusals(operation, &guard.credentials);
}

/// Adds the refusals of credentials. A response that a status already has is kept.
pub(super) fn add_refusals(operation: &mut Operation, credentials: &[Credential]) {
    for refusal in refusals(credentials) {
        let responses = &mut operation.responses.get_or_insert_default().responses;
        responses.entry(StatusCode::Code(refusal.status)).or_insert_with(|| ReferenceOr::Item(response(&refusal)));
    }
}

/// Adds the refusals of optional credentials, which aide does not collect; not if inferring responses is off.
pub(super) fn add_optional_refusals(operation: &mut Operation, marker: &Marker) {
    let Some(responses) = &mut operation.responses else { return };
    for (status, response) in &marker.refusals {
        let (Ok(status), Ok(response)) = (status.parse(), Response::deserialize(response)) else { continue };
        responses.responses.entry(StatusCode::Code(status)).or_insert(ReferenceOr::Item(response));
    }
}

fn response(refusal: &Refusal) -> Response {
    let (name, example) = &refusal.header;
    let header = Header {
        description: None,
        style: HeaderStyle::Simple,
        required: false,
        deprecated: None,
        format: string(),
        example: Some(example.as_str().into()),
        examples: Default::default(),
        extensions: Default::default(),
    };
    let content = refusal.content.as_ref().map(|content| (content.media_type.clone(), media_type(content)));
    Response {
        description: refusal.description.to_owned(),
        headers: [((*name).to_owned(), ReferenceOr::Item(header))].into_iter().collect(),
        content: content.into_iter().collect(),
        ..Response::default()
    }
}

fn media_type(content: &Content) -> MediaType {
    let object = |members: &Vec<String>| {
        let properties: Map<_, _> = members.iter().map(|name| (name.clone(), json!({"type": "string"}))).collect();
        schema(json!({"type": "object", "properties": properties}))
    };
    MediaType { schema: content.members.as_ref().map(object), example: content.example.clone(), ..MediaType::default() }
}

fn string() -> ParameterSchemaOrContent {
    ParameterSchemaOrContent::Schema(schema(json!({"type": "string"})))
}

/// A schema in aide's types.
pub(super) fn schema(schema: Value) -> SchemaObject {
    SchemaObject { json_schema: Schema::try_from(schema).unwrap_or_default(), external_docs: None, example: None }
}
