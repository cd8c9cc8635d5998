//! Dependencies in an `Option`.

use super::*;

#[track_caller]
fn checked(function: Tree, text: &str) {
    let last = function.children.len() - 1;
    tells(text, move || parameter(function, last, true));
    tells(text, move || chooses_soundly(function));
}

#[test]
fn one_of_which_a_credential_is_required_requires_it() {
    let lenient = option(takes("g", &[option(api())]));
    let accepts = "`g` accepts requests without a credential, so it is none of those of which `f` requires one";
    checked(one_of(&[OTHER, lenient]), accepts);
    checked(takes("f", &[OTHER, lenient]), "");
    checked(one_of(&[option(takes("g", &[api()]))]), "");
    checked(one_of(&[option(takes("g", &[UNKNOWN]))]), "");
    let strict = leak(function("g", &[], parameters(&[option(api())])).credential_required());
    checked(one_of(&[option(strict)]), "");
}

#[test]
fn one_in_an_option_reads_a_credential() {
    checked(takes("f", &[option(takes("g", &[OTHER]))]), "`g` reads no credential, so it is never `None`");
    checked(takes("f", &[takes("g", &[OTHER])]), "");
    checked(takes("f", &[option(OTHER)]), "");
}

#[test]
fn two_do_not_read_one_place() {
    let at = |name, place| option(takes(name, &[OTHER, placed_at(name, SchemeKind::ApiKeyHeader(place))]));
    let both = "`a` and `b` read `a` and `b` from the same place of a request";
    for function in [takes as fn(_, &[Tree]) -> _, |_, nodes| one_of(nodes)] {
        checked(function("f", &[at("a", "x-key"), OTHER, at("b", "X-Key")]), both);
        checked(function("f", &[at("a", "x-key"), at("b", "x-other")]), "");
    }
    // Nobody presents one credential in a place that only an extractor of the service's own knows.
    let own = |name| option(takes(name, &[scheme(name, &[])]));
    checked(one_of(&[own("a"), own("b")]), "");
    // The same scheme is no second credential. But of two that require it, one is no choice.
    let same = placed_at("Key", SchemeKind::ApiKeyCookie("key"));
    let (a, b) = (option(takes("a", &[same])), option(takes("b", &[OTHER, takes("c", &[same])])));
    checked(takes("f", &[a, b]), "");
    checked(one_of(&[a, b]), "`a` and `b` both read `Key`, so whoever presents it needs both");
    // What is not optional is no choice.
    checked(one_of(&[takes("a", &[same]), b]), "");
}
