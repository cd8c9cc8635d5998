//! Which parameters functions have.

use super::*;

#[track_caller]
fn placed(node: Tree, text: &str) {
    let node = takes("f", &[OTHER, node]);
    tells(text, move || parameter(node, 1, true));
}

#[track_caller]
fn written(node: Tree, text: &str) {
    let node = takes("f", &[OTHER, node]);
    tells(text, move || parameter(node, 1, false));
}

#[test]
fn a_dependency_reads_no_body() {
    let reads = "dependency `g` reads the request body";
    placed(takes("g", &[OTHER, BODY]), reads);
    placed(option(takes("g", &[api(), BODY])), reads);
    placed(takes("g", &[leak(group(parameters(&[OTHER, option(BODY)])))]), reads);
    placed(takes("g", &[OTHER, api()]), "");
    placed(BODY, "");
    written(BODY, "");
}

#[test]
fn a_dependency_is_not_public() {
    let public = leak(function("g", &[], &[]).public("why"));
    placed(public, "`g` is public, which says who may call a handler");
}

#[test]
fn arguments_of_a_generic_dependency_are_checked_where_they_are_written() {
    let wrong = "declares scope `a` twice";
    let twice = scheme("Api", &["a", "a"]);
    let generic = |nodes: &[Tree]| -> Tree { leak(function("g", &[], parameters(nodes)).generic()) };
    placed(generic(&[OTHER, twice]), wrong);
    placed(generic(&[leak(group(parameters(&[OTHER, option(twice)])))]), wrong);
    placed(generic(&[OTHER, generic(&[twice])]), wrong);
    placed(generic(&[option(takes("h", &[OTHER]))]), "`h` reads no credential");
    placed(generic(&[api()]), "");
    // Elsewhere, it is told at the function's own parameter.
    placed(takes("g", &[twice]), "");
    placed(generic(&[takes("h", &[twice])]), "");
}

#[test]
fn a_type_does_not_hide_what_the_attribute_has_to_see() {
    written(leak(group(parameters(&[OTHER, takes("g", &[])]))), "this type hides a dependency");
    written(option(takes("g", &[])), "this type hides a dependency");
    written(leak(group(parameters(&[SECURITY_SCOPES]))), "this type hides `SecurityScopes`");
    written(leak(Node::leaf(Kind::RequiredScopes)), "");
    written(api(), "");
    written(leak(group(parameters(&[OTHER, scheme("", &[])]))), "a security scheme needs a name");
    written(scheme("", &[]), "a security scheme needs a name");
}

#[test]
fn a_function_with_credential_required_takes_an_optional_credential() {
    let none = "no parameter of `f` is an `Option` of a credential";
    for (node, text) in [
        (takes("f", &[OTHER, option(api())]), ""),
        (takes("f", &[option(takes("g", &[api()]))]), ""),
        (takes("f", &[option(UNKNOWN)]), ""),
        (takes("f", &[UNKNOWN]), ""),
        (takes("f", &[OTHER, leak(group(parameters(&[OTHER, option(api())])))]), ""),
        (takes("f", &[]), none),
        (takes("f", &[api(), option(OTHER)]), none),
        (takes("f", &[takes("g", &[option(api())])]), none),
        (takes("f", &[leak(group(parameters(&[OTHER, api()])))]), none),
    ] {
        tells(text, move || optional_credential(node));
    }
}

#[test]
fn only_what_asks_nobody_is_public() {
    tells("`f` asks for a credential, so not everybody may call it", || public(takes("f", &[api()])));
    tells("", || public(takes("f", &[option(api())])));
    tells("", || public(takes("f", &[])));
}

#[test]
fn a_document_needs_the_whole_tree() {
    tells("the document cannot say what `f` requires", || documented(takes("f", &[OTHER, takes("g", &[UNKNOWN])])));
    tells("", || documented(takes("f", &[api()])));
}

#[test]
fn a_guard_has_dependencies() {
    tells("a guard without dependencies guards nothing", || guards_something(takes("f", &[])));
    tells("", || guards_something(takes("f", &[takes("g", &[])])));
}
