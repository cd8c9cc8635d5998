//! Which scopes are enforced, and by whom.

use super::*;
use crate::tree::check::reach::{Reach, reach};

const NOTHING: &str = "nothing that `f` depends on checks scope `items`";

#[test]
fn a_scope_needs_a_function_that_compares_it() {
    required("items", &[], NOTHING);
    required("items", &[api()], NOTHING);
    required("items", &[takes("user", &[api()])], NOTHING);
    required("items", &[enforcer("user", &[api()])], "");
    required("items", &[takes("between", &[OTHER, enforcer("user", &[api()])])], "");
    required("items", &[option(enforcer("user", &[api()]))], "");
    required("items", &[takes("log", &[]), enforcer("user", &[api()]), takes("log", &[])], "");
    required("items", &[UNKNOWN], "");
    required("items", &[takes("log", &[UNKNOWN])], "");
}

#[test]
fn a_function_that_compares_scopes_needs_a_scheme() {
    let none = "`user` takes `SecurityScopes`, but no security scheme that declares scope `items`";
    required("items", &[enforcer("user", &[])], none);
    required("items", &[enforcer("user", &[OTHER, BODY])], none);
    required("items", &[enforcer("user", &[UNKNOWN])], "");
    required("items", &[enforcer("user", &[]), enforcer("other", &[api()])], "");
    required("items", &[enforcer("other", &[api()]), enforcer("user", &[])], "");
}

#[test]
fn a_scheme_below_declares_the_scope() {
    let undeclared = "scope `billing` is not declared by `Api`, against which `user` checks it";
    required("billing", &[enforcer("user", &[api()])], undeclared);
    required("billing", &[enforcer("user", &[takes("token", &[api()])])], undeclared);
    required("billing", &[enforcer("user", &[group_of(&[OTHER, api()])])], undeclared);
    // Only the service knows what a scheme without scopes grants, but a template needs scopes to be compared with.
    required("billing", &[enforcer("user", &[scheme("Key", &[])])], "");
    required("{x}:billing", &[enforcer("user", &[scheme("Key", &[])])], "is not declared by `Key`");
    required("billing", &[enforcer("user", &[scheme("Key", &[]), api()])], "is not declared by `Key`, `Api`");
    required("billing", &[enforcer("user", &[api(), UNKNOWN])], "");
    required("me", &[enforcer("user", &[scheme("Key", &[]), api()])], "");
    // One that refuses each request is a mistake, whatever else compares the scope.
    let (good, bad) = (enforcer("other", &[scheme("B", &["billing"])]), enforcer("user", &[api()]));
    required("billing", &[good, bad], undeclared);
    required("billing", &[bad, good], undeclared);
}

fn group_of(nodes: &[Tree]) -> Tree {
    leak(group(parameters(nodes)))
}

#[test]
fn schemes_of_one_function_include_the_same_scopes() {
    let with = |name, implies: Implies| including(name, &["a", "b", "c"], implies);
    let disagreeing = "the security schemes of `user` do not agree on which scopes include others";
    let one: Implies = &[("a", &["b"])];
    required("a", &[enforcer("user", &[with("A", one), with("B", &[("a", &["b"])])])], "");
    let others: [Implies; 6] = [
        &[],
        &[("c", &["b"])],
        &[("a", &["c"])],
        &[("a", &[])],
        &[("a", &["b", "c"])],
        &[("a", &["b"]), ("b", &["c"])],
    ];
    for other in others {
        required("a", &[enforcer("user", &[with("A", one), with("B", other)])], disagreeing);
        required("a", &[enforcer("user", &[with("A", other), with("B", one)])], disagreeing);
    }
    let three: Implies = &[("a", &["b", "c"]), ("b", &["c"])];
    let last: Implies = &[("a", &["b", "c"]), ("b", &["b"])];
    required("a", &[enforcer("user", &[with("A", three), takes("token", &[with("B", last)])])], disagreeing);
    // A scheme without scopes has nothing to disagree on, and another function compares by itself.
    required("a", &[enforcer("user", &[with("A", one), including("B", &[], &[("x", &["y"])])])], "");
    required("a", &[enforcer("user", &[with("A", one), enforcer("other", &[with("B", &[])])])], "");
}

#[test]
fn schemes_of_one_function_have_no_scopes_that_can_be_the_same() {
    let (repo, name) = (scheme("A", &["repo:{x}"]), scheme("B", &["a", "repo:b"]));
    let overlapping = "the security schemes of `user` declare `repo:{x}` and `repo:b`, which can be the same";
    required("repo:{x}", &[enforcer("user", &[repo, name])], overlapping);
    required("repo:{x}", &[enforcer("user", &[name, takes("token", &[repo])])], overlapping);
    required("repo:{x}", &[enforcer("user", &[repo, scheme("B", &["a"])])], "");
    required("repo:{x}", &[enforcer("user", &[repo, enforcer("other", &[name, repo])])], "of `other` declare");
    required("a", &[enforcer("user", &[repo, name])], "");
    // Two scopes of one scheme are told where the scheme is.
    required("repo:{x}", &[enforcer("user", &[scheme("A", &["repo:{x}", "repo:b"])])], "");
}

#[test]
fn each_credential_that_lets_a_request_in_is_compared() {
    let (good, key) = (option(enforcer("user", &[api()])), scheme("Key", &[]));
    let unchecked = option(takes("partner", &[key]));
    let lets_in = "`partner` lets requests in without a check of scope `items`";
    let of = |scope: &'static str, nodes: &[Tree], text: &str| required(scope, &[one_of(nodes)], text);
    of("items", &[good, option(enforcer("other", &[api()]))], "");
    of("items", &[good, unchecked], lets_in);
    of("items", &[unchecked, good], lets_in);
    of("items", &[good, option(key)], "`Key` lets requests in without a check");
    of("items", &[good, option(OTHER), takes("log", &[])], "");
    of("items", &[good, option(enforcer("nobody", &[]))], "");
    of("items", &[unchecked, good, enforcer("all", &[api()])], "");
    of("items", &[unchecked, enforcer("all", &[api()])], "");
    of("items", &[unchecked, option(key)], NOTHING);
    of("items", &[unchecked, option(takes("open", &[UNKNOWN]))], lets_in);
    of("billing", &[good, unchecked], "scope `billing` is not declared by `Api`");
    // Without that word, whoever is let in has passed all of them.
    required("items", &[takes("f", &[good, unchecked])], "");
}

#[test]
fn of_two_outcomes_one_is_told() {
    // Of two functions that a request has to pass, one is enough. But of two credentials, both are needed.
    let passed = [6, 5, 4, 3, 0, 2, 1, 7].map(outcome);
    let presented = [6, 5, 4, 1, 2, 7, 0, 3].map(outcome);
    for (order, together) in [(passed, Reach::and as fn(_, _) -> _), (presented, Reach::or)] {
        for (i, one) in order.into_iter().enumerate() {
            for (j, other) in order.into_iter().enumerate() {
                assert_eq!(number(&together(one, other)), number(&order[i.min(j)]), "{i} {j}");
            }
        }
    }
}

fn outcome(number: u8) -> Reach<'static> {
    let here = UNKNOWN;
    match number {
        0 => Reach::Open,
        1 => Reach::NoScheme(here),
        2 => Reach::Unchecked("key"),
        3 => Reach::Enforced,
        4 => Reach::Disagreeing(here),
        5 => Reach::Overlapping(here, "a"),
        6 => Reach::Undeclared(here),
        _ => Reach::Nothing,
    }
}

fn number(reach: &Reach<'_>) -> u8 {
    match reach {
        Reach::Open => 0,
        Reach::NoScheme(_) => 1,
        Reach::Unchecked(_) => 2,
        Reach::Enforced => 3,
        Reach::Disagreeing(_) => 4,
        Reach::Overlapping(..) => 5,
        Reach::Undeclared(_) => 6,
        Reach::Nothing => 7,
    }
}

#[test]
fn an_unknown_tree_is_no_mistake() {
    assert!(matches!(reach(UNKNOWN, "items"), Reach::Open));
    tells("", || own_scope(UNKNOWN, 0, 0));
    tells("", || own_scopes(UNKNOWN));
    tells("", || edge_scope(UNKNOWN, 0, 0, 0));
    tells("", || edge_scopes(UNKNOWN, 0));
    tells("", || parameter(UNKNOWN, 0, true));
    tells("", || optional_credential(UNKNOWN));
    tells("", || guards_something(UNKNOWN));
    tells("", || public(UNKNOWN));
}
