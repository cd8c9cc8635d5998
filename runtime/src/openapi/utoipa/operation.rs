//! Adds to `#[utoipa::path]` the responses by which a handler refuses, and the marker that finishing reads.

use std::{collections::BTreeMap, marker::PhantomData};

use ::utoipa::{
    IntoResponses,
    openapi::{Content, Header, ObjectBuilder, RefOr, Response, ResponseBuilder, path::Operation, schema::Type},
};
use serde_json::Value;

use crate::{
    openapi::{
        marker::{MARKER, Marker},
        refusal::{Refusal, refusals},
        requirement::{Credential, requirement},
    },
    tree::{node::Node, secured::Secured},
};

/// The refusals of handler `F`.
#[derive(Debug)]
pub struct Refusals<F>(PhantomData<F>);

impl<F: Secured> IntoResponses for Refusals<F> {
    fn responses() -> BTreeMap<String, RefOr<Response>> {
        responses(&requirement(F::DEPENDENCY_TREE).credentials).collect()
    }
}

/// The requirement of handler `F`, as an extension of its operation.
#[must_use]
pub fn requirement_of<F: Secured>() -> Value {
    Marker::new(F::DEPENDENCY_TREE).write()
}

/// Adds the requirement of a guard to an operation that it protects.
pub(super) fn add_guard(operation: &mut Operation, tree: &'static Node) {
    let guard = requirement(tree);
    let marker = operation.extensions.as_ref().and_then(|extensions| extensions.get(MARKER));
    if let Some(marker) = Marker::behind(&guard, marker) {
        operation.extensions.get_or_insert_default().insert(MARKER.to_owned(), marker.write());
    }
    for (status, response) in responses(&guard.credentials) {
        operation.responses.responses.entry(status).or_insert(response);
    }
}

fn responses(credentials: &[Credential]) -> impl Iterator<Item = (String, RefOr<Response>)> {
    refusals(credentials).map(|refusal| (refusal.status.to_string(), RefOr::T(response(&refusal))))
}

fn response(refusal: &Refusal) -> Response {
    let (name, example) = &refusal.header;
    let mut header = Header::default();
    header.example = Some(example.as_str().into());
    let mut response = ResponseBuilder::new().description(refusal.description).header(*name, header);
    if let Some(body) = &refusal.content {
        let schema = body.members.as_ref().map(|members| members.iter().fold(ObjectBuilder::new(), string));
        let mut content = Content::new(schema);
        content.example = body.example.clone();
        response = response.content(&body.media_type, content);
    }
    response.build()
}

/// `object` with one more member.
fn string(object: ObjectBuilder, member: &String) -> ObjectBuilder {
    object.property(member, ObjectBuilder::new().schema_type(Type::String))
}
