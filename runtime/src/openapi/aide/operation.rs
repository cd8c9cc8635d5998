//! What is put into an operation: the marker that finishing reads, and the answers by which the operation refuses.

use ::aide::openapi::{
    Header, HeaderStyle, MediaType, Operation, Parameter, ParameterData, ParameterSchemaOrContent, ReferenceOr,
    Response, SchemaObject, StatusCode,
};
use schemars::Schema;
use serde_json::{Map, Value, json};

use crate::{
    dependency::node::Node,
    openapi::{
        MARKER, marker,
        refusal::{Refusal, refusals},
        requirement::{Requirement, requirements},
    },
};

/// Adds what the next parameter of a handler requires.
pub(super) fn put(operation: &mut Operation, requirements: &[Requirement]) {
    settle(operation);
    if !requirements.is_empty() {
        marker::append(operation.extensions.entry(MARKER.to_owned()).or_default(), requirements);
    }
}

/// The same for a parameter that may stand in an `Option`.
///
/// aide asks `T` what `Option<T>` is, and then makes the parameters that `T` has added optional. So one is added, and
/// removed when the answer is needed.
pub(super) fn put_open(operation: &mut Operation, requirements: &[Requirement]) {
    put(operation, requirements);
    if !requirements.is_empty() {
        operation.parameters.push(ReferenceOr::Item(Parameter::Header {
            parameter_data: ParameterData {
                name: MARKER.to_owned(),
                description: None,
                required: true,
                deprecated: None,
                format: string(),
                example: None,
                examples: Default::default(),
                explode: None,
                extensions: Default::default(),
            },
            style: HeaderStyle::Simple,
        }));
    }
}

/// Notes whether the last parameter stood in an `Option`.
pub(super) fn settle(operation: &mut Operation) {
    let is_ours = |parameter: &ReferenceOr<Parameter>| {
        parameter.as_item().is_some_and(|parameter| parameter.parameter_data_ref().name == MARKER)
    };
    let Some(at) = operation.parameters.iter().position(is_ours) else { return };
    let parameter = operation.parameters.remove(at).into_item();
    let optional = parameter.is_some_and(|parameter| !parameter.parameter_data_ref().required);
    if let Some(marker) = operation.extensions.get_mut(MARKER).filter(|_| optional) {
        marker::make_last_optional(marker);
    }
}

/// Adds what a guard requires to an operation that it protects.
pub(super) fn put_outer(operation: &mut Operation, tree: &'static Node) {
    let outer = requirements(tree);
    if !outer.is_empty() {
        let marker = marker::marker(&outer, operation.extensions.get(MARKER));
        operation.extensions.insert(MARKER.to_owned(), marker);
    }
    put_refusals(operation, &outer);
}

/// Adds the answers by which these refuse. What there is for a status already is the last word.
pub(super) fn put_refusals(operation: &mut Operation, requirements: &[Requirement]) {
    for refusal in refusals(requirements) {
        let responses = &mut operation.responses.get_or_insert_default().responses;
        responses.entry(StatusCode::Code(refusal.status)).or_insert_with(|| ReferenceOr::Item(response(&refusal)));
    }
}

fn response(refusal: &Refusal) -> Response {
    let members = refusal.members.iter();
    let properties: Map<_, _> =
        members.clone().map(|(name, _)| ((*name).to_owned(), json!({"type": "string"}))).collect();
    let example: Map<_, _> = members.map(|(name, example)| ((*name).to_owned(), Value::from(*example))).collect();
    let (name, header_example) = refusal.header;
    let header = Header {
        description: None,
        style: HeaderStyle::Simple,
        required: false,
        deprecated: None,
        format: string(),
        example: Some(header_example.into()),
        examples: Default::default(),
        extensions: Default::default(),
    };
    let content = MediaType {
        schema: Some(schema(json!({"type": "object", "properties": properties}))),
        example: Some(example.into()),
        ..MediaType::default()
    };
    Response {
        description: refusal.description.to_owned(),
        headers: [(name.to_owned(), ReferenceOr::Item(header))].into_iter().collect(),
        content: [("application/json".to_owned(), content)].into_iter().collect(),
        ..Response::default()
    }
}

fn string() -> ParameterSchemaOrContent {
    ParameterSchemaOrContent::Schema(schema(json!({"type": "string"})))
}

/// A schema in aide's types.
pub(super) fn schema(schema: Value) -> SchemaObject {
    SchemaObject { json_schema: Schema::try_from(schema).unwrap_or_default(), external_docs: None, example: None }
}
