//! The requirement of a tree: takes trees made by hand, yields alternatives.
#![allow(clippy::unwrap_used, reason = "tests")]

use serde_json::{Value, json};

use super::{
    alternatives::{Alternatives, Requirements},
    finishing::Schemes,
    marker::marked,
    requirement::{requirement, requirement_below},
};
use crate::{
    scheme::info::SchemeInfo,
    scopes::{
        gathered::Gathered,
        own::{OwnScopes, Written},
    },
    tree::node::{Child, Kind, Node, function, group},
};

const A: &Node = &Node::scheme(&SchemeInfo::new("A"));
const B: &Node = &Node::scheme(&SchemeInfo::new("B"));
const C: &Node = &Node::scheme(&SchemeInfo::new("C"));
const SCOPES: &Node = &Node::leaf(Kind::SecurityScopes);

const fn child(node: &'static Node) -> Child {
    Child::new(&[], node)
}

const OPTION_A: &Node = &Node::optional(&[child(A)]);
const OPTION_B: &Node = &Node::optional(&[child(B)]);
const OPTION_C: &Node = &Node::optional(&[child(C)]);

/// The `security` of an operation with this tree.
fn security(tree: &'static Node) -> Value {
    below(tree, &[])
}

fn below(tree: &'static Node, outer: Written) -> Value {
    let alternatives =
        Schemes::default().named(&marked(&requirement_below(tree, Gathered::default().and(OwnScopes::new(outer)))));
    serde_json::to_value(Requirements::from(alternatives)).unwrap()
}

#[test]
fn a_required_credential_is_the_only_alternative() {
    const TREE: &Node = &function("f", &[], &[child(A)]);
    assert_eq!(security(TREE), json!([{"A": []}]));
    const TWO: &Node = &function("f", &[], &[child(B), child(A)]);
    assert_eq!(security(TWO), json!([{"A": [], "B": []}]));
    const NONE: &Node = &function("f", &["items"], &[child(&Node::OTHER)]);
    assert_eq!(security(NONE), json!([{}]));
}

#[test]
fn an_optional_credential_leaves_a_function_public() {
    const ONE: &Node = &function("f", &[], &[child(OPTION_A)]);
    assert_eq!(security(ONE), json!([{}, {"A": []}]));
    const TWO: &Node = &function("f", &[], &[child(OPTION_B), child(OPTION_A)]);
    assert_eq!(security(TWO), json!([{}, {"B": []}, {"A": []}]));
}

#[test]
fn tuples_require_what_their_elements_require() {
    const OPTIONS: &Node = &function("f", &[], &[child(&group(&[child(OPTION_A), child(OPTION_B)]))]);
    assert_eq!(security(OPTIONS), json!([{}, {"A": []}, {"B": []}]));
    const OPTION: &Node = &function("f", &[], &[child(&Node::optional(&[child(&group(&[child(A), child(B)]))]))]);
    assert_eq!(security(OPTION), json!([{}, {"A": [], "B": []}]));
    const MIXED: &Node = &function("f", &[], &[child(&group(&[child(OPTION_A), child(B)]))]);
    assert_eq!(security(MIXED), json!([{"B": []}]));
    const TWICE: &Node = &function("f", &[], &[child(&Node::optional(&[child(OPTION_A)]))]);
    assert_eq!(security(TWICE), json!([{}, {"A": []}]));
}

/// A function with `#[security(credential_required)]`.
#[test]
fn one_of_the_optional_credentials_can_be_required() {
    const ONE: &Node = &function("f", &[], &[child(OPTION_A), child(OPTION_B)]).credential_required();
    assert_eq!(security(ONE), json!([{"A": []}, {"B": []}]));
    const AND_ANOTHER: &Node = &function("f", &[], &[child(OPTION_A), child(C), child(OPTION_B)]).credential_required();
    assert_eq!(security(AND_ANOTHER), json!([{"A": [], "C": []}, {"B": [], "C": []}]));
    const IN_A_TUPLE: &Node =
        &function("f", &[], &[child(&group(&[child(OPTION_A), child(OPTION_B)]))]).credential_required();
    assert_eq!(security(IN_A_TUPLE), json!([{"A": []}, {"B": []}]));
    const BELOW: &Node = &function("handler", &[], &[child(ONE), child(OPTION_C)]);
    assert_eq!(security(BELOW), json!([{"A": []}, {"B": []}]));
}

/// `credential_required` is about the function's own parameters, not those of its dependencies.
#[test]
fn the_optional_credentials_of_a_dependency_do_not_count_for_the_function_above() {
    const MAYBE_B: &Node = &function("maybe_b", &[], &[child(OPTION_B)]);
    const TREE: &Node = &function("f", &[], &[child(OPTION_A), child(MAYBE_B)]).credential_required();
    assert_eq!(security(TREE), json!([{"A": []}]));
}

const ENFORCER: &Node = &function("enforcer", &[], &[child(SCOPES), child(OPTION_A), child(OPTION_B)]);

#[test]
fn a_function_that_compares_scopes_needs_a_credential_where_there_are_some() {
    assert_eq!(security(ENFORCER), json!([{}, {"A": []}, {"B": []}]));
    const SCOPED: &Node = &function("f", &["items"], &[child(ENFORCER)]);
    assert_eq!(security(SCOPED), json!([{"A": ["items"]}, {"B": ["items"]}]));
    const EDGE: &Node = &function("f", &[], &[Child::new(&["items"], ENFORCER)]);
    assert_eq!(security(EDGE), json!([{"A": ["items"]}, {"B": ["items"]}]));
    assert_eq!(below(ENFORCER, &["items"]), json!([{"A": ["items"]}, {"B": ["items"]}]));
}

/// The scopes may be compared with those of a credential that is required anyway.
#[test]
fn a_required_credential_is_enough_for_a_function_that_compares_scopes() {
    const OWN: &Node = &function("f", &["items"], &[child(SCOPES), child(OPTION_A), child(B)]);
    assert_eq!(security(OWN), json!([{"B": ["items"]}]));
    const GET_B: &Node = &function("get_b", &[], &[child(B)]);
    const DEEP: &Node = &function("f", &["items"], &[child(SCOPES), child(OPTION_A), child(GET_B)]);
    assert_eq!(security(DEEP), json!([{"B": ["items"]}]));
    const TOKEN_IF_ANY: &Node = &function("token_if_any", &[], &[child(OPTION_A)]);
    const DEEPER: &Node = &function("f", &["items"], &[child(SCOPES), child(TOKEN_IF_ANY), child(B)]);
    assert_eq!(security(DEEPER), json!([{"B": ["items"]}]));
}

/// One function reads the token, another one compares its scopes.
#[test]
fn a_function_that_compares_scopes_needs_a_credential_of_a_dependency() {
    const TOKEN: &Node = &function("token_if_any", &[], &[child(OPTION_A)]);
    const COMPARES: &Node = &function("compares", &[], &[child(SCOPES), child(TOKEN)]);
    assert_eq!(security(COMPARES), json!([{}, {"A": []}]));
    assert_eq!(below(COMPARES, &["items"]), json!([{"A": ["items"]}]));
}

#[test]
fn two_functions_need_the_credentials_of_both() {
    const FIRST: &Node = &function("first", &[], &[child(SCOPES), child(OPTION_A)]);
    const SECOND: &Node = &function("second", &[], &[child(SCOPES), child(OPTION_B), child(OPTION_C)]);
    const BOTH: &Node = &function("f", &["items"], &[child(FIRST), child(SECOND)]);
    let expected = json!([{"A": ["items"], "B": ["items"]}, {"A": ["items"], "C": ["items"]}]);
    assert_eq!(security(BOTH), expected);
    const ONE_SCOPED: &Node = &function("f", &[], &[child(FIRST), Child::new(&["me"], SECOND)]);
    assert_eq!(security(ONE_SCOPED), json!([{"B": ["me"]}, {"C": ["me"]}]));
    const NONE_SCOPED: &Node = &function("f", &[], &[child(FIRST), child(SECOND)]);
    assert_eq!(security(NONE_SCOPED), json!([{}, {"A": []}, {"B": []}, {"C": []}]));
}

#[test]
fn a_credential_of_two_functions_grants_the_scopes_of_both() {
    const FIRST: &Node = &function("first", &["me"], &[child(SCOPES), child(OPTION_A)]);
    const SECOND: &Node = &function("second", &["items"], &[child(SCOPES), child(A)]);
    const BOTH: &Node = &function("f", &[], &[child(FIRST), child(SECOND)]);
    assert_eq!(security(BOTH), json!([{"A": ["me", "items"]}]));
    const BESIDE: &Node = &function("f", &[], &[child(OPTION_A), child(SECOND)]);
    assert_eq!(security(BESIDE), json!([{"A": ["items"]}]));
}

/// A function that takes a token or a key chooses one, and the same one in every place.
#[test]
fn an_optional_credential_of_two_functions_is_enough_for_both() {
    const TWICE: &Node = &function("f", &[], &[Child::new(&["me"], ENFORCER), Child::new(&["items"], ENFORCER)]);
    assert_eq!(security(TWICE), json!([{"A": ["me", "items"]}, {"B": ["me", "items"]}]));
    const REQUIRED_ELSEWHERE: &Node = &function("f", &[], &[child(A), Child::new(&["items"], ENFORCER)]);
    assert_eq!(security(REQUIRED_ELSEWHERE), json!([{"A": ["items"]}]), "it may be chosen although B is there");
    const BOTH: &Node = &function("f", &[], &[child(A), child(B), Child::new(&["items"], ENFORCER)]);
    assert_eq!(security(BOTH), json!([{"A": ["items"], "B": ["items"]}]));
}

#[test]
fn a_scheme_shows_the_scopes_that_the_nearest_function_above_compares() {
    const READS: &Node = &function("reads", &[], &[child(A)]);
    const READS_SCOPED: &Node = &function("reads", &["not_compared"], &[child(A)]);
    assert_eq!(below(READS, &["items"]), json!([{"A": []}]), "nobody compares");
    const COMPARES: &Node = &function("compares", &["me"], &[child(SCOPES), Child::new(&["edge"], READS_SCOPED)]);
    assert_eq!(below(COMPARES, &["items"]), json!([{"A": ["items", "me"]}]));
    const INNER: &Node = &function("inner", &["inner"], &[child(SCOPES), child(A)]);
    const OUTER: &Node = &function("outer", &["outer"], &[child(SCOPES), child(B), child(INNER)]);
    assert_eq!(security(OUTER), json!([{"A": ["outer", "inner"], "B": ["outer"]}]));
}

/// A dependency in an `Option` is an optional credential with all its requirements.
#[test]
fn an_optional_dependency_is_an_alternative() {
    const BOTH: &Node = &function("both", &[], &[child(A), child(B)]);
    const TREE: &Node = &function("f", &[], &[child(&Node::optional(&[child(BOTH)])), child(OPTION_C)]);
    assert_eq!(security(TREE), json!([{}, {"A": [], "B": []}, {"C": []}]));
}

#[test]
fn alternatives_that_require_more_than_another_are_left_out() {
    let list = |value: Value| Alternatives::from(serde_json::from_value::<Requirements>(value).unwrap());
    for (said, reduced) in [
        (json!([]), json!([{}])),
        (json!([{"A": []}, {"A": ["a"]}]), json!([{"A": []}])),
        (json!([{"A": ["a", "b"]}, {"A": ["b"]}, {"A": ["a"]}]), json!([{"A": ["b"]}, {"A": ["a"]}])),
        (json!([{"A": [], "B": []}, {"B": []}, {"C": []}]), json!([{"B": []}, {"C": []}])),
        (json!([{"A": ["a", "b"]}, {"A": ["b", "a"]}]), json!([{"A": ["a", "b"]}])),
        (json!([{"A": []}, {}, {"B": []}, {}]), json!([{}, {"A": []}, {"B": []}])),
    ] {
        assert_eq!(json!(Requirements::from(list(said.clone()).reduced())), reduced, "{said}");
        assert!(list(reduced.clone()).same(&list(said.clone()).reduced()), "{said}");
    }
    assert!(!list(json!([{"A": []}])).same(&list(json!([{"A": ["a"]}]))));
    assert!(!list(json!([{"A": []}])).same(&list(json!([{}, {"A": []}]))));
}

/// The refusals of credentials are listed whether the credential is optional or not.
#[test]
fn optional_credentials_are_read_as_well() {
    const TREE: &Node = &function("f", &["items"], &[child(OPTION_C), child(ENFORCER), child(A)]);
    let read: Vec<_> = requirement(TREE).credentials.iter().map(|read| (read.scheme.name(), read.scoped)).collect();
    assert_eq!(read, [("C", false), ("A", true), ("B", true)]);
}
